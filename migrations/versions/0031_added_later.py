"""What is added to an order later, and what is still owed for a dearer ticket.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

BEFORE = ('held', 'placed', 'paid', 'partly_refunded', 'expired', 'cancelled')
AFTER = ('held', 'placed', 'paid', 'partly_refunded', 'owing', 'expired', 'cancelled')
MOVES = (
    'held>expired', 'held>placed', 'placed>cancelled', 'placed>expired', 'placed>paid', 'paid>cancelled',
    'paid>partly_refunded', 'partly_refunded>cancelled', 'expired>paid',
)
MORE = ('paid>owing', 'partly_refunded>owing', 'owing>cancelled', 'owing>paid', 'owing>partly_refunded')


def words(values):
    return ', '.join(f"'{value}'" for value in values)


def checks(batch_op, states, moves, waiting) -> None:
    for name in ('state', 'was', 'legal_move', 'placed_until_when'):
        batch_op.drop_constraint(batch_op.f(f'ck_order_{name}'), type_='check')
    batch_op.create_check_constraint(batch_op.f('ck_order_state'), f'state IN ({words(states)})')
    batch_op.create_check_constraint(batch_op.f('ck_order_was'), f'was IN ({words(states)})')
    batch_op.create_check_constraint(
        batch_op.f('ck_order_legal_move'),
        f"(was IS NULL AND state = 'held') OR (was || '>' || state) IN ({words(moves)})",
    )
    batch_op.create_check_constraint(
        batch_op.f('ck_order_placed_until_when'),
        f'state NOT IN ({words(waiting)}) OR due_at IS NOT NULL',
    )


def upgrade() -> None:
    with op.batch_alter_table('order', schema=None) as batch_op:
        checks(batch_op, AFTER, (*MOVES, *MORE), ('placed', 'owing'))
        batch_op.add_column(sa.Column('extends_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_order_extends_id'), ['extends_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_order_extends_id_order'), 'order', ['extends_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_order_not_itself'), 'extends_id != id')


def downgrade() -> None:
    with op.batch_alter_table('order', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_order_not_itself'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_order_extends_id_order'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_order_extends_id'))
        batch_op.drop_column('extends_id')
        checks(batch_op, BEFORE, MOVES, ('placed',))
