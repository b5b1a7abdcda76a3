"""self-billed.

Revision ID: 0097
Revises: 0096
"""

import sqlalchemy as sa
from alembic import op

revision = '0097'
down_revision = '0096'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # ``invoice`` is not copied: the triggers that keep it stand on the table as it is.
    for table in ('draft', 'invoice'):
        op.add_column(
            table,
            sa.Column('self_billed', sa.Boolean(), server_default=sa.false(), nullable=False),
        )


def downgrade() -> None:
    for table in ('invoice', 'draft'):
        op.drop_column(table, 'self_billed')
