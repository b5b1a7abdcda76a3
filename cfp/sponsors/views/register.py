"""The list of sponsors, one sponsor with its people, and what stands between it and us."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock, plot
from cfp.access import Role, allow
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me
from cfp.sponsors import letters, queries
from cfp.sponsors.forms import ContactForm, LogoForm, SponsorForm, WaitForm, level_choices
from cfp.sponsors.models import AgreementState, LevelWaiting
from cfp.sponsors.service import places, register, travel
from cfp.sponsors.views.blueprint import level_or_404, look, pages, sponsor_or_404


@pages.get("/<conference>/team/sponsors/")
@allow(Role.ORGANISER, Role.TREASURER)
def listing():
    """See all sponsors by state and level."""
    found = db.session.scalars(queries.sponsors(g.conference)).all()
    latest = {
        a.sponsor_id: a
        for a in reversed(db.session.scalars(queries.agreements(g.conference)).unique().all())
    }
    levels = db.session.scalars(queries.levels(g.conference)).all()
    asked = {name: request.args.get(name, "") for name in ("state", "level")}
    rows = [(one, latest.get(one.id)) for one in found]
    shown = [row for row in rows if _fits(row[1], asked)]
    return render_template(
        "sponsors/listing.html",
        rows=shown,
        all=len(rows),
        levels=levels,
        asked=asked,
        states=AgreementState,
        money=_money(latest.values()),
        picture=_funnel(rows) if rows else None,
        moves=places.moves(g.conference),
        employers=travel.offered(g.conference),
        applications=db.session.scalars(queries.applications(g.conference)).all(),
    )


def _funnel(rows):
    """How many came how far, from the name on the list to the money."""
    reached = {AgreementState.SIGNED: 1, AgreementState.PAID: 2}
    steps = [reached.get(agreement.state, 0) if agreement else -1 for _sponsor, agreement in rows]
    names = (_("Offer made"), _("Signed"), _("Paid"))
    bars = [
        plot.Bar(name, sum(step >= n for step in steps), len(steps)) for n, name in enumerate(names)
    ]
    return plot.bars(_("From the offer to the money"), bars, unit=_("sponsors"), look=look())


def _fits(agreement, asked) -> bool:
    if asked["level"] and (agreement is None or agreement.level.code != asked["level"]):
        return False
    state = agreement.state.value if agreement else "none"
    return not asked["state"] or state == asked["state"]


def _money(agreements):
    """What is paid, signed and offered, without tax."""
    return {
        state: sum(a.net_cents for a in agreements if a.state is state)
        for state in (AgreementState.PAID, AgreementState.SIGNED, AgreementState.OFFERED)
    }


@pages.route("/<conference>/team/sponsors/new", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def new():
    """Add a sponsor."""
    form = SponsorForm()
    if form.validate_on_submit():
        with form.refusals():
            made = register.add(g.conference, form.company(), by=me(), at=clock.now())
        if not form.errors:
            return redirect(url_for("sponsors.show", sponsor=made.code))
    return render_template("sponsors/sponsor.html", form=form, sponsor=None), form.status


@pages.route("/<conference>/team/sponsors/<sponsor>/edit", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def edit(sponsor):
    """Change a sponsor's name and address."""
    found = sponsor_or_404(sponsor)
    form = SponsorForm(obj=found)
    if form.validate_on_submit():
        with form.refusals():
            register.change(found, form.company(), by=me(), at=clock.now())
        if not form.errors:
            flash(_("“%(name)s” is saved.", name=found.name), "success")
            return redirect(url_for("sponsors.show", sponsor=found.code))
    page = render_template(
        "sponsors/sponsor.html",
        form=form,
        sponsor=found,
        may_remove=db.session.scalar(queries.offered_to(found)) is None,
    )
    return page, form.status


@pages.get("/<conference>/team/sponsors/<sponsor>/")
@allow(Role.ORGANISER, Role.TREASURER)
def show(sponsor):
    """See one sponsor: its people, its agreement, its logo."""
    return show_page(sponsor_or_404(sponsor)), 200


