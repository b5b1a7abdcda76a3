"""The rule book of an edition, and sessions in several parts.

Revision ID: 0020
Revises: 0071
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0071'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rulebook', sa.JSON(), nullable=True))
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.add_column(sa.Column('part', sa.Integer(), nullable=False, server_default='1'))
        batch_op.drop_constraint(batch_op.f('uq_talk_submission_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_talk_submission_id_part'), ['submission_id', 'part'])
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.alter_column('part', server_default=None)


def downgrade() -> None:
    op.execute('DELETE FROM talk WHERE part > 1')
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_talk_submission_id_part'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_talk_submission_id'), ['submission_id'])
        batch_op.drop_column('part')
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.drop_column('rulebook')
