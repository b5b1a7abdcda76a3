"""What all pages of the kitchen share: their blueprint, who may do what, the way between them."""

from flask import Blueprint, abort, current_app, g, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp.access import Role, allowed
from cfp.catering.words import class_name, diet_name, euros, euros_about, euros_round, on_day
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.plot import ENGLISH, GERMAN, Look

pages = Blueprint("catering", __name__)

COOKS = (Role.ORGANISER,)
READERS = (Role.ORGANISER, Role.TREASURER, Role.BOX_OFFICE)


@pages.context_processor
def for_templates():
    """The pages of the kitchen that this visitor may open, and how money and diets are written."""
    known = (
        (_("Forecast"), "catering.overview"),
        (_("Meals and caterers"), "catering.meals"),
        (_("Orders"), "catering.orders"),
        (_("Afterwards"), "catering.afterwards"),
        (_("Earlier editions"), "catering.history"),
        (_("What we know"), "catering.settings"),
    )
    return {
        "kitchen_pages": [
            {"label": label, "url": url_for(endpoint), "current": request.endpoint == endpoint}
            for label, endpoint in known
            if allowed(current_app, endpoint) & roles_here()
        ]
        if g.get("conference")
        else [],
        "may_cook": not roles_here().isdisjoint(COOKS),
        "euros": euros,
        "euros_about": euros_about,
        "euros_round": euros_round,
        "diet_name": diet_name,
        "class_name": class_name,
        "on_day": on_day,
    }


def look() -> Look:
    """How pictures are written in the reader's language."""
    return Look(wording=GERMAN if str(get_locale()) == "de" else ENGLISH)


def get_or_404(select):
    return db.session.scalar(select) or abort(404)
