"""Which tax is due on what a conference sells, decided by what it is, and by who buys it where.

The defaults are those of a seller in Germany (UStG secs. 3a, 13b, 19; directive 2006/112/EC arts.
44, 53, 196); a tax adviser confirms them for an installation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from cfp.errors import Refused
from cfp.sentences import say

EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
EXEMPTION_CODES = {
    "AE": "VATEX-EU-AE",
    "K": "VATEX-EU-IC",
    "G": "VATEX-EU-G",
    "O": "VATEX-EU-O",
}
CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O")


class Supply(Enum):
    """What is sold."""

    ADMISSION = "admission"  # to the event, on the spot
    ONLINE = "online"
    SPONSORSHIP = "sponsorship"  # advertising, a booth, a logo with a link
    THANKS = "thanks"  # a mere thank-you, without link or emphasis
    IN_KIND = "in-kind"  # barter, at market value


@dataclass(frozen=True)
class Treatment:
    """The category of UNTDID 5305 and the rate in percent."""

    category: str
    rate: Decimal


def decide(
    supply: Supply, standard: Decimal, country: str, *, business: bool, small: bool = False
) -> Treatment:
    """How ``supply`` to a buyer in ``country`` is taxed by a seller in Germany.

    ``standard`` is the rate in force on the day of the supply, ``small`` a seller of sec. 19.
    """
    if supply is Supply.THANKS:
        raise Refused(
            say("A mere thank-you is no supply: it gets a receipt for a donation, not an invoice.")
        )
    if supply in {Supply.ADMISSION, Supply.IN_KIND} or country == "DE":
        return Treatment("E", Decimal(0)) if small else Treatment("S", standard)
    if business:
        return Treatment("AE" if country in EU else "O", Decimal(0))
    if supply is Supply.SPONSORSHIP and country not in EU:
        return Treatment("O", Decimal(0))
    if supply is Supply.ONLINE:
        raise Refused(
            say(
                "Online participation of a private person abroad is taxed in their country. "
                "A tax adviser has to say how."
            )
        )
    return Treatment("E", Decimal(0)) if small else Treatment("S", standard)


def check_together(categories: Iterable[str]) -> None:
    """O stands alone on a document (EN 16931, BR-O-11 to BR-O-14)."""
    found = set(categories)
    if "O" in found and len(found) > 1:
        others = ", ".join(sorted(found - {"O"}))
        raise Refused(
            say(
                "What is not taxable (O) cannot stand beside %(others)s on one document. "
                "Issue two: one for what is not taxable, one for the rest.",
                others=others,
            )
        )


def check_rate(category: str, rate: Decimal) -> None:
    """Only S is taxed, and S is."""
    if category not in CATEGORIES:
        raise Refused(say("“%(category)s” is no tax category.", category=category))
    if category == "S" and rate <= 0:
        raise Refused(
            say("Category S needs a rate above 0. What is not taxed is E, AE, K, G, O or Z.")
        )
    if category != "S" and rate:
        raise Refused(say("Category %(category)s has no tax; its rate is 0.", category=category))


def check_ids(categories: Iterable[str], seller: str, seller_number: str, buyer: str) -> None:
    """Reverse charge shows both VAT ids; who is taxed at all shows a number of theirs."""
    found = set(categories)
    who = say("the buyer") if seller else say("the seller")
    if "AE" in found and not (seller and buyer):
        raise Refused(say("Reverse charge (AE) needs the VAT id of %(who)s.", who=who))
    if "K" in found and not (seller and buyer):
        raise Refused(say("An intra-community supply (K) needs the VAT id of %(who)s.", who=who))
    if "G" in found and not seller:
        raise Refused(say("An export (G) needs the VAT id of the seller."))
    if not (seller or seller_number):
        raise Refused(say("The seller needs a VAT id or a tax number."))


def check_goods(categories: Iterable[str], home: str, goes_to: str) -> None:
    """Goods that are not taxed leave the country: within the EU (K), or the EU itself (G)."""
    found = set(categories)
    if "K" in found and (goes_to not in EU or goes_to == home):
        raise Refused(say("An intra-community supply (K) goes to another country of the EU."))
    if "G" in found and goes_to in EU:
        raise Refused(say("An export (G) goes to a country outside the EU."))
