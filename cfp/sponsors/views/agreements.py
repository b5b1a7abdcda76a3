"""Offers and agreements: made, read, signed on paper, invoiced, ended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.billing import queries as billing
from cfp.db import db
from cfp.headers import attached
from cfp.money import Money
from cfp.people.session import me
from cfp.sponsors import letters, queries
from cfp.sponsors.forms import (
    BillForm,
    CancelForm,
    GiftForm,
    OfferForm,
    ScanForm,
    cents_of,
    level_choices,
    lines_of,
    wishes_of,
)
from cfp.sponsors.models import PaperKind
from cfp.sponsors.service import invoicing, offers, payment, printing, settings, signing
from cfp.sponsors.service import report as reports
from cfp.sponsors.service.offers import Terms
from cfp.sponsors.views.blueprint import agreement_or_404, level_or_404, pages, sponsor_or_404
from cfp.sponsors.words import paper_name
from cfp.uploads import MEGABYTE


@pages.route("/<conference>/team/sponsors/<sponsor>/offer", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def offer(sponsor):
    """Offer a level to a sponsor."""
    found = sponsor_or_404(sponsor)
    standing = db.session.scalars(queries.open_agreement(found)).unique().one_or_none()
    if standing is not None and request.method == "GET":
        return redirect(url_for("sponsors.agreement", agreement=standing.code))
    levels = db.session.scalars(queries.levels(g.conference)).all()
    chosen = next((x for x in levels if x.code == request.args.get("level")), None)
    chosen = chosen or next(iter(levels), None)
    form = OfferForm(data=_suggested(chosen) if chosen else None)
    form.level.choices = level_choices(levels)
    if form.validate_on_submit():
        with form.refusals():
            level = level_or_404(form.level.data)
            made = offers.offer(found, level, _terms(form), by=me(), at=clock.now())
            letters.offered(made, clock.now())
        if not form.errors:
            flash(_("The offer is made. Its place is kept until its day."), "success")
            return redirect(url_for("sponsors.agreement", agreement=made.code))
    page = render_template(
        "sponsors/offer.html", form=form, sponsor=found, levels=levels, chosen=chosen
    )
    return page, form.status


def _suggested(level):
    """What the level says; all of it can be negotiated."""
    at, plan = clock.now(), db.session.scalar(queries.sponsoring(g.conference)) or settings.usual()
    until = clock.local(at + timedelta(days=plan.offer_days), g.conference.timezone)
    return {
        "level": level.code,
        "price": Money(level.price(at)).amount,
        "net_days": plan.net_days,
        "valid_until": until.replace(hour=23, minute=59, second=59, microsecond=0, tzinfo=None),
        "promises": lines_of(level.promises),
    }


def _terms(form) -> Terms:
    until = form.valid_until.data
    claim = next((p.claim_by for p in level_or_404(form.level.data).promises if p.claim_by), None)
    gift = (form.gift.data, cents_of(form.gift_value.data)) if form.gift.data else None
    return Terms(
        net_cents=None if form.price.data is None else cents_of(form.price.data),
        net_days=form.net_days.data,
        valid_until=until and clock.from_wall(until, g.conference.timezone),
        promises=wishes_of(form.promises.data, claim) if form.promises.data else None,
        gifts=[gift] if gift else [],
    )


@pages.get("/<conference>/team/sponsors/agreements/<agreement>/")
@allow(Role.ORGANISER, Role.TREASURER)
def agreement(agreement):
    """Read an agreement, its trail and what is owed of it."""
    return _page(agreement_or_404(agreement)), 200


def _page(found, scan=None, cancel=None, bill=None):
    return render_template(
        "sponsors/agreement.html",
        agreement=found,
        draft=db.session.scalar(invoicing.draft_of(found)),
        seller=db.session.scalar(billing.seller(g.conference.id)),
        benefits=db.session.scalars(queries.benefits_of(found)).all(),
        papers=db.session.scalars(queries.papers(found)).all(),
        paper_name=paper_name,
        scan_form=scan or ScanForm(formdata=None),
        cancel_form=cancel or CancelForm(formdata=None),
        gift_form=GiftForm(formdata=None),
        bill_form=bill or BillForm(formdata=None, data={"rate": _usual_rate()}),
        billed=invoicing.drafts_of_gifts(found),
    )


def _usual_rate():
    plan = db.session.scalar(queries.sponsoring(g.conference)) or settings.usual()
    return Decimal(plan.tax_rate).scaleb(-2)


def _back(found):
    return redirect(url_for("sponsors.agreement", agreement=found.code))


@pages.post("/<conference>/team/sponsors/agreements/<agreement>/withdraw")
@allow(Role.ORGANISER)
def withdraw(agreement):
    """Take an offer back."""
    found = agreement_or_404(agreement)
    offers.withdraw(found, by=me(), at=clock.now())
    flash(_("The offer is withdrawn; its place is free."), "success")
    return _back(found)


@pages.post("/<conference>/team/sponsors/agreements/<agreement>/scan")
@allow(Role.ORGANISER)
def take_scan(agreement):
    """Enter an agreement that was signed on paper."""
    found, form = agreement_or_404(agreement), ScanForm()
    if form.validate_on_submit():
        sent = form.scan.data.read(signing.MOST_SCAN * MEGABYTE + 1) if form.scan.data else b""
        with form.refusals():
            signing.accept_scan(found, sent, form.signer.data, by=me(), at=clock.now())
        if not form.errors:
            flash(_("The agreement is signed, and its price is owed."), "success")
            return _back(found)
    return _page(found, scan=form), 422


@pages.post("/<conference>/team/sponsors/agreements/<agreement>/cancel")
@allow(Role.ORGANISER)
def cancel(agreement):
    """Cancel a signed agreement."""
    found, form = agreement_or_404(agreement), CancelForm()
    if form.validate_on_submit():
        signing.cancel(found, form.why.data, by=me(), at=clock.now())
        flash(_("The agreement is cancelled."), "success")
        return _back(found)
    return _page(found, cancel=form), 422


@pages.post("/<conference>/team/sponsors/agreements/<agreement>/gifts/<int:gift_id>/receive")
@allow(Role.ORGANISER, Role.TREASURER)
def receive(agreement, gift_id):
    """Enter that a gift in kind has arrived."""
    found, form = agreement_or_404(agreement), GiftForm()
    gift = next((one for one in found.gifts if one.id == gift_id), None) or abort(404)
    if not form.validate_on_submit():
        abort(422)
    payment.receive_gift(gift, form.invoice_number.data, by=me(), at=clock.now())
    flash(_("“%(what)s” is set off against the price.", what=gift.what), "success")
    return _back(found)


@pages.post("/<conference>/team/sponsors/agreements/<agreement>/gifts/<int:gift_id>/bill")
@allow(Role.ORGANISER, Role.TREASURER)
def bill_gift(agreement, gift_id):
    """Bill a gift in kind in the sponsor's name."""
    found, form = agreement_or_404(agreement), BillForm()
    gift = next((one for one in found.gifts if one.id == gift_id), None) or abort(404)
    if form.validate_on_submit():
        with form.refusals():
            invoicing.bill_gift(gift, form.rate.data, by=me(), at=clock.now())
        if not form.errors:
            flash(_("The document is issued in a moment, and sent to the sponsor."), "success")
            return _back(found)
    return _page(found, bill=form), 422


