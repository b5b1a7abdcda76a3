"""Files of other systems that wait to be taken in.

Revision ID: 0082
Revises: 0081
"""

import sqlalchemy as sa
from alembic import op

revision = '0082'
down_revision = '0081'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=True),
    sa.Column('programme', sa.Boolean(), nullable=False),
    sa.Column('waits', sa.Boolean(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('trial_id', sa.Integer(), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('waits = (data IS NOT NULL)', name=op.f('ck_import_file_waits_with_data')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_import_file_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['job_run.id'], name=op.f('fk_import_file_run_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_import_file_sent_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['trial_id'], ['job_run.id'], name=op.f('fk_import_file_trial_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_file')),
    sa.UniqueConstraint('code', name=op.f('uq_import_file_code'))
    )
    with op.batch_alter_table('import_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_file_conference_id'), ['conference_id'], unique=False)


def downgrade() -> None:
    op.drop_table('import_file')
