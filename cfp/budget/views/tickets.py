"""Income from tickets, tier by tier: what came, and what is still to come."""

from flask import g, render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.budget.service import comparing
from cfp.budget.service.planning import open_books
from cfp.budget.service.tiers import NOW, THEN, income
from cfp.budget.views.blueprint import TREASURERS, pages
from cfp.plot import ENGLISH, GERMAN, Bar, Look, Plot, bars


@pages.get("/<conference>/team/money-ahead/tickets")
@allow(*TREASURERS)
def by_tier():
    """See what each price has brought and what is still to come of it."""
    books = open_books(g.conference, clock.now())
    stands = comparing.ground(g.conference, books)
    found = income(g.conference, stands, books.sold) if stands else None
    return render_template(
        "budget/by_tier.html",
        found=found,
        name_of=name_of,
        picture=_picture(found) if found else None,
    )


def name_of(rung) -> str:
    """Product and tier; what is planned has words of its own."""
    planned = {NOW: _("The next tickets"), THEN: _("After the planned step")}
    if not rung.product and rung.tier in planned:
        return planned[rung.tier]
    parts = dict.fromkeys(part for part in (rung.product, rung.tier) if part)
    return ", ".join(parts) or _("Tickets")


def _picture(found) -> Plot:
    """So far, of what it will probably be."""
    amounts = [
        Bar(
            name_of(one.rung),
            round(one.rung.cents / 100),
            round((one.rung.cents + one.cents.likely) / 100),
        )
        for one in found.rungs
        if one.rung.sold or one.tickets.high >= 0.5
    ]
    wording = GERMAN if str(get_locale()) == "de" else ENGLISH
    title = _("Income by tier: so far, of what is likely in the end")
    return bars(title, amounts, unit="EUR", look=Look(wording=wording))
