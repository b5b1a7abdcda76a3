"""cash is counted.

Revision ID: 0114
Revises: 0105
"""

import sqlalchemy as sa
from alembic import op

revision = '0114'
down_revision = '0105'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'till_count',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('conference_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('start_cents', sa.Integer(), nullable=False),
        sa.Column('counted_cents', sa.Integer(), nullable=True),
        sa.Column('note', sa.String(length=200), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            'counted_cents >= 0', name=op.f('ck_till_count_counted_not_negative')
        ),
        sa.CheckConstraint('start_cents >= 0', name=op.f('ck_till_count_start_not_negative')),
        sa.ForeignKeyConstraint(
            ['conference_id'],
            ['conference.id'],
            name=op.f('fk_till_count_conference_id_conference'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_till_count_person_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_till_count')),
        sa.UniqueConstraint(
            'conference_id', 'day', 'person_id', name=op.f('uq_till_count_conference_id_day_person_id')
        ),
    )
    op.create_index(op.f('ix_till_count_person_id'), 'till_count', ['person_id'])


def downgrade() -> None:
    op.drop_table('till_count')
