"""What the pages of the money ahead share: their blueprint, who may enter, how money is written."""

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

from cfp.access import Role
from cfp.budget.forms import STATES
from cfp.catering.words import euros, euros_about, euros_round, on_day

pages = Blueprint("budget", __name__)
TREASURERS = (Role.ORGANISER, Role.TREASURER)


@pages.context_processor
def for_templates():
    known = (
        (_("Cash"), "budget.overview"),
        (_("Income by tier"), "budget.by_tier"),
        (_("What if"), "budget.what_if"),
    )
    return {
        "budget_pages": [
            {"label": label, "url": url_for(endpoint), "current": request.endpoint == endpoint}
            for label, endpoint in known
        ]
        if g.get("conference")
        else [],
        "euros": euros,
        "euros_about": euros_about,
        "euros_round": euros_round,
        "states": STATES,
        "day_words": lambda on: on_day(on, "d MMMM"),
    }
