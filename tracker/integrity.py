"""Keys that the database does not check row by row, as that costs a third of the load: checked here on demand."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine, text

from tracker.database import explained


class Reference(NamedTuple):
    """A column that names rows of another table."""

    table: str
    column: str
    target: str
    target_column: str = "key"


UNCHECKED = (
    Reference("claim", "first_run", "run"),
    Reference("claim", "last_run", "run"),
    Reference("claim_party", "claim_key", "claim"),
    Reference("claim_party", "party_id", "party", "id"),
    Reference("conversion", "claim_key", "claim"),
)


def find_orphans(engine: Engine) -> list[str]:
    """A line for each column in which rows name what is not there; empty where none does."""
    found = []
    with explained(engine), engine.connect() as connection:
        for table, column, target, key in UNCHECKED:
            question = (
                f"SELECT COUNT(*) FROM {table} t WHERE t.{column} IS NOT NULL "
                f"AND NOT EXISTS (SELECT 1 FROM {target} x WHERE x.{key} = t.{column})"
            )
            count = connection.execute(text(question)).scalar_one()
            if count:
                found.append(f"{table}.{column}: {count:,} rows name a {target} that is not there")
    return found
