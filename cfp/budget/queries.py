"""Questions about the money ahead, as selects."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.budget.models import BudgetCost, BudgetIncome, Purse
from cfp.sponsors.models import OPEN, Agreement


def purse_of(conference_id: int) -> sa.Select[Purse]:
    return sa.select(Purse).where(Purse.conference_id == conference_id)


def costs(conference_id: int) -> sa.Select[BudgetCost]:
    return (
        sa.select(BudgetCost)
        .where(BudgetCost.conference_id == conference_id)
        .order_by(BudgetCost.due_on, BudgetCost.id)
    )


def incomes(conference_id: int) -> sa.Select[BudgetIncome]:
    return (
        sa.select(BudgetIncome)
        .where(BudgetIncome.conference_id == conference_id)
        .order_by(BudgetIncome.due_on, BudgetIncome.id)
    )


def agreements(conference_id: int) -> sa.Select[Agreement]:
    """What sponsors were offered and have agreed to, with their names."""
    return (
        sa.select(Agreement)
        .where(Agreement.conference_id == conference_id, Agreement.state.in_(OPEN))
        .options(joinedload(Agreement.sponsor))
        .order_by(Agreement.id)
    )
