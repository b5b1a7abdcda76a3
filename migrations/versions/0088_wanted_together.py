"""wanted together.

Revision ID: 0088
Revises: 0084
"""

import sqlalchemy as sa
from alembic import op

revision = '0088'
down_revision = '0084'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'interest', sa.Column('together', sa.JSON(), server_default='[]', nullable=False)
    )


def downgrade() -> None:
    op.drop_column('interest', 'together')
