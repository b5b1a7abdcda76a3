"""How many supporters of a wish are forgotten.

Revision ID: 0102
Revises: 0117
"""

import sqlalchemy as sa
from alembic import op

revision = '0102'
down_revision = '0117'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'wished_talk', sa.Column('forgotten', sa.Integer(), server_default='0', nullable=False)
    )


def downgrade() -> None:
    op.drop_column('wished_talk', 'forgotten')
