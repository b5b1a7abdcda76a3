"""The tables of the money ahead as they are had for spreadsheets: heads, and plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cfp.budget import queries
from cfp.budget.cashflow import outlook
from cfp.budget.service import comparing, planning, tiers
from cfp.budget.service.comparing import Compared
from cfp.budget.service.planning import Books
from cfp.catering.demand import Band
from cfp.catering.demand.tiers import Rung
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sheets import amount

Table = tuple[list[str], list[list[Any]]]
NAMES = ("cash", "needs", "vat", "costs", "income", "tiers", "levers", "what-if")
THREE = ("low", "likely", "high")


def of_the_cash(name: str, conference: Conference, books: Books) -> Table:
    """``cash``, ``needs`` or ``vat``; nothing but heads without a purse."""
    found = outlook(planning.plan_of(conference, books)) if books.purse else None
    heads = {
        "cash": ["day", *(f"{name}_eur" for name in THREE)],
        "needs": ["bill", "due", "more_tickets_needed", "likely_by_then"],
        "vat": ["from", "until", "due", "likely_eur"],
    }
    rows: list[list[Any]] = []
    if found and name == "cash":
        rows = [[day, *map(amount, cash)] for day, *cash in found.fan]
    if found and name == "needs":
        rows = [[n.cost.name, n.cost.due, _known(n.tickets), n.likely] for n in found.needs]
    if found and name == "vat":
        rows = [[p.first, p.last, p.due, amount(cents)] for p, cents in found.taxes]
    return heads[name], rows


def _known(tickets: int) -> int | None:
    """None where no price is known."""
    return None if tickets < 0 else tickets


def costs(conference: Conference) -> Table:
    rows = [
        [c.name, amount(c.cents), amount(c.rate), c.per_head, c.due_on]
        for c in db.session.scalars(queries.costs(conference.id))
    ]
    return ["what_for", "gross_eur", "vat_percent", "for_each_ticket", "due"], rows


def income(conference: Conference, at: datetime) -> Table:
    rows = [
        [i.name, amount(i.cents), amount(i.rate), i.state.value, i.due_on]
        for i in planning.expected(conference, at)
    ]
    return ["from", "gross_eur", "vat_percent", "state", "due"], rows


def by_tier(conference: Conference, books: Books) -> Table:
    stands = comparing.ground(conference, books)
    found = tiers.income(conference, stands, books.sold) if stands else None
    rows = [
        [*_of(one.rung), *_ends(one.tickets), *_money(one.cents)]
        for one in (found.rungs if found else [])
    ]
    head = ["product", "tier", "price_eur", "sold", "income_so_far_eur"]
    head += [f"tickets_to_come_{end}" for end in THREE]
    return [*head, *(f"income_to_come_{end}_eur" for end in THREE)], rows


def _of(rung: Rung) -> list[Any]:
    return [rung.product, rung.tier, amount(rung.price), rung.sold, amount(rung.cents)]


def what_if(found: Compared | None) -> Table:
    """One line a ladder and elasticity; the first is as planned."""
    head = ["elasticity", "step_days_before", "price_before_eur", "price_after_eur"]
    for name in ("tickets", "income_to_come_eur", "unsold_share", "tickets_between", "loss_share"):
        head += [f"{name}_{end}" for end in THREE]
    rows: list[list[Any]] = []
    for one in found.columns if found else ():
        ladder, answer = one.ladder, one.answer
        row = [one.elasticity, ladder.step, amount(ladder.before), amount(ladder.after)]
        row += [*_ends(answer.heads), *_money(answer.cents), *_ends(answer.unsold, 4)]
        row += [*_ends(answer.width), *(_ends(one.loss, 4) if one.loss else [None] * 3)]
        rows.append(row)
    return head, rows


def _ends(band: Band, digits: int = 1) -> Sequence[float]:
    return [round(end, digits) for end in band.ends()]


def _money(band: Band) -> list[Any]:
    return [amount(round(end)) for end in band.ends()]
