"""The parties that a store starts from: `seeds/parties.csv` and their names in `seeds/party_names.csv`."""

from __future__ import annotations

import csv
import functools
from typing import Any

from sqlalchemy import Connection, Table, select

from tracker.errors import ConfigurationError
from tracker.model import Party, PartyName
from tracker.resources import resource_path
from tracker.vocabulary import PartyKind

_PARTY_COLUMNS = ("id", "kind", "name", "iso", "country", "home")
_NAME_COLUMNS = ("party", "language", "name", "form")

Row = tuple[str | None, ...]


@functools.cache
def read_parties() -> tuple[frozenset[Row], frozenset[Row]]:
    """The rows of the two tables as the seeds hold them, empty cells as None."""
    parties = _read_table("parties.csv", _PARTY_COLUMNS)
    names = _read_table("party_names.csv", _NAME_COLUMNS)
    known = {row[0] for row in parties}
    for row in parties:
        if row[1] not in set(PartyKind):
            raise ConfigurationError(f"seeds/parties.csv: {row[0]}: {row[1]!r} is no kind; use one of {', '.join(PartyKind)}")
    for row in names:
        if row[0] not in known:
            raise ConfigurationError(f"seeds/party_names.csv: {row[2]}: {row[0]!r} is not in seeds/parties.csv")
    return parties, names


@functools.cache
def party_identifiers() -> frozenset[str | None]:
    """The identifiers of all parties of the seeds."""
    return frozenset(row[0] for row in read_parties()[0])


def _read_table(name: str, columns: tuple[str, ...]) -> frozenset[Row]:
    path = resource_path("seeds", name)
    with path.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened)
        if tuple(rows.fieldnames or ()) != columns:
            raise ConfigurationError(f"seeds/{name}: the header {rows.fieldnames} is not {','.join(columns)}")
        return frozenset(tuple(row[column] or None for column in columns) for row in rows)


def sync_parties(connection: Connection) -> int:
    """Store the parties and names of the seeds that the store lacks or has otherwise; how many rows changed.

    A party that the seeds no longer have stays, as claims may name it.
    """
    parties, names = read_parties()
    party, party_name = Party.__table__, PartyName.__table__
    assert isinstance(party, Table) and isinstance(party_name, Table)
    stored = {tuple(row) for row in connection.execute(select(party))}
    changed = [dict(zip(_PARTY_COLUMNS, row, strict=True)) for row in parties - stored]
    known = {row[0] for row in stored}
    new = [row for row in changed if row["id"] not in known]
    if new:
        connection.execute(party.insert(), new)
    for row in changed:
        if row["id"] in known:
            connection.execute(party.update().where(party.c.id == row["id"]).values(**row))
    return len(changed) + _sync_names(connection, party_name, names)


def _sync_names(connection: Connection, party_name: Table, names: frozenset[Row]) -> int:
    stored = {tuple(row) for row in connection.execute(select(party_name))}
    columns = [column.name for column in party_name.columns]
    new: list[dict[str, Any]] = [dict(zip(columns, row, strict=True)) for row in names - stored]
    if new:
        connection.execute(party_name.insert(), new)
    for row in stored - names:
        matches = [column == value for column, value in zip(party_name.columns, row, strict=True)]
        connection.execute(party_name.delete().where(*matches))
    return len(new) + len(stored - names)
