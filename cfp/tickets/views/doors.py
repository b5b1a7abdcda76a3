"""The box office's pages of the doors: how full it is, who was refused, which phones may scan."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.conference.letters import address
from cfp.db import db
from cfp.people.models import Person
from cfp.people.session import visitor
from cfp.tickets import pictures
from cfp.tickets.crowd import counted
from cfp.tickets.forms.doors import DoorForm, ScannerForm
from cfp.tickets.links import scanner_token
from cfp.tickets.models import Door, Scanner
from cfp.tickets.queries import doors as queries
from cfp.tickets.service import attendance, scanners
from cfp.tickets.service.qr import qr_png
from cfp.tickets.service.verdicts import verdict_word
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.tabs import door_tabs, shop_tabs, tabs

LATEST = 20
pages.add_app_template_global(tabs, "selling_tabs")
pages.add_app_template_global(door_tabs)
pages.add_app_template_global(shop_tabs)


@pages.get("/<conference>/team/doors/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def doors():
    """See how full it is, minute by minute and door by door."""
    conference, now = current_conference(), clock.now()
    today = attendance.today(conference, now)
    refused = queries.refusals(conference, today.begins, today.ends).limit(LATEST)
    return render_template(
        "tickets/doors.html",
        today=today,
        crowd=counted(today.steps),
        per_minute=pictures.per_minute(today.steps, now),
        day=pictures.through_the_day(today.steps, conference.timezone),
        refused=db.session.scalars(refused).all(),
        verdict_word=verdict_word,
    )


@pages.get("/<conference>/team/doors/scanners/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def scanners_list():
    """See the doors and the phones at them."""
    return _scanners_page(_door_form(), _scanner_form())


@pages.post("/<conference>/team/doors/scanners/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def add_scanner():
    """Let another phone scan."""
    form, conference = _scanner_form(sent=True), current_conference()
    if not form.validate():
        return _scanners_page(_door_form(), form), 422
    door = _door_or_404(form.door.data) if form.door.data else None
    scanner = scanners.add_scanner(conference, form.name.data, door, by=person(), at=clock.now())
    return redirect(url_for("tickets.scanner_link", code=scanner.code))


@pages.get("/<conference>/team/doors/scanners/<code>/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def scanner_link(code):
    """See the link that makes a phone this scanner."""
    scanner = _scanner_or_404(code)
    if scanner.revoked_at is not None:
        abort(404)
    link = address("tickets.scanner", conference=current_conference().slug)
    link = f"{link}#{scanner_token(scanner)}"
    qr = qr_png(link, scale=6)
    return render_template("tickets/scanner_link.html", scanner=scanner, link=link, qr=qr)


@pages.post("/<conference>/team/doors/scanners/<code>/revoke")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def revoke_scanner(code):
    """Take a phone's right to scan back."""
    scanner = _scanner_or_404(code)
    scanners.revoke(scanner, by=person(), at=clock.now())
    flash(_("“%(name)s” can scan no more.", name=scanner.name), "success")
    return redirect(url_for("tickets.scanners_list"))


@pages.post("/<conference>/team/doors/new")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def add_door():
    """Add a door."""
    form, conference = _door_form(sent=True), current_conference()
    if form.validate():
        chosen = [p for p in _products() if p.code in form.products.data]
        with form.refusals():
            scanners.add_door(conference, form.name.data, chosen, by=person(), at=clock.now())
    if form.errors:
        return _scanners_page(form, _scanner_form()), 422
    flash(_("The door “%(name)s” is there.", name=form.name.data), "success")
    return redirect(url_for("tickets.scanners_list"))


@pages.post("/<conference>/team/doors/<code>/remove")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def remove_door(code):
    """Remove a door; what happened there stays."""
    door = _door_or_404(code)
    scanners.remove_door(door, by=person(), at=clock.now())
    flash(_("The door “%(name)s” is gone.", name=door.name), "success")
    return redirect(url_for("tickets.scanners_list"))


def person() -> Person:
    """Who is signed in; these pages open to nobody else."""
    return visitor() or abort(401)


def _products() -> list[Any]:
    if "door_products" not in g:
        g.door_products = db.session.scalars(queries.products(current_conference())).all()
    return g.door_products


def _door_form(*, sent: bool = False) -> DoorForm:
    return DoorForm(_products(), formdata=request.form if sent else None)


def _scanner_form(*, sent: bool = False) -> ScannerForm:
    found = db.session.scalars(queries.doors(current_conference())).all()
    return ScannerForm(found, formdata=request.form if sent else None)


def _scanners_page(door_form: DoorForm, scanner_form: ScannerForm) -> str:
    conference = current_conference()
    return render_template(
        "tickets/scanners.html",
        door_form=door_form,
        scanner_form=scanner_form,
        doors=scanner_form.doors,
        scanners=db.session.scalars(queries.scanners(conference)).all(),
    )


def _scanner_or_404(code: str) -> Scanner:
    found = queries.visible_to(person()).where(
        Scanner.conference_id == current_conference().id, Scanner.code == code
    )
    return db.session.scalar(found) or abort(404)


def _door_or_404(code: str) -> Door:
    found = queries.doors(current_conference()).where(Door.code == code)
    return db.session.scalar(found) or abort(404)
