"""An edition may ask a second factor of its organisers.

Revision ID: 0083
Revises: 0082
"""

import sqlalchemy as sa
from alembic import op

revision = '0083'
down_revision = '0082'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.add_column(sa.Column('organisers_need_factor', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.alter_column('organisers_need_factor', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.drop_column('organisers_need_factor')