@pages.post("/<conference>/team/sponsors/agreements/<agreement>/invoice")
@allow(Role.ORGANISER, Role.TREASURER)
def invoice(agreement):
    """Ask for the invoice of a signed agreement."""
    found = agreement_or_404(agreement)
    invoicing.ask(found, by=me(), at=clock.now())
    flash(_("The invoice is issued in a moment."), "success")
    return _back(found)


@pages.get("/<conference>/team/sponsors/agreements/<agreement>/agreement.pdf")
@allow(Role.ORGANISER, Role.TREASURER)
def paper(agreement):
    """Take an agreement along as PDF."""
    return _pdf(agreement_or_404(agreement), PaperKind.AGREEMENT)


@pages.get("/<conference>/team/sponsors/agreements/<agreement>/scan.pdf")
@allow(Role.ORGANISER, Role.TREASURER)
def scan(agreement):
    """Take the signed scan along."""
    return _pdf(agreement_or_404(agreement), PaperKind.SCAN)


@pages.get("/<conference>/team/sponsors/agreements/<agreement>/report.pdf")
@allow(Role.ORGANISER, Role.TREASURER)
def report(agreement):
    """Take the report along."""
    return _pdf(agreement_or_404(agreement), PaperKind.REPORT)


@pages.post("/<conference>/team/sponsors/agreements/<agreement>/report")
@allow(Role.ORGANISER)
def make_report(agreement):
    """Print what a sponsor is told afterwards."""
    found = agreement_or_404(agreement)
    reports.ask(found, by=me(), at=clock.now())
    flash(_("The report is printed in a moment; the sponsor finds it on its page."), "success")
    return _back(found)


def _pdf(found, kind):
    kept = db.session.scalar(printing.paper_of(found, kind)) or abort(404)
    name = f"{g.conference.slug}-{found.code}-{kind.value}.pdf"
    return attached(kept.data, name, "application/pdf")
