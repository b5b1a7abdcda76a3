"""Any table of the money ahead as a file: CSV, or a spreadsheet."""

from flask import g

from cfp import clock
from cfp.access import allow
from cfp.budget.service import helping, tables
from cfp.budget.service.planning import open_books
from cfp.budget.views.blueprint import TREASURERS, pages
from cfp.budget.views.helping import moved
from cfp.budget.views.what_if import asked
from cfp.catering.views.tables import as_file

NAMES = ", ".join(f'"{name}"' for name in tables.NAMES)


@pages.get(
    f"/<conference>/team/money-ahead/tables/<any({NAMES}):money_table>.<any(csv, xlsx):ending>"
)
@allow(*TREASURERS)
def table(money_table, ending):
    """Take a table along for a spreadsheet."""
    here, at = g.conference, clock.now()
    books = open_books(here, at)
    makers = {
        "costs": lambda: tables.costs(here),
        "income": lambda: tables.income(here, at),
        "tiers": lambda: tables.by_tier(here, books),
        "levers": lambda: helping.as_table(helping.levers(here, books, moved()[1])),
        "what-if": lambda: tables.what_if(asked(at)[2]),
    }
    make = makers.get(money_table, lambda: tables.of_the_cash(money_table, here, books))
    return as_file(make(), f"{here.slug}-{money_table}", ending)
