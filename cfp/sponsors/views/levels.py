"""Levels and the terms on which an edition takes sponsors."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import SelectChoice

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.money import Money
from cfp.people.session import me
from cfp.sponsors import queries, wording
from cfp.sponsors.forms import LevelForm, TermsForm, cents_of, lines_of
from cfp.sponsors.models import BenefitKind
from cfp.sponsors.service import settings
from cfp.sponsors.service.settings import LevelTerms
from cfp.sponsors.views.blueprint import level_or_404, pages


@pages.get("/<conference>/team/sponsors/levels/")
@allow(Role.ORGANISER, Role.TREASURER)
def levels():
    """See the levels with their prices and what is left of them."""
    found = db.session.scalars(queries.levels(g.conference)).all()
    lines = db.session.scalars(queries.all_waiting(g.conference)).all()
    return render_template("sponsors/levels.html", levels=found, lines=lines)


@pages.route("/<conference>/team/sponsors/levels/new", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def new_level():
    """Add a level."""
    return _page(LevelForm(), None)


@pages.route("/<conference>/team/sponsors/levels/<level>/", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def level(level):
    """Change a level."""
    found = level_or_404(level)
    zone, until = g.conference.timezone, found.early_until
    claim = next((p.claim_by for p in found.promises if p.claim_by), None)
    said = {
        "name": found.name,
        "cap": found.cap,
        "description": found.description,
        "price": Money(found.cents).amount,
        "early_price": None if found.early_cents is None else Money(found.early_cents).amount,
        "early_until": until and clock.local(until, zone).replace(tzinfo=None),
        "promises": lines_of(found.promises),
        "claim_by": claim and clock.local(claim, zone).replace(tzinfo=None),
    }
    form = LevelForm(data=said)
    return _page(form, found)


def _page(form, found):
    if form.validate_on_submit():
        with form.refusals():
            settings.set_level(g.conference, found, _terms(form), by=me(), at=clock.now())
        if not form.errors:
            flash(_("“%(name)s” is saved.", name=form.name.data), "success")
            return redirect(url_for("sponsors.levels"))
    page = render_template(
        "sponsors/level.html",
        form=form,
        level=found,
        kinds=[k.value for k in BenefitKind],
        may_remove=found is not None and db.session.scalar(queries.offered_of(found)) is None,
    )
    return page, form.status


def _terms(form) -> LevelTerms:
    zone, until, early = g.conference.timezone, form.early_until.data, form.early_price.data
    has_early = until is not None and early is not None
    return LevelTerms(
        name=form.name.data,
        cents=cents_of(form.price.data),
        cap=form.cap.data,
        early=(cents_of(early), clock.from_wall(until, zone)) if has_early else None,
        description=form.description.data,
        promises=form.wishes(zone),
    )


@pages.post("/<conference>/team/sponsors/levels/<level>/remove")
@allow(Role.ORGANISER)
def remove_level(level):
    """Remove a level in which nothing was offered."""
    settings.remove_level(level_or_404(level), by=me(), at=clock.now())
    flash(_("The level is gone."), "success")
    return redirect(url_for("sponsors.levels"))


@pages.route("/<conference>/team/sponsors/terms", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def terms():
    """Say on which terms sponsors are taken."""
    plan = db.session.scalar(queries.sponsoring(g.conference)) or settings.usual()
    usual = wording.usual(get_locale().language)
    said = {name: getattr(plan, name) for name in ("is_open", "pitch", "net_days", "offer_days")}
    said["agreement_text"] = plan.agreement_text or usual.strip()
    said |= {"plan_width": plan.plan_width // 10, "plan_height": plan.plan_height // 10}
    form = TermsForm(data=said | {"ticket_product_id": plan.ticket_product_id or 0})
    products = db.session.scalars(queries.products(g.conference))
    form.ticket_product_id.choices = [
        SelectChoice(0, _("none yet")),
        *(SelectChoice(product.id, product.name) for product in products),
    ]
    if form.validate_on_submit():
        with form.refusals():
            settings.set_terms(g.conference, form.terms(usual), by=me(), at=clock.now())
        if not form.errors:
            flash(_("The terms are saved. Offers that were made keep theirs."), "success")
            return redirect(url_for("sponsors.terms"))
    page = render_template("sponsors/terms.html", form=form, places=wording.PLACES)
    return page, form.status
