"""What went back of each card payment.

Revision ID: 0034
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('card_checkout', schema=None) as batch_op:
        batch_op.add_column(sa.Column('refunded_cents', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('card_checkout', schema=None) as batch_op:
        batch_op.drop_column('refunded_cents')
