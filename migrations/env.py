"""Runs the migrations on the connection that `tracker.database` hands over, inside its transaction."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from tracker.model import Base, ExactDecimal, UtcDateTime


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """The plain column type that a migration names, so that old migrations do not change with the model."""
    if kind == "type" and isinstance(item, ExactDecimal):
        return 'sa.Numeric().with_variant(sa.Text(), "sqlite")'
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    compare_type=True,
    transactional_ddl=False,  # the caller's transaction holds everything
)
context.run_migrations()
