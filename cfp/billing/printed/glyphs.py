"""Whether the bundled fonts can print a text: a character without a glyph never gets on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from cfp.billing.document import Document, Party
from cfp.errors import Refused
from cfp.paper import printable
from cfp.sentences import say


def check(document: Document) -> None:
    """Refuse what no bundled font can print, and say which character stands where."""
    for where, text in _texts(document):
        for character in text:
            if not printable(character):
                name = unicodedata.name(character, "without a name")
                raise Refused(
                    say(
                        "%(where)s: “%(character)s” (%(code)s, %(name)s) cannot be printed. "
                        "Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic, Devanagari, "
                        "Thai, Chinese, Japanese, Korean and emoji can; please write it in one of "
                        "these.",
                        where=where,
                        character=character,
                        code=f"U+{ord(character):04X}",
                        name=name,
                    )
                )


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Everything that a person wrote and that is printed."""
    yield from _party("Seller", document.seller)
    yield from _party("Buyer", document.buyer)
    if document.deliver_to:
        yield from _party("Recipient", document.deliver_to)
    for position, line in enumerate(document.lines, 1):
        changed = (change.reason for change in line.changes)
        yield from _all(f"Line {position}", (line.name, line.details, line.article, *changed))
    references, payment = document.references, document.payment
    named = (references.buyer, references.order, references.contract, references.project)
    yield from _all("References", (document.number, *named, references.sales_order))
    yield from _all("References", (number for number, _ in references.invoices))
    yield from _all("Payment", (payment.holder, payment.reference, document.terms))
    yield from _all("Allowances", (change.reason for change in document.changes))
    yield from _all("Notes", (*document.notes, document.prepaid_note))
    yield from _all("Reasons", document.reasons.values())


def _party(who: str, party: Party) -> Iterator[tuple[str, str]]:
    address = (party.name, party.street, party.street2, party.postcode, party.city)
    numbers = (party.number, party.register, party.vat_id, party.tax_number)
    yield from _all(who, (*address, *numbers, party.contact, party.phone, party.email))


def _all(where: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        yield where, text
