"""The organiser's catalogue: products with their ladders, stock, audiences, vouchers, refunds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.people.session import me
from cfp.tickets import queries
from cfp.tickets.forms import selling as forms
from cfp.tickets.models import Audience, PriceTier, Product, Quota, RefundRule, Voucher
from cfp.tickets.service import catalogue
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.tabs import tabs

LIST = "/<conference>/team/tickets/<any(products, stock, audiences, vouchers, refunds):section>"


@dataclass(frozen=True)
class Kind:
    """A thing of the catalogue, its form, and what the form lets one choose from."""

    model: Any
    form: Any
    choices: tuple[Any, ...] = ()


KINDS = {
    "products": Kind(Product, forms.ProductForm, (Quota, Product)),
    "stock": Kind(Quota, forms.QuotaForm),
    "audiences": Kind(Audience, forms.AudienceForm),
    "vouchers": Kind(Voucher, forms.VoucherForm, (Product,)),
    "refunds": Kind(RefundRule, forms.RefundForm, (Product,)),
}


@pages.get(f"{LIST}/")
@allow(Role.ORGANISER)
def things(section):
    """See what is sold: products, stock, audiences, vouchers, refund rules."""
    conference = current_conference()
    if section == "products":
        rows = db.session.execute(queries.products_on_the_shelf(conference)).unique().all()
        found = [product for product, _waited in rows]
    else:
        found = _of(KINDS[section].model, conference)
    return render_template(
        "tickets/things.html", section=section, found=found, tabs=tabs(section), at=clock.now()
    )


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def new_thing(section):
    """Add a product, stock, an audience, a voucher or a refund rule."""
    form = _form_of(section)
    if form.validate_on_submit():
        with form.refusals():
            model, values = KINDS[section].model, form.values()
            made = catalogue.add(model, current_conference(), values, by=me(), at=clock.now())
            flash(_("Saved."), "success")
            return redirect(_after(section, made), 303)
    return _page(section, form, None)


@pages.route(f"{LIST}/<int:thing_id>/", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def thing(section, thing_id):
    """Change a product, stock, an audience, a voucher or a refund rule."""
    found = _get(section, thing_id)
    form = _form_of(section, _known(found))
    if form.validate_on_submit():
        with form.refusals():
            catalogue.change(found, form.values(), by=me(), at=clock.now())
            flash(_("Saved."), "success")
            return redirect(url_for("tickets.things", section=section), 303)
    return _page(section, form, found)


@pages.post(f"{LIST}/<int:thing_id>/remove")
@allow(Role.ORGANISER)
def remove_thing(section, thing_id):
    """Remove what was never sold."""
    catalogue.remove(_get(section, thing_id), by=me(), at=clock.now())
    flash(_("Removed."), "success")
    return redirect(url_for("tickets.things", section=section), 303)


STEPS = "/<conference>/team/tickets/products/<int:thing_id>/steps"


@pages.route(f"{STEPS}/new", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def new_step(thing_id):
    """Add a step to the price ladder of a product."""
    product = _get("products", thing_id)
    form = forms.TierForm(current_conference(), _of(Audience, current_conference()))
    if form.validate_on_submit():
        with form.refusals():
            catalogue.add_tier(product, form.values(), by=me(), at=clock.now())
            flash(_("Saved."), "success")
            return redirect(url_for("tickets.thing", section="products", thing_id=thing_id), 303)
    return render_template("tickets/step.html", form=form, product=product, tier=None), form.status


@pages.route(f"{STEPS}/<int:tier_id>/", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def step(thing_id, tier_id):
    """Change a step of the ladder that has not ended."""
    product = _get("products", thing_id)
    tier = next((tier for tier in product.tiers if tier.id == tier_id), None) or abort(404)
    audiences = _of(Audience, current_conference())
    form = forms.TierForm(current_conference(), audiences, data=_known(tier))
    if form.validate_on_submit():
        with form.refusals():
            catalogue.change_tier(tier, form.values(), by=me(), at=clock.now())
            flash(_("Saved."), "success")
            return redirect(url_for("tickets.thing", section="products", thing_id=thing_id), 303)
    return render_template("tickets/step.html", form=form, product=product, tier=tier), form.status


@pages.post(f"{STEPS}/<int:tier_id>/remove")
@allow(Role.ORGANISER)
def remove_step(thing_id, tier_id):
    """Remove a step at whose price nothing was sold."""
    product = _get("products", thing_id)
    tier = next((tier for tier in product.tiers if tier.id == tier_id), None) or abort(404)
    catalogue.remove(tier, by=me(), at=clock.now())
    flash(_("Removed."), "success")
    return redirect(url_for("tickets.thing", section="products", thing_id=thing_id), 303)


def _of(model, conference) -> list[Any]:
    found = sa.select(model).where(model.conference_id == conference.id).order_by(model.id)
    return [*db.session.scalars(found)]


def _get(section: str, thing_id: int):
    model = KINDS[section].model
    here = current_conference().id
    found = sa.select(model).where(model.id == thing_id, model.conference_id == here)
    return db.session.scalar(found) or abort(404)


def _form_of(section: str, known: dict[str, Any] | None = None):
    conference, choices = current_conference(), KINDS[section].choices
    extra = [_of(model, conference) for model in choices]
    return KINDS[section].form(conference, *extra, data=known)


def _known(found: Any) -> dict[str, Any]:
    """What a form shows of a thing: moments on the conference's clock, enums by their words."""
    known = {column.key: getattr(found, column.key) for column in found.__table__.columns}
    for name, value in known.items():
        if hasattr(value, "tzinfo"):
            known[name] = forms.wall(value, current_conference())
        known[name] = getattr(known[name], "value", known[name])
    for name in ("quotas", "products"):
        if hasattr(found, name):
            known[name] = [str(other.id) for other in getattr(found, name)]
    if isinstance(found, Product):
        hosts = db.session.scalars(queries.add_ons([found.id]))
        known["goes_with"] = [str(row.product_id) for row in hosts]
    return known | {n: known[n] or 0 for n in ("audience_id", "product_id") if n in known}


def _after(section: str, made: Any) -> str:
    """A new product wants its prices next."""
    if section == "products":
        return url_for("tickets.new_step", thing_id=made.id)
    return url_for("tickets.things", section=section)


def _page(section, form, found):
    page = render_template(
        "tickets/thing.html",
        section=section,
        form=form,
        thing=found,
        at=clock.now(),
        is_over=_is_over,
    )
    return page, 422 if request.method == "POST" else 200


def _is_over(tier: PriceTier) -> bool:
    return tier.over_at is not None or clock.is_past(tier.ends_at, clock.now())
