"""Who answered the mail that asks who comes.

Revision ID: 0122
Revises: 0101
"""

import sqlalchemy as sa
from alembic import op

revision = '0122'
down_revision = '0101'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('kitchen', schema=None) as batch_op:
        for name in ('will_come', 'stay_away'):
            batch_op.add_column(
                sa.Column(name, sa.Integer(), server_default=sa.text('0'), nullable=False)
            )


def downgrade() -> None:
    with op.batch_alter_table('kitchen', schema=None) as batch_op:
        batch_op.drop_column('stay_away')
        batch_op.drop_column('will_come')
