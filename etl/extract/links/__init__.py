"""Which claims say another again, and which add others up."""

from __future__ import annotations

from etl.extract.links.reading import link_claims

__all__ = ["link_claims"]
