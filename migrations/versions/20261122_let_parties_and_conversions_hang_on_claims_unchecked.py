"""Let parties and conversions hang on claims without a check of each row: it was a sixth of the load.

Revision: 7c1f5a0be42d, after c5944848ed68, on 2026-11-22.
"""

from alembic import op

revision = "7c1f5a0be42d"
down_revision = "c5944848ed68"
branch_labels = None
depends_on = None

_TABLES = ("claim_party", "conversion")
_WITHOUT_ROWID = {"sqlite_with_rowid": False}


def upgrade() -> None:
    """To this revision."""
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None, table_kwargs=_WITHOUT_ROWID) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_claim_key_claim"), type_="foreignkey")


def downgrade() -> None:
    """Back to the one before."""
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None, table_kwargs=_WITHOUT_ROWID) as batch_op:
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_claim_key_claim"), "claim", ["claim_key"], ["key"])
