"""What stands in the places of an agreement's text, in the sponsor's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from flask_babel import force_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.billing.service.selling import find_seller
from cfp.conference.models import Conference
from cfp.display import date_pattern
from cfp.money import Money
from cfp.sponsors.models import Sponsor
from cfp.sponsors.service.settings import Wish
from cfp.sponsors.terms import Price


@dataclass(frozen=True)
class Deal:
    """Everything that the text of an agreement says."""

    sponsor: Sponsor
    level: str
    price: Price
    net_days: int
    promises: Sequence[Wish]
    gifts: Sequence[tuple[str, int]]
    last_day: date
    valid_until: date


def organiser_of(conference: Conference) -> str:
    """Who signs for the edition: its seller, as soon as somebody has said who that is."""
    seller = find_seller(conference)
    return seller.name if seller else conference.name


def money(cents: int, language: str) -> str:
    return format_currency(Money(cents).amount, "EUR", locale=language)


def words(deal: Deal, language: str) -> dict[str, str]:
    """A value for each of ``wording.PLACES``."""
    sponsor, conference, price = deal.sponsor, deal.sponsor.conference, deal.price
    with force_locale(language):
        return {
            "sponsor": sponsor.party,
            "address": _address(sponsor),
            "vat_id": sponsor.vat_id or _("not given"),
            "organiser": organiser_of(conference),
            "conference": conference.name,
            "days": _days(conference.starts_on, conference.ends_on, language),
            "level": deal.level,
            "benefits": _benefits(deal, language),
            "in_kind": _in_kind(deal, language),
            "price": money(price.net_cents, language),
            "tax": _tax(price, language),
            "total": money(price.gross_cents, language),
            "payment": _payment(deal, language),
            "valid_until": _day(deal.valid_until, language),
        }


def _day(day: date, language: str) -> str:
    return format_date(day, date_pattern("d MMMM y", language), locale=language)


def _days(first: date, last: date, language: str) -> str:
    if first == last:
        return _day(first, language)
    return f"{_day(first, language)} \N{EN DASH} {_day(last, language)}"


def _address(sponsor: Sponsor) -> str:
    town = f"{sponsor.postcode} {sponsor.city}".strip()
    return ", ".join(part for part in (sponsor.street, town, sponsor.country) if part)


def _benefits(deal: Deal, language: str) -> str:
    lines = []
    for wish in deal.promises:
        text = (
            f"{wish.quantity} \N{MULTIPLICATION SIGN} {wish.name}"
            if wish.quantity > 1
            else wish.name
        )
        if wish.claim_by is not None:
            day = clock.local(wish.claim_by, deal.sponsor.conference.timezone).date()
            by = _("to be claimed by %(day)s", day=_day(day, language))
            text = f"{text} ({by})"
        lines.append(f"* {text}")
    return "\n".join(lines) or _("Nothing in return.")


def _in_kind(deal: Deal, language: str) -> str:
    if not deal.gifts:
        return ""
    head = _("In kind, at market value with tax, and set off against the price once received:")
    lines = [f"* {what}: {money(cents, language)}" for what, cents in deal.gifts]
    tail = _(
        "Where the sponsor sends no invoice of its own for this, the organiser writes it in the "
        "sponsor's name (self-billing, sec. 14 (2) UStG); the sponsor may object to it."
    )
    return "\n".join([head, "", *lines, "", tail])


def _tax(price: Price, language: str) -> str:
    if price.category == "S":
        rate = format_decimal(price.rate / 100, locale=language)
        tax = money(price.tax_cents, language)
        return str(_("VAT of %(rate)s %% is added: %(tax)s.", rate=rate, tax=tax))
    if price.category == "AE":
        return str(_("The sponsor owes the VAT (reverse charge)."))
    if price.category == "E":
        return str(_("No VAT is charged: the organiser is a small business (sec. 19 UStG)."))
    return str(_("No German VAT is due."))


def _payment(deal: Deal, language: str) -> str:
    return str(
        _(
            "Payable within %(days)s days of the signature, at the latest by %(last)s.",
            days=deal.net_days,
            last=_day(deal.last_day, language),
        )
    )
