"""What is typed over a proposal that was handed in, and not handed in.

Revision ID: 0101
Revises: 0088
"""

import sqlalchemy as sa
from alembic import op

import cfp.db

revision = '0101'
down_revision = '0088'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'unsent_edit',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('submission_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('seen', sa.Integer(), nullable=False),
        sa.Column('typed', sa.JSON(), nullable=False),
        sa.Column('saved_by', sa.String(length=40), nullable=False),
        sa.Column('at', cfp.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'],
            ['person.id'],
            name=op.f('fk_unsent_edit_person_id'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['submission_id'],
            ['submission.id'],
            name=op.f('fk_unsent_edit_submission_id'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_unsent_edit')),
        sa.UniqueConstraint(
            'submission_id', 'person_id', name=op.f('uq_unsent_edit_submission_id_person_id')
        ),
    )
    with op.batch_alter_table('unsent_edit', schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f('ix_unsent_edit_person_id'), ['person_id'], unique=False
        )


def downgrade() -> None:
    op.drop_table('unsent_edit')
