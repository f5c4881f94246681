"""The read side: a session in, immutable rows out. Every report's `select()` lives here."""

from tracker.queries.columns import Column, View, find_view, load_views
from tracker.queries.filters import ClaimFilters
from tracker.queries.reports import Report, load_reports, run_report
from tracker.queries.rows import NO_FILTERS, Rows, view_rows

__all__ = [
    "NO_FILTERS",
    "ClaimFilters",
    "Column",
    "Report",
    "Rows",
    "View",
    "find_view",
    "load_reports",
    "load_views",
    "run_report",
    "view_rows",
]
