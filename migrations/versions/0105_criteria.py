"""What reviewers are asked beside their verdict.

Revision ID: 0105
Revises: 0119
"""

import sqlalchemy as sa
from alembic import op

revision = '0105'
down_revision = '0119'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'criterion',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=8), nullable=False),
        sa.Column('conference_id', sa.Integer(), nullable=False),
        sa.Column('label', sa.String(length=120), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.CheckConstraint('length(label) > 0', name=op.f('ck_criterion_has_label')),
        sa.ForeignKeyConstraint(
            ['conference_id'],
            ['conference.id'],
            name=op.f('fk_criterion_conference_id'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
        sa.UniqueConstraint('code', name=op.f('uq_criterion_code')),
    )
    op.create_index(op.f('ix_criterion_conference_id'), 'criterion', ['conference_id'])
    op.create_table(
        'criterion_score',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('review_id', sa.Integer(), nullable=False),
        sa.Column('criterion_id', sa.Integer(), nullable=False),
        sa.Column('value', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            'value BETWEEN 1 AND 5', name=op.f('ck_criterion_score_value_range')
        ),
        sa.ForeignKeyConstraint(
            ['criterion_id'],
            ['criterion.id'],
            name=op.f('fk_criterion_score_criterion_id'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['review_id'],
            ['review.id'],
            name=op.f('fk_criterion_score_review_id'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion_score')),
        sa.UniqueConstraint('review_id', 'criterion_id', name=op.f('uq_criterion_score_review_id_criterion_id')),
    )
    op.create_index(op.f('ix_criterion_score_criterion_id'), 'criterion_score', ['criterion_id'])


def downgrade() -> None:
    op.drop_table('criterion_score')
    op.drop_table('criterion')
