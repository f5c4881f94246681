"""Where the data files lie: inside the package in a wheel, beside it in a source tree."""

from pathlib import Path

from tracker.errors import ConfigurationError

PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `resource_path("seeds", "parties.csv")`.

    A wheel carries `migrations/` and `seeds/` inside `tracker/`; an editable install has them at the root.
    """
    for root in (PACKAGE, PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ConfigurationError(f"{'/'.join(parts)}: not found beside or inside {PACKAGE.name}; reinstall the package")
