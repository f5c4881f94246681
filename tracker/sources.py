"""What a person knows of a publisher and the tracker cannot: kind, tier, country."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from tracker.errors import UsageError
from tracker.model import Source
from tracker.vocabulary import SourceKind


class Publisher(NamedTuple):
    """A publisher after a change."""

    name: str
    kind: str
    tier: int
    country: str | None


def describe_source(
    session: Session, name: str, *, kind: SourceKind | None = None, tier: int | None = None, country: str | None = None
) -> Publisher:
    """The publisher of that name or domain with the facts given; UsageError where there is none or more than one."""
    wanted = name.strip().lower()
    found = session.scalars(
        select(Source).where(or_(func.lower(Source.name) == wanted, func.lower(Source.domain) == wanted))
    ).all()
    if len(found) != 1:
        what = "no publisher" if not found else f"{len(found)} publishers"
        raise UsageError(f"source: {what} named {name!r}; tracker sources list shows names and domains")
    if country is not None and not (len(country) == 2 and country.isalpha()):
        raise UsageError(f"--country: {country!r} is no ISO 3166 code; write two letters such as FR")
    source = found[0]
    source.kind = kind or source.kind
    source.tier = tier or source.tier
    source.country = country.upper() if country else source.country
    session.flush()
    return Publisher(source.name, source.kind.value, source.tier, source.country)
