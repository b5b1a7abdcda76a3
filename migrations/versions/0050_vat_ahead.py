"""VAT in the money ahead.

Revision ID: 0050
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0031'
branch_labels = None
depends_on = None

RATES = {'purse': ('ticket_rate', 'meal_rate'), 'budget_cost': ('rate',), 'budget_income': ('rate',)}


def upgrade() -> None:
    with op.batch_alter_table('purse', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vat_return', sa.Enum('none', 'monthly', 'quarterly', name='vat_return', native_enum=False, create_constraint=True, length=32), server_default='none', nullable=False))
        batch_op.add_column(sa.Column('vat_extended', sa.Boolean(), server_default=sa.false(), nullable=False))
    for table, rates in RATES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for rate in rates:
                batch_op.add_column(sa.Column(rate, sa.Integer(), server_default='0', nullable=False))
            condition = ' AND '.join(f'{rate} BETWEEN 0 AND 10000' for rate in rates)
            batch_op.create_check_constraint(op.f(f'ck_{table}_rate_range'), condition)
    # The rows that were there have theirs; new ones say it themselves.
    with op.batch_alter_table('purse', schema=None) as batch_op:
        batch_op.alter_column('vat_return', server_default=None)
        batch_op.alter_column('vat_extended', server_default=None)
    for table, rates in RATES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for rate in rates:
                batch_op.alter_column(rate, server_default=None)


def downgrade() -> None:
    for table, rates in RATES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_rate_range'), type_='check')
            for rate in rates:
                batch_op.drop_column(rate)
    with op.batch_alter_table('purse', schema=None) as batch_op:
        batch_op.drop_column('vat_extended')
        batch_op.drop_column('vat_return')
