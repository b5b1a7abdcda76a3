"""From which network places are held.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('order', schema=None) as batch_op:
        batch_op.add_column(sa.Column('network', sa.String(length=32), server_default='', nullable=False))
        batch_op.create_index(batch_op.f('ix_order_network_state'), ['network', 'state'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('order', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_order_network_state'))
        batch_op.drop_column('network')
