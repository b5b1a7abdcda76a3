"""refunds by bank.

Revision ID: 0115
Revises: 0114
"""

import sqlalchemy as sa
from alembic import op

revision = '0115'
down_revision = '0114'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'refund_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=8), nullable=False),
        sa.Column('conference_id', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('cents', sa.Integer(), nullable=False),
        sa.Column('data', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['conference_id'],
            ['conference.id'],
            name=op.f('fk_refund_file_conference_id_conference'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['by_id'], ['person.id'], name=op.f('fk_refund_file_by_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_refund_file')),
        sa.UniqueConstraint('code', name=op.f('uq_refund_file_code')),
    )
    op.create_index(op.f('ix_refund_file_conference_id'), 'refund_file', ['conference_id'])


def downgrade() -> None:
    op.drop_table('refund_file')
