"""Employers that the organisers have agreed to name as travel sponsors.

Revision ID: 0119
Revises: 0102
"""

import sqlalchemy as sa
from alembic import op

revision = '0119'
down_revision = '0102'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'travel_sponsor',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('conference_id', sa.Integer(), nullable=False),
        sa.Column('employer', sa.String(length=120), nullable=False),
        sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('agreed_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('length(employer) > 0', name=op.f('ck_travel_sponsor_has_employer')),
        sa.ForeignKeyConstraint(
            ['agreed_by_id'],
            ['person.id'],
            name=op.f('fk_travel_sponsor_agreed_by_id_person'),
            ondelete='SET NULL',
        ),
        sa.ForeignKeyConstraint(
            ['conference_id'],
            ['conference.id'],
            name=op.f('fk_travel_sponsor_conference_id_conference'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_travel_sponsor')),
        sa.UniqueConstraint(
            'conference_id', 'employer', name=op.f('uq_travel_sponsor_conference_id_employer')
        ),
    )


def downgrade() -> None:
    op.drop_table('travel_sponsor')
