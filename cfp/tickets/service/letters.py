"""Letters about orders, each once: placed, paid, reminded, expired, changed, offered, passed on."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import current_app
from flask_babel import force_locale, get_locale

from cfp import clock, display
from cfp.billing.reference import spaced
from cfp.conference.letters import address
from cfp.conference.models import Conference
from cfp.mail import service as mail
from cfp.people.models import Person
from cfp.tickets.links import order_link, waiting_link
from cfp.tickets.models import Order, Product, ProofFile, Shop, Ticket, Voucher, WaitingListEntry


def buyer_of(order: Order) -> mail.Correspondent:
    return mail.Correspondent(order.email, order.name, order.language)


def placed(order: Order, shop: Shop, at: datetime) -> None:
    _post("order_placed", order, at, key="placed", shop=shop)


def paid(order: Order, at: datetime) -> None:
    _post("order_paid", order, at, key=f"paid:{at.isoformat()}")


def reminder(order: Order, at: datetime) -> None:
    _post("order_reminder", order, at, key="reminder")


def reminder_again(order: Order, at: datetime, key: str) -> None:
    """Because somebody of the team asked for it."""
    _post("order_reminder", order, at, key=f"reminder:{key}")


def note(order: Order, subject: str, text: str, at: datetime, key: str) -> None:
    """What the team writes to buyers in its own words."""
    _post("order_note", order, at, key=f"note:{key}", subject=subject, text=text)


def expired(order: Order, at: datetime) -> None:
    _post("order_expired", order, at, key="expired")


def too_late(order: Order, cents: int, at: datetime) -> None:
    _post("order_too_late", order, at, key="late", cents=cents)


def refunded(order: Order, cents: int, at: datetime, entry_id: int) -> None:
    _post("order_refunded", order, at, key=f"refund:{entry_id}", cents=cents)


def changed(order: Order, at: datetime, what: str) -> None:
    """``what`` was done is a sentence in the buyer's language."""
    _post("order_changed", order, at, key=f"changed:{at.isoformat()}", what=what)


def cancelled(order: Order, tickets: int, cents: int, at: datetime) -> None:
    key = f"cancelled:{at.isoformat()}"
    _post("order_cancelled", order, at, key=key, tickets=tickets, cents=cents)


def link_again(order: Order, at: datetime) -> None:
    """Whoever lost the link asks as often as they like; the outbox keeps one a minute."""
    _post("order_link", order, at, key=f"link:{at:%Y%m%d%H%M}")


def passed_on(order: Order, ticket: Ticket, at: datetime) -> None:
    to = mail.Correspondent(ticket.email, ticket.name, order.language)
    key = f"passed:{ticket.id}:{ticket.secret_version}"
    _post("ticket_passed_on", order, at, key=key, to=to, ticket=ticket)


def proof_wanted(order: Order, at: datetime) -> None:
    by = next((t.audience.proof_by for t in order.live if t.audience and t.audience.proof_by), None)
    _post("proof_wanted", order, at, key="proof", by=by)


def proof_refused(proof: ProofFile, at: datetime) -> None:
    key = f"proof refused:{proof.id}:{proof.sent_at.isoformat()}"
    _post("proof_refused", proof.ticket.order, at, key=key, proof=proof)


def waits(entry: WaitingListEntry, conference: Conference, at: datetime) -> None:
    """You are on the list; asked again, the link comes again, at most once a minute."""
    with force_locale(entry.language):
        text = current_app.jinja_env.get_template("mail/waiting_joined.txt").render(
            entry=entry, conference=conference, link=waiting_link(entry, conference.slug)
        )
    subject, _newline, body = text.strip().partition("\n")
    mail.post_text(
        "waiting_joined",
        mail.Correspondent(entry.email, entry.name, entry.language),
        " ".join(subject.split()),
        body.strip(),
        at=at,
        conference_id=conference.id,
        key=f"waits:{entry.id}:{at:%Y%m%d%H%M}",
    )


def offered(entry: WaitingListEntry, order: Order, at: datetime) -> None:
    to = mail.Correspondent(entry.email, entry.name, entry.language)
    _post("waiting_offer", order, at, key=f"offer:{entry.id}", to=to, entry=entry)


def free_ticket(
    conference: Conference, person: Person, product: Product, voucher: Voucher, at: datetime
) -> None:
    """Tell somebody that a ticket is theirs, and by when to take it."""
    shop = address("tickets.shop", conference=conference.slug)
    mail.post(
        "free_ticket",
        person,
        at=at,
        conference_id=conference.id,
        key=f"free:{voucher.id}",
        conference=conference,
        product=product.name,
        link=f"{shop}?{urlencode({'voucher': voucher.word})}",
        claim_by=written(voucher.claim_by, conference.timezone),
    )


def _post(
    kind: str,
    order: Order,
    at: datetime,
    *,
    key: str,
    to: mail.Correspondent | None = None,
    **context: object,
) -> None:
    to = to or buyer_of(order)
    if not to.email:
        return
    with force_locale(to.language):
        # Not render_template(): a letter has no navigation around it.
        text = current_app.jinja_env.get_template(f"mail/{kind}.txt").render(
            person=to,
            order=order,
            conference=order.conference,
            link=order_link(order),
            reference=spaced(order.receivable.reference) if order.receivable else "",
            money=lambda cents: display.money(cents, order.currency),
            when=lambda moment: written(moment, order.conference.timezone),
            **context,
        )
    subject, _newline, body = text.strip().partition("\n")
    mail.post_text(
        kind,
        to,
        " ".join(subject.split()),
        body.strip(),
        at=at,
        conference_id=order.conference_id,
        key=f"order:{order.id}:{key}",
    )


def written(moment: datetime | None, zone: str) -> str:
    """A moment as a letter says it, with its offset."""
    if moment is None:
        return ""
    pattern = display.date_pattern("d MMMM y, HH:mm", get_locale())
    text = format_datetime(moment, pattern, ZoneInfo(zone), locale=get_locale())
    return f"{text} ({clock.offset_name(moment, zone)})"
