"""Note which rules raised an issue.

Revision: c5944848ed68, after de9ebef83ab3, on 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c5944848ed68"
down_revision = "de9ebef83ab3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extracted_with", sa.String(length=64), nullable=True))
    # Until now the rules pointed at a passage, or failed; readers never did.
    op.execute(
        "UPDATE issue SET extracted_with = (SELECT extracted_with FROM article WHERE article.key = issue.article_key) "
        "WHERE article_key IS NOT NULL AND (start_offset IS NOT NULL OR kind = 'extraction_error')"
    )


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_column("extracted_with")
