"""A statement of an account and the movements that were booked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from cfp.billing.described.values import cleaned
from cfp.sentences import say


class BrokenStatement(Exception):  # noqa: N818  (reads as the sentence it is)
    """A file that is refused as a whole, with the reason."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Entry:
    """One movement; ``cents`` are positive for what came in."""

    booked_on: date
    cents: int
    currency: str
    name: str = ""
    iban: str = ""
    text: str = ""
    end_to_end: str = ""
    bank_reference: str = ""
    is_reversal: bool = False


@dataclass(frozen=True)
class Statement:
    """What one statement of one account says; balances where the format has them."""

    account: str
    entries: tuple[Entry, ...]
    opening: int | None = None
    closing: int | None = None
    pending: int = 0  # announced by the bank and not booked; left out
    part: int = 0  # of which file in an archive


def check(statements: Iterable[Statement], accounts: Iterable[str]) -> None:
    """Own accounts only, and opening + movements = closing; else the file is refused."""
    own = [compact(account) for account in accounts]
    for statement in statements:
        if not any(is_account(statement.account, account) for account in own):
            raise BrokenStatement(
                say(
                    "The statement is of the account %(account)s, which is not the seller's.",
                    account=statement.account or "?",
                )
            )
        if statement.opening is None or statement.closing is None:
            continue
        moved = sum(entry.cents for entry in statement.entries)
        if statement.opening + moved != statement.closing:
            raise BrokenStatement(
                say(
                    "The statement does not add up: %(opening)s + %(moved)s is not %(closing)s.",
                    opening=shown(statement.opening),
                    moved=shown(moved),
                    closing=shown(statement.closing),
                )
            )


def is_account(named: str, own: str) -> bool:
    """Whether a statement means our IBAN: by itself, or as bank code and account number."""
    found = compact(named)
    if found == own:
        return True
    parts = re.fullmatch(r"(\d{8})/(\d{1,10})( ?[A-Z]{3})?", named.strip().upper())
    is_german = own.startswith("DE") and parts is not None
    return bool(is_german and parts and own[4:] == parts[1] + parts[2].zfill(10))


def compact(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def cents(text: str) -> int:
    """``1234.5`` in cents; what has parts of a cent is no amount of a bank."""
    try:
        amount = Decimal(text.strip()).scaleb(2)
    except InvalidOperation:
        raise BrokenStatement(say("“%(text)s” is no amount.", text=text.strip()[:40])) from None
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > 10**12:
        raise BrokenStatement(say("“%(text)s” is no amount.", text=text.strip()[:40]))
    return int(amount)


def line(*parts: str | None) -> str:
    """Texts of a bank as one line without anything that nobody sees."""
    return cleaned(" ".join(part for part in parts if part))[:1000]


def shown(amount: int) -> str:
    return f"{Decimal(amount).scaleb(-2):.2f}"
