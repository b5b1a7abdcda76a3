"""The cash of an edition from day to day, and how likely it is that it ends with a loss.

Scenarios instead of formulas: tickets at even quantiles of their forecast, each sponsor pays or not
and in time or late, by the state of the agreement. Seeded, so that the same question has the same
answer. Whole cents everywhere; amounts are gross, and their VAT goes to the tax office later.
"""

from cfp.budget.cashflow.outlook import Need, Outlook, break_even, needs, outlook
from cfp.budget.cashflow.plan import LATE, Cost, Income, Plan, Sales
from cfp.budget.cashflow.scenarios import SCENARIOS, chance_of_loss
from cfp.budget.cashflow.vat import Returns

__all__ = [
    "LATE",
    "SCENARIOS",
    "Cost",
    "Income",
    "Need",
    "Outlook",
    "Plan",
    "Returns",
    "Sales",
    "break_even",
    "chance_of_loss",
    "needs",
    "outlook",
]
