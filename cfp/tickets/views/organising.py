"""Selling at a glance, the settings of the sale, and the shop at another time."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.conference.forms import moment_of
from cfp.db import db
from cfp.people.session import me
from cfp.tickets import queries
from cfp.tickets.forms.buying import ShopForm
from cfp.tickets.forms.selling import ShopSettingsForm, wall
from cfp.tickets.front import window
from cfp.tickets.ladder import ladder_of
from cfp.tickets.models import Shop, TaxCategory
from cfp.tickets.queries import figures
from cfp.tickets.service import settings as service
from cfp.tickets.service.holding import rates_of
from cfp.tickets.service.shelf import shelf_of
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.shop import show_window
from cfp.tickets.views.tabs import tabs

SELLERS = (Role.ORGANISER, Role.TREASURER, Role.BOX_OFFICE)


@pages.get("/<conference>/team/tickets/")
@allow(*SELLERS)
def overview():
    """See how selling goes: what is sold, what is open, what has to be given back."""
    conference, at = current_conference(), clock.now()
    shelf = shelf_of(conference)
    goods = window(shelf, at)
    return render_template(
        "tickets/overview.html",
        shelf=shelf,
        goods=goods,
        at=at,
        quotas={q.id: q for product in shelf.products.values() for q in product.quotas},
        money=db.session.execute(figures.money(conference)).one(),
        sold=dict(db.session.execute(figures.sold_by_product(conference)).all()),
        ladder=ladder_of(goods, shelf, at, with_catering=True),
        is_late=_step_is_late(shelf.shop, goods),
        tabs=tabs("overview"),
    )


def _step_is_late(shop: Shop | None, goods) -> bool:
    """Whether the last step of the ladder comes too late for the caterer's number to profit."""
    first = next((one for one in goods if one.is_admission and len(one.rungs) > 1), None)
    if shop is None or shop.catering_due_at is None or first is None:
        return False
    return (shop.catering_due_at - first.rungs[-1].starts_at).days < 7


@pages.route("/<conference>/team/tickets/settings/", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def settings():
    """Set when the sale opens and ends, the account, and how long tickets are kept."""
    conference = current_conference()
    shop = db.session.scalar(queries.shop_of(conference))
    form = ShopSettingsForm(conference, data=_known(shop, conference))
    if form.validate_on_submit():
        with form.refusals():
            service.set_up(conference, form.settings(), by=me(), at=clock.now())
            flash(_("Saved."), "success")
            return redirect(url_for("tickets.overview"), 303)
    page = render_template("tickets/settings.html", form=form, shop=shop, tabs=tabs("settings"))
    return page, form.status


def _known(shop, conference):
    rates = rates_of(conference)
    known = {
        "standard_rate": rates.get(TaxCategory.STANDARD, 1900),
        "reduced_rate": rates.get(TaxCategory.REDUCED, 700),
    }
    if shop is not None:
        names = [*shop.__table__.columns.keys(), "account_holder", "iban", "bic"]
        known |= {name: getattr(shop, name) for name in names}
        for name in ("opens_at", "closes_at", "catering_due_at"):
            known[name] = wall(known[name], conference)
    return known


class AtForm(ShopForm):
    """The moment to look at."""

    at = DateTimeLocalField(_l("At"), format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@pages.get("/<conference>/team/tickets/preview/")
@allow(*SELLERS)
def preview():
    """See the shop as it will be at another time, with the caterer's day on the same axis."""
    conference, asked = current_conference(), request.args.get("at", "")
    at = _moment(asked, conference.timezone) or clock.now()
    form = AtForm(formdata=None, data={"at": wall(at, conference)})
    return show_window(form, shelf_of(conference), at, preview=form.at)


def _moment(text: str, zone: str) -> datetime | None:
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        return None
    if typed.tzinfo is not None or not 1990 <= typed.year <= 2100:
        return None
    return moment_of(typed, zone, ends=False)
