"""The tables of sponsors as they are had for spreadsheets: heads, and rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cfp import clock
from cfp.billing import queries as ledger
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sheets import Table, amount
from cfp.sponsors import queries
from cfp.sponsors.models import AGREED, Agreement, Contact, Sponsor
from cfp.sponsors.service.booths import is_held

Rows = Iterable[tuple[Any, ...]]


def table(name: str, conference: Conference, at: datetime) -> Table:
    head, rows = TABLES[name]
    return Table(name, head.split(), rows(conference, at))


def _day(moment: datetime | None, conference: Conference) -> object:
    return None if moment is None else clock.local(moment, conference.timezone).date()


def _minute(moment: datetime | None, conference: Conference) -> str:
    return "" if moment is None else f"{clock.local(moment, conference.timezone):%Y-%m-%d %H:%M}"


def _agreements(conference: Conference) -> list[Agreement]:
    return [*db.session.scalars(queries.agreements(conference)).unique()]


def sponsors(conference: Conference, _at: datetime) -> Rows:
    """Each with its newest agreement, if it has one."""
    newest = {one.sponsor_id: one for one in reversed(_agreements(conference))}
    for one in db.session.scalars(queries.sponsors(conference)):
        deal = newest.get(one.id)
        yield (
            *(one.name, one.legal_name, one.street, one.postcode, one.city, one.country),
            *(one.vat_id, one.buyer_reference, one.website, one.language),
            deal.level.name if deal else "",
            deal.state.value if deal else "",
            amount(deal.net_cents) if deal else None,
            deal.due_on if deal else None,
        )


def people(conference: Conference, _at: datetime) -> Rows:
    found = sa.select(Contact).join(Contact.sponsor).where(Sponsor.conference_id == conference.id)
    ordered = found.order_by(sa.func.lower(Sponsor.name), Contact.id)
    for one in db.session.scalars(ordered.options(sa.orm.contains_eager(Contact.sponsor))):
        yield one.sponsor.name, one.name, one.email, one.phone, one.gets_invoices


def agreements(conference: Conference, _at: datetime) -> Rows:
    """What was offered and signed, and what is still to be paid of it."""
    rows = db.session.execute(ledger.balances()).all()
    owed: dict[int | None, int] = {row[0]: row[1] for row in rows}
    for one in _agreements(conference):
        signature = one.signature
        yield (
            *(one.code, one.sponsor.name, one.level.name, one.state.value),
            *(amount(one.net_cents), amount(one.tax_cents), amount(one.gross_cents)),
            *(_day(one.offered_at, conference), _minute(one.valid_until, conference)),
            _minute(signature.at, conference) if signature else "",
            signature.name if signature else "",
            signature.kind.value if signature else "",
            signature.text_hash if signature else "",
            *(one.due_on, _day(one.paid_at, conference)),
            amount(owed.get(one.receivable_id, 0)) if one.state in AGREED else None,
        )


def benefits(conference: Conference, _at: datetime) -> Rows:
    """What was promised to whom, and how far it is."""
    for one in db.session.scalars(queries.promised(conference)):
        deal = one.agreement
        yield (
            *(deal.sponsor.name, deal.level.name, one.name, one.kind.value, one.quantity),
            *(one.state.value, deal.state.value, _minute(one.claim_by, conference), one.claim),
            *(one.planned_for, _day(one.delivered_at, conference), one.proof, one.early_why),
            one.early_by.name if one.early_by else "",
        )


def booths(conference: Conference, at: datetime) -> Rows:
    """Sizes in metres, as the plan is drawn."""
    for one in db.session.scalars(queries.booths(conference)):
        holder = one.agreement if is_held(one, at) else None
        yield (
            *(one.label, one.x / 10, one.y / 10, one.width / 10, one.height / 10),
            one.level.name if one.level else "",
            holder.sponsor.name if holder else "",
            _minute(one.held_until, conference) if holder else "",
        )


def levels(conference: Conference, _at: datetime) -> Rows:
    lines = [one.level_id for one in db.session.scalars(queries.all_waiting(conference))]
    for one in db.session.scalars(queries.levels(conference)):
        yield (
            *(one.name, amount(one.cents)),
            None if one.early_cents is None else amount(one.early_cents),
            _minute(one.early_until, conference),
            *(one.cap, one.taken, one.left, lines.count(one.id)),
            "; ".join(f"{each.quantity} x {each.name}" for each in one.promises),
        )


def line(conference: Conference, _at: datetime) -> Rows:
    """Who waits for which level, each line in its order."""
    for one in db.session.scalars(queries.all_waiting(conference)):
        yield one.level.name, one.sponsor.name, _minute(one.since, conference)


def applications(conference: Conference, _at: datetime) -> Rows:
    """Who asked on the public page and has no answer yet."""
    for one in db.session.scalars(queries.applications(conference)):
        asked = _minute(one.at, conference)
        yield one.company, one.level.name, one.name, one.email, one.website, asked, one.message


TABLES: dict[str, tuple[str, Callable[[Conference, datetime], Rows]]] = {
    "sponsors": (
        (
            "name legal_name street postcode city country vat_id order_number website language"
            " level state net_eur due"
        ),
        sponsors,
    ),
    "people": ("sponsor name email phone gets_invoices", people),
    "agreements": (
        (
            "code sponsor level state net_eur tax_eur gross_eur offered valid_until signed"
            " signed_by how text_sha256 due paid still_to_be_paid_eur"
        ),
        agreements,
    ),
    "benefits": (
        (
            "sponsor level benefit kind quantity state agreement claim_by claim planned_for"
            " delivered proof given_unpaid_because decided_by"
        ),
        benefits,
    ),
    "booths": ("booth left_m top_m width_m depth_m level held_by held_until", booths),
    "levels": ("level net_eur early_eur early_until most taken left in_line promises", levels),
    "line": ("level sponsor since", line),
    "applications": ("company level name email website asked message", applications),
}
