"""What a door answers, in the words of the API that scanners know and in words for people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_date, format_time
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.models import CheckIn, Proof, Ticket
from cfp.tickets.service.doors import met_with


def answer(check_in: CheckIn, zone: str) -> dict[str, Any]:
    """One scan as JSON: ``status`` ok or error, and why."""
    ticket, is_ok = check_in.ticket, check_in.verdict is Verdict.OK
    looked_at = texts(ticket) if is_ok and check_in.passage is Passage.ENTRY else []
    return {
        "status": "ok" if is_ok else "error",
        "reason": None if is_ok else check_in.verdict.value,
        "reason_explanation": reason(check_in, zone),
        "type": check_in.passage.value,
        "nonce": check_in.nonce,
        "datetime": check_in.at.isoformat(),
        "door": check_in.door,
        "require_attention": bool(looked_at),
        "checkin_texts": looked_at,
        "position": position(ticket) if ticket else None,
    }


def position(ticket: Ticket) -> dict[str, Any]:
    """Who it is, as far as the door has to know: no diets, no addresses."""
    return {
        "code": ticket.code,
        "attendee_name": ticket.name,
        "company": ticket.company,
        "product": ticket.product.name,
    }


def texts(ticket: Ticket | None) -> list[str]:
    """What to look at before somebody goes in."""
    audience = ticket.audience if ticket else None
    if ticket is None or audience is None or audience.proof is Proof.NONE or ticket.proof_seen_at:
        return []
    return [_("Please look at the proof: %(audience)s", audience=audience.name)]


def reason(check_in: CheckIn, zone: str) -> str:
    """Why the door stays shut; nothing when it opens."""
    if check_in.verdict is Verdict.ALREADY_REDEEMED:
        return _already(check_in, zone)
    return verdict_word(check_in.verdict)


def verdict_word(verdict: Verdict) -> str:
    words: dict[Verdict, str] = {
        Verdict.OK: "",
        Verdict.INVALID: _("No ticket of this conference has this code."),
        Verdict.UNPAID: _("This ticket is not paid yet."),
        Verdict.CANCELLED: _("This ticket is cancelled."),
        Verdict.ALREADY_REDEEMED: _("Somebody is in with this ticket already."),
        Verdict.WRONG_DAY: _("This ticket is for another day."),
        Verdict.WRONG_PRODUCT: _("This ticket is not for this door."),
    }
    return words[verdict]


def _already(check_in: CheckIn, zone: str) -> str:
    entry = met_with(check_in)
    if entry is None:
        return verdict_word(check_in.verdict)
    since = _since(entry.at, check_in.at, zone)
    if entry.door:
        return str(_("Already in since %(time)s, at “%(door)s”.", time=since, door=entry.door))
    return str(_("Already in since %(time)s.", time=since))


def _since(at: datetime, now: datetime, zone: str) -> str:
    there = clock.local(at, zone)
    time = format_time(there.time(), "HH:mm", locale=get_locale())
    if there.date() == clock.local(now, zone).date():
        return str(time)
    return f"{format_date(there.date(), 'EEE', locale=get_locale())} {time}"
