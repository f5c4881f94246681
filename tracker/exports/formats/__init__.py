"""One file per format, named for the suffix that it writes."""
