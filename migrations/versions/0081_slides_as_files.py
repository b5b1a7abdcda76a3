"""Slides that are handed over as a file stand beside links.

Revision ID: 0081
Revises: 0080
"""

import sqlalchemy as sa
from alembic import op

revision = '0081'
down_revision = '0080'
branch_labels = None
depends_on = None

LINK_OR_FILE = "(length(url) > 0) = (data IS NULL) AND (length(file_name) > 0) = (data IS NOT NULL)"


def upgrade() -> None:
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.add_column(sa.Column('file_name', sa.String(length=100), server_default='', nullable=False))
        batch_op.add_column(sa.Column('media_type', sa.String(length=100), server_default='', nullable=False))
        batch_op.add_column(sa.Column('size', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('data', sa.LargeBinary(), nullable=True))
    with op.batch_alter_table('material', schema=None) as batch_op:
        for name in ('file_name', 'media_type', 'size'):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_check_constraint(op.f('ck_material_link_or_file'), LINK_OR_FILE)


def downgrade() -> None:
    op.execute("DELETE FROM material WHERE data IS NOT NULL")
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_material_link_or_file'), type_='check')
        for name in ('data', 'size', 'media_type', 'file_name'):
            batch_op.drop_column(name)
