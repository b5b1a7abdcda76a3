"""A time without talks is a pause, a plenary or a buffer.

Revision ID: 0090
Revises: 0073
"""

import sqlalchemy as sa
from alembic import op

revision = '0090'
down_revision = '0073'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('break', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Enum('pause', 'plenary', 'buffer', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False, server_default='pause'))
        batch_op.create_check_constraint(batch_op.f('ck_break_plenary_has_room'), "kind <> 'plenary' OR room_id IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table('break', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_break_plenary_has_room'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_break_kind'), type_='check')
        batch_op.drop_column('kind')
