"""base rates stay.

Revision ID: 0096
Revises: 0090
"""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = '0096'
down_revision = '0090'
branch_labels = None
depends_on = None

# A base rate that somebody corrects is entered anew; what was entered before stays readable.
ENTERED = datetime(2026, 11, 28, tzinfo=UTC)
SOURCE = (
    'Deutsche Bundesbank, Basiszinssatz (bundesbank.de, basiszinssatz-607820), taken over from '
    'published tables that quote it; please compare'
)
SINCE_THEN = [(date(2026, 7, 1), '1.52')]
RATES = sa.table(
    'base_rate',
    sa.column('id', sa.Integer),
    sa.column('since', sa.Date),
    sa.column('percent', sa.String),
    sa.column('source', sa.String),
    sa.column('entered_at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    with op.batch_alter_table('base_rate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_base_rate_since'), type_='unique')
        batch_op.create_index(batch_op.f('ix_base_rate_since'), ['since'], unique=False)
    here = op.get_bind()
    known = set(here.scalars(sa.select(RATES.c.since)))
    for since, percent in SINCE_THEN:
        if since not in known:
            here.execute(
                sa.insert(RATES).values(
                    since=since, percent=percent, source=SOURCE, entered_at=ENTERED
                )
            )


def downgrade() -> None:
    here = op.get_bind()
    newest = sa.select(sa.func.max(RATES.c.id)).group_by(RATES.c.since)
    here.execute(sa.delete(RATES).where(RATES.c.id.not_in(newest)))
    with op.batch_alter_table('base_rate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_base_rate_since'))
        batch_op.create_unique_constraint(batch_op.f('uq_base_rate_since'), ['since'])
