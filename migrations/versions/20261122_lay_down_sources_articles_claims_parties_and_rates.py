"""Lay down sources, articles, claims, parties and rates.

Revision: de9ebef83ab3, after none, on 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "de9ebef83ab3"
down_revision = None
branch_labels = None
depends_on = None

def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "exchange_rate",
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate_date", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("per_eur", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("currency", "rate_date", "source", name=op.f("pk_exchange_rate")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "party",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("iso", sa.String(length=3), nullable=True),
        sa.Column("country", sa.String(length=64), nullable=True),
        sa.Column("home", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
    )
    op.create_table(
        "run",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("packs_hash", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_started_at"), ["started_at"], unique=False)

    op.create_table(
        "source",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.CheckConstraint("tier between 1 and 3", name=op.f("ck_source_tier_known")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_source")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_domain"), ["domain"], unique=False)

    op.create_table(
        "article",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("item_key", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("published_from", sa.Date(), nullable=True),
        sa.Column("published_to", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("retrieved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("boilerplate", sa.JSON(), nullable=False),
        sa.Column("locators", sa.JSON(), nullable=False),
        sa.Column("extracted_with", sa.String(length=64), nullable=False),
        sa.Column("superseded_by", sa.String(length=32), nullable=True),
        sa.Column("copy_of", sa.String(length=32), nullable=True),
        sa.Column("run_key", sa.String(length=32), nullable=False),
        sa.CheckConstraint("published_from <= published_to", name=op.f("ck_article_published_ordered")),
        sa.ForeignKeyConstraint(["copy_of"], ["article.key"], name=op.f("fk_article_copy_of_article")),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_article_run_key_run")),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_article_source_key_source")),
        sa.ForeignKeyConstraint(["superseded_by"], ["article.key"], name=op.f("fk_article_superseded_by_article")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_article")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_copy_of"), ["copy_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_extracted_with"), ["extracted_with"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_item_key"), ["item_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_language"), ["language"], unique=False)
        batch_op.create_index("ix_article_published_from_key", ["published_from", "key"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_run_key"), ["run_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_source_key"), ["source_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_superseded_by"), ["superseded_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_text_sha256"), ["text_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_url"), ["url"], unique=False)

    op.create_table(
        "party_name",
        sa.Column("party_id", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_name_party_id_party")),
        sa.PrimaryKeyConstraint("party_id", "language", "name", "form", name=op.f("pk_party_name")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("party_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_name_name"), ["name"], unique=False)

    op.create_table(
        "shard",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("run_key", sa.String(length=32), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_shard_run_key_run")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shard")),
    )
    with op.batch_alter_table("shard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shard_run_key"), ["run_key"], unique=False)

    op.create_table(
        "article_sketch",
        sa.Column("sentence_hash", sa.BigInteger(), nullable=False),
        sa.Column("article_key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_article_sketch_article_key_article")),
        sa.PrimaryKeyConstraint("sentence_hash", "article_key", name=op.f("pk_article_sketch")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("article_key", sa.String(length=32), nullable=False),
        sa.Column("start_offset", sa.BigInteger(), nullable=False),
        sa.Column("end_offset", sa.BigInteger(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("qualifier", sa.String(length=32), nullable=False),
        sa.Column("low", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("high", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("low_float", sa.Float(precision=53), nullable=False),
        sa.Column("high_float", sa.Float(precision=53), nullable=False),
        sa.Column("lower_bound", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("upper_bound", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("other_low", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("other_high", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("eur_float", sa.Float(precision=53), nullable=True),
        sa.Column("eur_high_float", sa.Float(precision=53), nullable=True),
        sa.Column("usd_float", sa.Float(precision=53), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("per", sa.String(length=32), nullable=True),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("object", sa.String(length=160), nullable=True),
        sa.Column("actor", sa.String(length=160), nullable=True),
        sa.Column("actor_party", sa.String(length=64), nullable=True),
        sa.Column("counterparty", sa.String(length=160), nullable=True),
        sa.Column("counterparty_party", sa.String(length=64), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("speaker_party", sa.String(length=64), nullable=True),
        sa.Column("stage", sa.String(length=32), nullable=True),
        sa.Column("stage_as_reported", sa.Text(), nullable=True),
        sa.Column("modality", sa.String(length=32), nullable=False),
        sa.Column("aggregation", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("date", sa.String(length=32), nullable=True),
        sa.Column("date_from", sa.Date(), nullable=True),
        sa.Column("date_to", sa.Date(), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.Column("is_restatement", sa.Boolean(), nullable=False),
        sa.Column("is_summed", sa.Boolean(), nullable=False),
        sa.Column("counts_once", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(precision=53), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("first_run", sa.String(length=32), nullable=False),
        sa.Column("last_run", sa.String(length=32), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("end_offset > start_offset", name=op.f("ck_claim_span_ordered")),
        sa.CheckConstraint("low_float <= high_float", name=op.f("ck_claim_value_ordered")),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_claim_article_key_article")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_article_key_start_offset", ["article_key", "start_offset"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_date_from"), ["date_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_topic"), ["topic"], unique=False)

    op.create_index(
        "ix_claim_counted",
        "claim",
        [
            "counts_once",
            "kind",
            "stage",
            "month",
            "article_key",
            "modality",
            "eur_float",
            "eur_high_float",
            "usd_float",
            "low_float",
            "high_float",
            "actor_party",
            "counterparty_party",
            "actor",
            "counterparty",
            "object",
        ],
    )
    op.create_table(
        "issue",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("run_key", sa.String(length=32), nullable=False),
        sa.Column("article_key", sa.String(length=32), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("start_offset", sa.BigInteger(), nullable=True),
        sa.Column("end_offset", sa.BigInteger(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_issue_article_key_article")),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_issue_run_key_run")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_issue")),
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issue_article_key"), ["article_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_issue_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_issue_run_key"), ["run_key"], unique=False)

    op.create_table(
        "claim_link",
        sa.Column("claim_key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("target_key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_claim_link_claim_key_claim")),
        sa.ForeignKeyConstraint(["target_key"], ["claim.key"], name=op.f("fk_claim_link_target_key_claim")),
        sa.PrimaryKeyConstraint("claim_key", "kind", "target_key", name=op.f("pk_claim_link")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("claim_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_link_target_key"), ["target_key"], unique=False)

    op.create_table(
        "claim_party",
        sa.Column("claim_key", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("party_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_claim_party_claim_key_claim")),
        sa.PrimaryKeyConstraint("claim_key", "role", name=op.f("pk_claim_party")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("claim_party", schema=None) as batch_op:
        batch_op.create_index("ix_claim_party_party_id_role", ["party_id", "role"], unique=False)

    op.create_table(
        "conversion",
        sa.Column("claim_key", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("low", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("high", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("rate", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("rate_date", sa.Date(), nullable=True),
        sa.Column("rate_source", sa.Text(), nullable=True),
        sa.Column("rule", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_conversion_claim_key_claim")),
        sa.PrimaryKeyConstraint("claim_key", "unit", name=op.f("pk_conversion")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Back to the one before."""
    op.drop_table("conversion")
    with op.batch_alter_table("claim_party", schema=None) as batch_op:
        batch_op.drop_index("ix_claim_party_party_id_role")

    op.drop_table("claim_party")
    with op.batch_alter_table("claim_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_link_target_key"))

    op.drop_table("claim_link")
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issue_run_key"))
        batch_op.drop_index(batch_op.f("ix_issue_kind"))
        batch_op.drop_index(batch_op.f("ix_issue_article_key"))

    op.drop_table("issue")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_topic"))
        batch_op.drop_index(batch_op.f("ix_claim_date_from"))
        batch_op.drop_index("ix_claim_article_key_start_offset")

    op.drop_index("ix_claim_counted", "claim")
    op.drop_table("claim")
    op.drop_table("article_sketch")
    with op.batch_alter_table("shard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shard_run_key"))

    op.drop_table("shard")
    with op.batch_alter_table("party_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_name_name"))

    op.drop_table("party_name")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_url"))
        batch_op.drop_index(batch_op.f("ix_article_text_sha256"))
        batch_op.drop_index(batch_op.f("ix_article_superseded_by"))
        batch_op.drop_index(batch_op.f("ix_article_source_key"))
        batch_op.drop_index(batch_op.f("ix_article_run_key"))
        batch_op.drop_index("ix_article_published_from_key")
        batch_op.drop_index(batch_op.f("ix_article_language"))
        batch_op.drop_index(batch_op.f("ix_article_item_key"))
        batch_op.drop_index(batch_op.f("ix_article_extracted_with"))
        batch_op.drop_index(batch_op.f("ix_article_copy_of"))

    op.drop_table("article")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_domain"))

    op.drop_table("source")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_started_at"))

    op.drop_table("run")
    op.drop_table("party")
    op.drop_table("exchange_rate")
