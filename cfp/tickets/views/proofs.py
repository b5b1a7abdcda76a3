"""Proofs of students: sent from the order's page, looked at by the team, and gone."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock, headers
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.people.session import me, visitor
from cfp.tickets.forms.buying import ProofForm
from cfp.tickets.forms.orders import WhyForm
from cfp.tickets.models import ProofFile
from cfp.tickets.proof_file import MOST_BYTES
from cfp.tickets.queries import proofs as queries
from cfp.tickets.service import proofs as service
from cfp.tickets.views.blueprint import link_to, order_or_404, pages
from cfp.tickets.views.order import ticket_or_404
from cfp.tickets.views.orders import team_order_or_404
from cfp.tickets.views.organising import SELLERS
from cfp.tickets.views.tabs import tabs

ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@pages.route(
    "/<conference>/orders/<code>/<token>/tickets/<ticket_code>/proof/", methods=["GET", "POST"]
)
@allow(Role.ANYONE)
def send_proof(code, token, ticket_code):
    """Send a proof that one studies."""
    found = order_or_404(code, token)
    ticket, form = ticket_or_404(found, ticket_code), ProofForm()
    if form.validate_on_submit():
        sent = form.proof.data
        data = sent.read(MOST_BYTES + 1) if hasattr(sent, "read") else b""
        with form.refusals():
            service.send(found, ticket, data, at=clock.now(), by=visitor())
            flash(_("Thank you. Somebody looks at it; then it is deleted."), "success")
            return redirect(link_to(found), 303)
    page = render_template(
        "tickets/proof.html",
        order=found,
        ticket=ticket,
        form=form,
        before=db.session.scalar(queries.proof_of(ticket)),
        can_send=service.can_be_sent(ticket, clock.now()),
        back=link_to(found),
    )
    return page, form.status


@pages.get("/<conference>/team/tickets/proofs/")
@allow(*SELLERS)
def proofs():
    """Look at what students sent."""
    return _waiting(WhyForm(formdata=None))


def _waiting(form: WhyForm, wrong: str = "") -> str:
    waiting = db.session.scalars(queries.waiting(current_conference())).all()
    return render_template(
        "tickets/proofs.html", waiting=waiting, form=form, wrong=wrong, tabs=tabs("proofs")
    )


@pages.get("/<conference>/team/tickets/proofs/<proof>/file")
@allow(*SELLERS)
def proof_file(proof):
    """The file, to save and look at; never shown in place."""
    found = _proof_or_404(proof)
    if found.data is None:
        abort(404)
    name = f"proof-{found.code}.{ENDINGS[found.media_type]}"
    return headers.sealed(found.data, found.media_type, name)


@pages.post("/<conference>/team/tickets/proofs/<proof>/accept")
@allow(*SELLERS)
def accept_proof(proof):
    """It is a proof."""
    service.accept(_proof_or_404(proof), by=me(), at=clock.now())
    flash(_("The proof is seen, and what was sent is deleted."), "success")
    return redirect(url_for("tickets.proofs"), 303)


@pages.post("/<conference>/team/tickets/proofs/<proof>/refuse")
@allow(*SELLERS)
def refuse_proof(proof):
    """It is none; the buyer reads why."""
    found, form = _proof_or_404(proof), WhyForm()
    if not form.validate_on_submit():
        return _waiting(form, proof), 422
    service.refuse(found, form.why.data, by=me(), at=clock.now())
    flash(_("The buyer is told, and what was sent is deleted."), "success")
    return redirect(url_for("tickets.proofs"), 303)


@pages.post("/<conference>/team/orders/<code>/tickets/<ticket_code>/no-proof")
@allow(*SELLERS)
def no_proof(code, ticket_code):
    """Charge the difference, because no proof came."""
    found = team_order_or_404(code)
    ticket = ticket_or_404(found, ticket_code)
    service.charge_the_difference(found, ticket, by=me(), at=clock.now())
    flash(_("The ticket costs what everybody pays now; the difference is to be paid."), "success")
    return redirect(url_for("tickets.detail", code=found.code), 303)


def _proof_or_404(code: str) -> ProofFile:
    return db.session.scalar(queries.by_code(current_conference(), code)) or abort(404)
