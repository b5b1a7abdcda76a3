"""Who reminds of what is owed, and how many tickets one network may hold.

Revision ID: 0093
Revises: 0097
"""

import sqlalchemy as sa
from alembic import op

revision = '0093'
down_revision = '0097'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('receivable') as batch_op:
        batch_op.add_column(
            sa.Column('dunned', sa.Boolean(), server_default=sa.true(), nullable=False)
        )
    with op.batch_alter_table('shop') as batch_op:
        batch_op.add_column(sa.Column('most_from_network', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            'most_from_network_range', 'most_from_network BETWEEN 1 AND 10000'
        )
    receivable = sa.table('receivable', sa.column('id'), sa.column('dunned'))
    order = sa.table('order', sa.column('receivable_id'))
    of_orders = sa.select(order.c.receivable_id).where(order.c.receivable_id.is_not(None))
    op.execute(
        receivable.update().where(receivable.c.id.in_(of_orders)).values(dunned=sa.false())
    )


def downgrade() -> None:
    with op.batch_alter_table('shop', schema=None) as batch_op:
        batch_op.drop_constraint('most_from_network_range', type_='check')
        batch_op.drop_column('most_from_network')
    with op.batch_alter_table('receivable', schema=None) as batch_op:
        batch_op.drop_column('dunned')
