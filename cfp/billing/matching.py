"""Whose payment a movement on the account is, as far as it says.

A valid reference (ISO 11649) counts, else a number of an invoice that is not glued to further
digits. The exact amount is booked by itself, and so is a part when it is clear what it is a part
of; an amount that is near or over is only proposed. A movement that names nothing is at most
proposed, by its amount and a similar name.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cfp.billing.bank.statement import Entry
from cfp.sentences import say

NEAR = 500  # cents: a transfer that a bank's fee has shortened
SHORTEST_NUMBER = 4
ALIKE = 0.85
MOST_COMPARED = 50  # names letter by letter; among more of one amount only words count
_FORMS = {
    *("gmbh", "ag", "ug", "kg", "ohg", "gbr", "ev", "eg", "se", "mbh", "co", "inc", "ltd", "llc"),
    *("plc", "bv", "sa", "sas", "sarl", "spa", "srl", "corp", "the", "und", "and", "gmbhcokg"),
    *("haftungsbeschraenkt", "ek", "e", "v", "herr", "frau", "dr", "prof"),
}


class Verdict(Enum):
    """What happens to a movement."""

    AUTOMATIC = "automatic"
    SUGGESTION = "suggestion"
    NONE = "none"


@dataclass(frozen=True)
class Open:
    """Something that is owed, and what a payer may call it."""

    key: int
    reference: str
    code: str
    numbers: tuple[str, ...]
    payer: str
    cents: int  # still owed; below zero what has to be given back
    currency: str = "EUR"
    received: int = 0
    claimed: int = 0  # of what is owed, interest and costs of being late

    @property
    def amounts(self) -> set[int]:
        """What a payer may send to settle it: all, or the debt without interest and costs."""
        bare = self.cents - self.claimed
        return {self.cents, bare} if bare > 0 else {self.cents}


@dataclass(frozen=True)
class Match:
    """The verdict, what would be booked on what, and the reason in a sentence."""

    verdict: Verdict
    parts: tuple[tuple[int, int], ...] = ()
    reason: str = ""


NOTHING = Match(Verdict.NONE)


class Ledger:
    """All that is owed, indexed by what a payer may write."""

    def __init__(self, items: Iterable[Open]) -> None:
        self.items = {item.key: item for item in items}
        self.by_code = {item.code.upper(): item.key for item in self.items.values()}
        self.checked = {_squeezed(item.reference) for item in self.items.values()}
        self.by_word: dict[str, int] = {}  # references and numbers, letters and digits only
        for item in self.items.values():
            for word in (item.reference, *item.numbers):
                squeezed = _squeezed(word)
                if len(squeezed) >= SHORTEST_NUMBER:
                    self.by_word[squeezed] = item.key
        self.lengths = tuple(sorted({len(word) for word in self.by_word}, reverse=True))
        self.names = {item.key: _words(item.payer) for item in self.items.values()}
        self.by_amount: dict[tuple[int, str], set[int]] = {}
        for item in self.items.values():
            self._offer(item)

    def pay(self, key: int, cents: int) -> None:
        """What was booked is no longer open."""
        item = self.items[key]
        paid = replace(item, cents=item.cents - cents, received=item.received + cents)
        self.items[key] = paid
        for amount in item.amounts:
            self.by_amount[amount, item.currency].discard(key)
        self._offer(paid)

    def _offer(self, item: Open) -> None:
        for amount in item.amounts:
            self.by_amount.setdefault((amount, item.currency), set()).add(item.key)

    def alike(self, entry: Entry) -> list[int]:
        """What has exactly this amount, of a payer with a similar name; two are one too many."""
        words = _words(entry.name)
        same = sorted(self.by_amount.get((entry.cents, entry.currency), ())) if words else []
        found = [key for key in same if _is_part(words, self.names[key])]
        if found or len(same) > MOST_COMPARED:
            return found
        return [key for key in same if _is_near(words, self.names[key])]

    def named_in(self, text: str) -> list[Open]:
        """What a text names by a reference or number, each once, in the order of naming."""
        upper = text.upper()
        places = [i for i, sign in enumerate(upper) if sign.isascii() and sign.isalnum()]
        squeezed = "".join(upper[i] for i in places)
        found: dict[int, Open] = {}
        start = 0
        while start < len(squeezed):
            word = self._at(squeezed, start)
            if word and (word in self.checked or _stands_alone(upper, places, start, len(word))):
                key = self.by_word[word]
                found.setdefault(key, self.items[key])
                start += len(word)
            else:
                start += 1
        return list(found.values())

    def _at(self, squeezed: str, start: int) -> str:
        for length in self.lengths:
            word = squeezed[start : start + length]
            if word in self.by_word:
                return word
        return ""


def match(entry: Entry, ledger: Ledger) -> Match:
    """The verdict on one movement."""
    said = f"{entry.text} {entry.end_to_end}"
    named = [item for item in ledger.named_in(said) if item.currency == entry.currency]
    if entry.cents < 0:
        return _going_out(entry, named)
    if len(named) == 1:
        return _one(entry, named[0], ledger)
    if named:
        return _several(entry, named)
    by_code = _by_code(entry, ledger)
    return by_code or _by_name(entry, ledger)


def _one(entry: Entry, item: Open, ledger: Ledger) -> Match:
    parts = ((item.key, entry.cents),)
    if item.cents <= 0:
        return Match(Verdict.SUGGESTION, parts, say("It names what has been paid already."))
    if entry.cents == item.cents:
        return Match(Verdict.AUTOMATIC, parts, say("Reference and amount fit."))
    if entry.cents > item.cents:
        return Match(Verdict.SUGGESTION, parts, say("It is more than what is owed."))
    if entry.cents in item.amounts:
        reason = say("It is the debt, without interest and costs.")
        return Match(Verdict.AUTOMATIC, parts, reason)
    if item.cents - entry.cents <= NEAR:
        return Match(Verdict.SUGGESTION, parts, say("It is a little less than what is owed."))
    return _part(entry, item, ledger)


def _part(entry: Entry, item: Open, ledger: Ledger) -> Match:
    """A part is clear where nothing else is meant: no typing error, no other debt of the payer's.

    A reference has check digits; a number has none, so the name must fit as well.
    """
    parts = ((item.key, entry.cents),)
    squeezed = _squeezed(f"{entry.text} {entry.end_to_end}")
    if any(key != item.key for key in ledger.alike(entry)):
        return Match(Verdict.SUGGESTION, parts, say("The amount is that of another debt."))
    if _squeezed(item.reference) not in squeezed and not is_similar(entry.name, item.payer):
        return Match(Verdict.SUGGESTION, parts, say("It is a part, and of another payer."))
    return Match(Verdict.AUTOMATIC, parts, say("The reference fits; it is a part of what is owed."))


def _several(entry: Entry, named: Sequence[Open]) -> Match:
    """A sum of several: booked when it is exactly theirs, else proposed in their order."""
    owed = [item for item in named if item.cents > 0]
    if sum(item.cents for item in owed) == entry.cents:
        parts = tuple((item.key, item.cents) for item in owed)
        return Match(Verdict.AUTOMATIC, parts, say("It is the sum of those that it names."))
    left, parts_found = entry.cents, []
    for item in owed:
        part = min(left, item.cents)
        if part > 0:
            parts_found.append((item.key, part))
            left -= part
    if not parts_found:
        return NOTHING
    key, part = parts_found[-1]
    parts_found[-1] = (key, part + left)
    reason = say("It names several, and is not their sum.")
    return Match(Verdict.SUGGESTION, tuple(parts_found), reason)


def _going_out(entry: Entry, named: Sequence[Open]) -> Match:
    """A payment that the bank took back, or money that was given back."""
    if len(named) != 1:
        return NOTHING
    item, amount = named[0], -entry.cents
    parts = ((item.key, entry.cents),)
    if entry.is_reversal and item.received >= amount:
        return Match(Verdict.AUTOMATIC, parts, say("The bank took a payment back."))
    if item.cents == -amount:
        return Match(Verdict.AUTOMATIC, parts, say("What was paid too much was given back."))
    return Match(Verdict.SUGGESTION, parts, say("Money went out under this reference."))


def _by_code(entry: Entry, ledger: Ledger) -> Match | None:
    """The bare code without its reference is enough only together with the exact amount."""
    words = re.findall(r"[A-Z0-9]+", entry.text.upper())
    keys = {ledger.by_code[word] for word in words if word in ledger.by_code}
    if len(keys) != 1:
        return None
    item = ledger.items[keys.pop()]
    is_exact = item.cents == entry.cents and item.currency == entry.currency
    if is_exact:
        return Match(Verdict.AUTOMATIC, ((item.key, entry.cents),), say("Code and amount fit."))
    if item.cents <= 0 or item.currency != entry.currency:
        return None
    return Match(Verdict.SUGGESTION, ((item.key, entry.cents),), say("It names the code."))


def _by_name(entry: Entry, ledger: Ledger) -> Match:
    """No reference: amount and a similar name, and never by itself."""
    alike = ledger.alike(entry)
    if len(alike) != 1:
        return NOTHING
    reason = say("No reference, but the amount fits and the name is similar.")
    return Match(Verdict.SUGGESTION, ((alike[0], entry.cents),), reason)


def is_similar(one: str, other: str) -> bool:
    """Whether two names may be the same payer's, whatever its legal form."""
    first, second = _words(one), _words(other)
    return _is_part(first, second) or _is_near(first, second)


def _is_part(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second) and (first <= second or second <= first)


def _is_near(first: frozenset[str], second: frozenset[str]) -> bool:
    left, right = (" ".join(sorted(words)) for words in (first, second))
    if not left or not right:
        return False
    return difflib.SequenceMatcher(None, left, right).ratio() >= ALIKE


def _words(name: str) -> frozenset[str]:
    text = name.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, letters)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace(".", ""))
    return frozenset(word for word in words if word not in _FORMS)


def _stands_alone(text: str, places: Sequence[int], start: int, length: int) -> bool:
    """Not glued to a letter or digit before it, nor to a digit after it."""
    before, after = places[start] - 1, places[start + length - 1] + 1
    is_free = before < 0 or not text[before].isalnum()
    return is_free and (after >= len(text) or not text[after].isdigit())


def _squeezed(word: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", word.upper())
