"""One module a format; see `etl/read/registry.py` for what a reader module holds."""
