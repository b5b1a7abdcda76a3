"""The plan of booths: drawn by organisers, and who holds which."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.people.session import me
from cfp.sponsors import queries
from cfp.sponsors.forms import BoothForm, HoldForm
from cfp.sponsors.models import OPEN, Agreement
from cfp.sponsors.service import booths, settings
from cfp.sponsors.service.booths import Drawing, Place
from cfp.sponsors.views.blueprint import agreement_or_404, booth_or_404, pages


@pages.get("/<conference>/team/sponsors/booths/")
@allow(Role.ORGANISER, Role.TREASURER)
def plan():
    """See the plan of booths and who holds which."""
    size = db.session.scalar(queries.sponsoring(g.conference)) or settings.usual()
    found = db.session.scalars(queries.booths(g.conference)).all()
    linked = found if Role.ORGANISER in roles_here() else []
    ways = {one.code: url_for("sponsors.booth", booth=one.code) for one in linked}
    return render_template("sponsors/plan.html", size=size, booths=found, at=clock.now(), ways=ways)


@pages.route("/<conference>/team/sponsors/booths/new", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def new_booth():
    """Draw a booth."""
    drawn = {name: request.args.get(name, type=int) for name in ("x", "y", "width", "height")}
    found = db.session.scalars(queries.booths(g.conference)).all()
    size = db.session.scalar(queries.sponsoring(g.conference)) or settings.usual()
    free = booths.free_place(size, found)
    usual = {"width": free.width, "height": free.height, "x": free.x, "y": free.y}
    return _draw(BoothForm(data=usual | {k: v for k, v in drawn.items() if v is not None}), None)


@pages.route("/<conference>/team/sponsors/booths/<booth>/", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def booth(booth):
    """Move a booth, or change whom it is for."""
    found = booth_or_404(booth)
    return _draw(BoothForm(obj=found, data={"level_id": found.level_id or 0}), found)


def _draw(form, found):
    levels = _offer_levels(form)
    if form.validate_on_submit():
        place = Place(form.x.data, form.y.data, form.width.data, form.height.data)
        level = next((one for one in levels if one.id == form.level_id.data), None)
        with form.refusals():
            drawing = Drawing(form.label.data, place, level)
            booths.draw(g.conference, found, drawing, by=me(), at=clock.now())
        if not form.errors:
            return redirect(url_for("sponsors.plan"))
    return _page(form, found, _hold_form()), form.status


def _offer_levels(form):
    levels = db.session.scalars(queries.levels(g.conference)).all()
    form.level_id.choices = [SelectChoice(0, _("any level"))] + [
        SelectChoice(level.id, level.name) for level in levels
    ]
    return levels


def _page(form, found, hold_form) -> str:
    at = clock.now()
    return render_template(
        "sponsors/booth.html", form=form, booth=found, hold_form=hold_form, at=at
    )


def _hold_form(**more) -> HoldForm:
    form = HoldForm(**(more or {"formdata": None}))
    open_ones = queries.agreements(g.conference).where(Agreement.state.in_(OPEN))
    form.agreement.choices = [
        SelectChoice(one.code, f"{one.sponsor.name} ({one.level.name})")
        for one in db.session.scalars(open_ones).unique()
    ]
    return form


@pages.post("/<conference>/team/sponsors/booths/<booth>/hold")
@allow(Role.ORGANISER)
def hold(booth):
    """Hold a booth for a sponsor."""
    found, form = booth_or_404(booth), _hold_form(meta={})
    if form.validate_on_submit():
        chosen = agreement_or_404(form.agreement.data)
        booths.hold(found, chosen, by=me(), at=clock.now())
        said = _("%(name)s holds booth %(label)s.", name=chosen.sponsor.name, label=found.label)
        flash(said, "success")
        return redirect(url_for("sponsors.plan"))
    drawn = BoothForm(formdata=None, obj=found, data={"level_id": found.level_id or 0})
    _offer_levels(drawn)
    return _page(drawn, found, form), 422


@pages.post("/<conference>/team/sponsors/booths/<booth>/free")
@allow(Role.ORGANISER)
def free_booth(booth):
    """Give a booth back."""
    found = booth_or_404(booth)
    if found.agreement is not None:
        booths.release(found.agreement, by=me(), at=clock.now())
    flash(_("Booth %(label)s is free.", label=found.label), "success")
    return redirect(url_for("sponsors.plan"))


@pages.post("/<conference>/team/sponsors/booths/<booth>/remove")
@allow(Role.ORGANISER)
def remove_booth(booth):
    """Take a booth off the plan."""
    booths.remove(booth_or_404(booth), by=me(), at=clock.now())
    return redirect(url_for("sponsors.plan"))
