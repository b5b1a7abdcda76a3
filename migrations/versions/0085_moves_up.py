"""Whether the waiting list moves up by itself.

Revision ID: 0085
Revises: 0083
"""

import sqlalchemy as sa
from alembic import op

revision = '0085'
down_revision = '0083'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Editions under way keep their press: a place may be free on purpose.
    with op.batch_alter_table('conference') as batch_op:
        batch_op.add_column(
            sa.Column('moves_up', sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table('conference') as batch_op:
        batch_op.drop_column('moves_up')