def show_page(found, contact=None, logo=None):
    """One sponsor, with the one form that was sent and could not be followed."""
    agreements = db.session.scalars(queries.agreements_of(found)).unique().all()
    wait = WaitForm(formdata=None)
    wait.level.choices = level_choices(db.session.scalars(queries.levels(g.conference)))
    return render_template(
        "sponsors/show.html",
        sponsor=found,
        agreements=agreements,
        open_one=next((a for a in agreements if a.ended_at is None), None),
        contact_form=contact or ContactForm(formdata=None),
        wait_form=wait,
        logo_form=logo or LogoForm(formdata=None),
        waits=[
            w
            for w in db.session.scalars(queries.all_waiting(g.conference))
            if w.sponsor_id == found.id
        ],
    )


@pages.post("/<conference>/team/sponsors/<sponsor>/remove")
@allow(Role.ORGANISER)
def remove(sponsor):
    """Remove a sponsor to whom nothing was offered."""
    register.remove(sponsor_or_404(sponsor), by=me(), at=clock.now())
    flash(_("The sponsor is gone."), "success")
    return redirect(url_for("sponsors.listing"))


@pages.post("/<conference>/team/sponsors/<sponsor>/contacts")
@allow(Role.ORGANISER)
def add_contact(sponsor):
    """Add somebody who works there."""
    found, form = sponsor_or_404(sponsor), ContactForm()
    if form.validate_on_submit():
        with form.refusals():
            said = (form.contact_name.data, form.email.data)
            phone, by, at = form.phone.data, me(), clock.now()
            new = register.add_contact(found, *said, phone=phone, by=by, at=at)
        if not form.errors:
            standing = db.session.scalars(queries.open_agreement(found)).unique().one_or_none()
            if letters.welcome(new, standing, at):
                flash(_("%(name)s gets a link by mail.", name=new.name), "success")
            return redirect(url_for("sponsors.show", sponsor=found.code))
    return show_page(found, contact=form), 422


@pages.post("/<conference>/team/sponsors/<sponsor>/contacts/<contact>/link")
@allow(Role.ORGANISER)
def renew_link(sponsor, contact):
    """Send a contact a new link; the ones before open nothing any more."""
    found, at = sponsor_or_404(sponsor), clock.now()
    one = _contact(found, contact)
    register.change_link(one, by=me(), at=at)
    letters.page(one, at)
    flash(_("%(name)s gets a link by mail.", name=one.name), "success")
    return redirect(url_for("sponsors.show", sponsor=found.code))


def _contact(sponsor, code):
    return next((one for one in sponsor.contacts if one.code == code), None) or abort(404)


@pages.post("/<conference>/team/sponsors/<sponsor>/contacts/<contact>/remove")
@allow(Role.ORGANISER)
def remove_contact(sponsor, contact):
    """Take a contact off."""
    found = sponsor_or_404(sponsor)
    register.remove_contact(_contact(found, contact), by=me(), at=clock.now())
    flash(_("Their link opens nothing any more."), "success")
    return redirect(url_for("sponsors.show", sponsor=found.code))


@pages.post("/<conference>/team/sponsors/<sponsor>/wait")
@allow(Role.ORGANISER)
def wait(sponsor):
    """Put a sponsor into the line for a level."""
    found, form = sponsor_or_404(sponsor), WaitForm()
    form.level.choices = level_choices(db.session.scalars(queries.levels(g.conference)))
    if not form.validate_on_submit():
        abort(422)
    places.wait(level_or_404(form.level.data), found, by=me(), at=clock.now())
    flash(_("%(name)s stands in line.", name=found.name), "success")
    return redirect(url_for("sponsors.show", sponsor=found.code))


@pages.post("/<conference>/team/sponsors/<sponsor>/wait/<int:waiting_id>/leave")
@allow(Role.ORGANISER)
def leave(sponsor, waiting_id):
    """Take a sponsor out of a line."""
    found = sponsor_or_404(sponsor)
    line = queries.all_waiting(g.conference).where(LevelWaiting.id == waiting_id)
    entry = db.session.scalar(line) or abort(404)
    if entry.sponsor_id != found.id or not Form().validate_on_submit():
        abort(404)
    places.leave(entry, by=me(), at=clock.now())
    return redirect(url_for("sponsors.show", sponsor=found.code))
