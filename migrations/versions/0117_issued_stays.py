"""issued stays.

Revision ID: 0117
Revises: 0122
"""

from alembic import op

revision = "0117"
down_revision = '0122'
branch_labels = None
depends_on = None

# SQLite fires no trigger for the rows that INSERT OR REPLACE takes away, PostgreSQL none of a row
# when a table is truncated: both are refused as well.
ISSUED, COUNTS = "what was issued never changes", "numbers count up by one"
KEYS = {
    "invoice": (
        "id = NEW.id",
        "code = NEW.code",
        "draft_id = NEW.draft_id",
        "cancels_id = NEW.cancels_id",
        "range_id = NEW.range_id AND sequence = NEW.sequence",
        "conference_id = NEW.conference_id AND number = NEW.number",
    ),
    "invoice_line": ("id = NEW.id", "invoice_id = NEW.invoice_id AND position = NEW.position"),
    "invoice_tax": (
        "id = NEW.id",
        "invoice_id = NEW.invoice_id AND category = NEW.category AND rate = NEW.rate",
    ),
    "archive": ("id = NEW.id", "invoice_id = NEW.invoice_id", "chain = NEW.chain"),
    "number_range": ("id = NEW.id", "conference_id = NEW.conference_id AND name = NEW.name"),
    "ledger_entry": ("id = NEW.id", "source = NEW.source"),
}
WORDS = dict.fromkeys(KEYS, ISSUED) | {
    "number_range": COUNTS,
    "ledger_entry": "a ledger entry never changes",
}
FUNCTIONS = dict.fromkeys(KEYS, "issued_never_changes") | {
    "number_range": "numbers_count_up",
    "ledger_entry": "ledger_entry_never_changes",
}


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, keys in KEYS.items():
        if is_sqlite:
            there = " OR ".join(f"({key})" for key in keys)
            op.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {there}) "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS[table]}'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTIONS[table]}()"
            )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in KEYS:
        if is_sqlite:
            op.execute(f"DROP TRIGGER {table}_no_replace")
        else:
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
