"""One ticket as a file tells it, with nothing about the person who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cfp.catering.forecast.noshow import TicketClass


class Why(StrEnum):
    """Why a file does not hold sales; ``service.history`` has the sentences."""

    SPREADSHEET = "spreadsheet"
    PDF = "pdf"
    EMPTY = "empty"
    NO_COLUMNS = "no_columns"
    NO_TABLE = "no_table"
    TOO_LONG = "too_long"
    NO_JSON = "no_json"
    NO_ORDERS = "no_orders"
    NOTHING_SOLD = "nothing_sold"
    NO_TIME = "no_time"
    NO_PRICE = "no_price"


class BrokenFile(ValueError):  # noqa: N818  (the word of the house, as in Refused)
    """A file that is not read at all: why, at which line or order, and what stood there."""

    def __init__(self, why: Why, entry: int = 0, given: str = "") -> None:
        super().__init__(f"{why} {entry} {given}".strip())
        self.why, self.entry = why, entry
        self.given = given[:40].replace("\0", "").encode("utf-8", "ignore").decode()


@dataclass(frozen=True, slots=True)
class Sale:
    """``came`` is none where nobody kept count at the door; ``days`` are those of a day pass."""

    ordered_at: datetime
    kind: TicketClass
    cents: int
    product: str = ""
    tier: str = ""
    came: bool | None = None
    days: tuple[date, ...] = ()


WORDS = {
    TicketClass.SPEAKER: ("speaker", "referent", "vortragend", "presenter"),
    TicketClass.CREW: ("crew", "helper", "volunteer", "staff", "orga", "angel", "helfer", "team"),
    TicketClass.SPONSOR: ("sponsor", "partner", "exhibitor", "aussteller"),
}


def class_of(product: str, cents: int, *, by_voucher: bool = False) -> TicketClass:
    """Which sort of ticket this is: by the product's name, else by what it cost."""
    name = product.casefold()
    for kind, words in WORDS.items():
        if any(word in name for word in words):
            return kind
    if cents > 0:
        return TicketClass.PAID
    return TicketClass.CODE if by_voucher else TicketClass.FREE
