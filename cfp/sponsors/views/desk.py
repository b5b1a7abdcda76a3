"""The desk of a sponsor, opened by the link of a letter: what stands, what is due, a signature."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from cfp import clock
from cfp.access import Role, allow
from cfp.billing.service.selling import find_seller
from cfp.db import db
from cfp.errors import Refused
from cfp.sponsors import queries
from cfp.sponsors.forms import BoothChoiceForm, ClaimForm, LogoForm, SignForm
from cfp.sponsors.links import is_token_of
from cfp.sponsors.models import AGREED, OPEN
from cfp.sponsors.service import offers, places, signing, vouchers
from cfp.sponsors.service.booths import is_held
from cfp.sponsors.service.deadlines import deadlines
from cfp.sponsors.service.signing import Signer
from cfp.sponsors.views.blueprint import pages
from cfp.sponsors.words import paper_name

DESK = "/<conference>/sponsor/<contact>/<token>/"


def contact_or_404(code, token):
    found = db.session.scalar(queries.contact_by_code(g.conference, code))
    if found is None or not is_token_of(found, token):
        abort(404)
    return found


def newest(contact):
    """What stands, or what has ended last; the newest of a sponsor is the one that stands."""
    return db.session.scalars(queries.agreements_of(contact.sponsor).limit(1)).unique().first()


def get_standing(contact):
    """What stands; whoever presses a button of an old page is told that nothing does."""
    found = newest(contact)
    if found is None or found.state not in OPEN:
        raise Refused(_("This has ended meanwhile. Please open your page anew."))
    return found


def back_to_desk(contact, token):
    return redirect(url_for("sponsors.desk", contact=contact.code, token=token))


@pages.get(DESK)
@allow(Role.ANYONE)
def desk(contact, token):
    """See what one's company was offered and what is promised to it."""
    return desk_page(contact_or_404(contact, token), token), 200


def desk_page(contact, token, **forms):
    """The page of the desk, with the one form that was sent and could not be followed."""
    at, agreement = clock.now(), newest(contact)
    promised = db.session.scalars(queries.benefits_of(agreement)).all() if agreement else []
    return render_template(
        "sponsors/desk.html",
        contact=contact,
        token=token,
        agreement=agreement,
        benefits=promised,
        vouchers=vouchers.of(agreement) if agreement else {},
        invoices=db.session.scalars(queries.invoices_to(contact.sponsor)).all(),
        papers=db.session.scalars(queries.papers(agreement)).all() if agreement else [],
        deadlines=deadlines(agreement, promised, at) if agreement else [],
        waits=places.lines_of(contact.sponsor),
        seller=find_seller(g.conference),
        paper_name=paper_name,
        sign_form=forms.get("sign") or SignForm(formdata=None, data=_signer(contact, agreement)),
        logo_form=forms.get("logo") or LogoForm(formdata=None),
        claim_forms={one.code: claim_form_of(one) for one in promised} | forms.get("claim", {}),
        at=at,
        is_past=clock.is_past,
        **_plan(contact, token, agreement, at, forms.get("booth")),
    )


def _plan(contact, token, agreement, at, sent):
    """The plan of booths, on which each that can be chosen leads to itself being chosen."""
    form = sent or booth_form_of(agreement, at)
    chosen = request.args.get("booth") if request.method == "GET" else form.booth.data
    form.booth.data = chosen
    ways = {
        code: url_for("sponsors.desk", contact=contact.code, token=token, booth=code)
        for code in (choice.value for choice in form.booth.choices)
    }
    return {
        "size": db.session.scalar(queries.sponsoring(g.conference)),
        "booths": db.session.scalars(queries.booths(g.conference)).all(),
        "booth_form": form,
        "booth_ways": {code: f"{way}#your-booth" for code, way in ways.items()},
        "chosen_booth": chosen,
    }


def _signer(contact, agreement):
    return {"name": contact.name, "seen": agreement.text_hash if agreement else ""}


def booth_form_of(agreement, at, **more):
    form = BoothChoiceForm(**(more or {"formdata": None}))
    form.booth.choices = [
        SelectChoice(one.code, one.label)
        for one in db.session.scalars(queries.booths(g.conference))
        if agreement and not is_held(one, at) and one.level_id in {None, agreement.level_id}
    ]
    return form


def claim_form_of(benefit, **more):
    """What a sponsor wants of one benefit; each on the page has ids of its own."""
    form = ClaimForm(**(more or {"formdata": None, "data": {"claim": benefit.claim}}))
    form.claim.id = f"claim-{benefit.code}"
    return form


@pages.get(DESK + "<any(sign, decline, booth, logo):pressed>")
@allow(Role.ANYONE)
def pressed_before(contact, token, pressed):  # noqa: ARG001  (whichever it was)
    """Go back to the desk: a telephone opens anew the address of what was pressed last."""
    return back_to_desk(contact_or_404(contact, token), token)


@pages.post(DESK + "sign")
@allow(Role.ANYONE)
def sign(contact, token):
    """Sign the agreement by a click."""
    one, form = contact_or_404(contact, token), SignForm()
    agreement = get_standing(one)
    if agreement.state in AGREED:  # pressed twice, or by two people
        flash(_("The agreement is signed already."), "info")
        return back_to_desk(one, token)
    if form.validate_on_submit():
        with form.refusals():
            signing.sign(agreement, _by(one, form), seen=form.seen.data, at=clock.now())
        if not form.errors:
            flash(_("Thank you. The agreement is signed."), "success")
            return back_to_desk(one, token)
    form.seen.data = agreement.text_hash  # the text that stands on this answer
    return desk_page(one, token, sign=form), 422


def _by(contact, form) -> Signer:
    return Signer(
        name=form.name.data,
        office=form.office.data,
        email=contact.email,
        address=request.remote_addr or "unknown",
        device=request.user_agent.string,
    )


@pages.post(DESK + "decline")
@allow(Role.ANYONE)
def decline(contact, token):
    """Say no to an offer."""
    one = contact_or_404(contact, token)
    offers.decline(get_standing(one), by=None, at=clock.now())
    flash(_("Thank you for telling us."), "success")
    return back_to_desk(one, token)
