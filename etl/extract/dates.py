"""The date of each quantity."""

from etl.extract.date_mentions import DateMention, find_dates

__all__ = ["DateMention", "find_dates"]
