"""The read side: a session in, immutable rows out. Every report's `select()` lives here."""

from tracker.queries.columns import Column, View, find_view, load_views
from tracker.queries.detail import ClaimDetail, claim_detail
from tracker.queries.filters import ClaimFilters
from tracker.queries.keys import short_key
from tracker.queries.lists import list_issues, list_rates, list_runs, list_sources
from tracker.queries.reports import Report, list_reports, load_reports, run_report
from tracker.queries.rows import NO_FILTERS, Rows, view_rows

__all__ = [
    "NO_FILTERS",
    "ClaimDetail",
    "ClaimFilters",
    "Column",
    "Report",
    "Rows",
    "View",
    "claim_detail",
    "find_view",
    "list_issues",
    "list_rates",
    "list_reports",
    "list_runs",
    "list_sources",
    "load_reports",
    "load_views",
    "run_report",
    "short_key",
    "view_rows",
]
