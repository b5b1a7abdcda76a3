"""An employer that pays for the way may be named.

Revision ID: 0084
Revises: 0085
"""

import sqlalchemy as sa
from alembic import op

revision = '0084'
down_revision = '0085'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.add_column(sa.Column('travel_sponsor', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.alter_column('travel_sponsor', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.drop_column('travel_sponsor')
