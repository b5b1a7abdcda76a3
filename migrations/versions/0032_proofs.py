"""Proofs of students that are sent beforehand.

Revision ID: 0032
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0062'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('audience', schema=None) as batch_op:
        batch_op.add_column(sa.Column('proof_by', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_audience_proof'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_audience_proof'), "proof IN ('none', 'at_the_desk', 'upload')")
    op.create_table('proof_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('refused_why', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(data IS NULL) = (refused_why != '')", name=op.f('ck_proof_file_refused_is_gone')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_proof_file_conference_id_conference'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_proof_file_ticket_id_ticket'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proof_file')),
    sa.UniqueConstraint('code', name=op.f('uq_proof_file_code')),
    sa.UniqueConstraint('ticket_id', name=op.f('uq_proof_file_ticket_id'))
    )
    with op.batch_alter_table('proof_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proof_file_conference_id'), ['conference_id'], unique=False)


def downgrade() -> None:
    op.drop_table('proof_file')
    with op.batch_alter_table('audience', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_audience_proof'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_audience_proof'), "proof IN ('none', 'at_the_desk')")
        batch_op.drop_column('proof_by')
