"""The date of each quantity."""

from etl.extract.date_mentions import find_dates
from etl.extract.date_scan import DateMention

__all__ = ["DateMention", "find_dates"]
