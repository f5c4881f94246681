"""The errors that the tracker raises on purpose. Dirty data is never an error: it becomes an `Issue`."""


class TrackerError(Exception):
    """Something the tracker cannot go on with; the message is one line that a user can act on."""

    exit_code = 1


class UsageError(TrackerError):
    """What the user asked for is wrong: the message names file, key, value and the mend."""

    exit_code = 2


class ConfigurationError(TrackerError):
    """A file that ships with the tracker (language pack, seeds, units) is wrong: names file, key and value."""
