"""What is kept of a ticket that was given back.

Revision ID: 0030
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0060'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kept_cents', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_ticket_kept_range'), 'kept_cents BETWEEN 0 AND cents')


def downgrade() -> None:
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_ticket_kept_range'), type_='check')
        batch_op.drop_column('kept_cents')
