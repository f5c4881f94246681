"""The defense claims tracker: data model, store, reports and command line."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("defense-claims-tracker")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"
