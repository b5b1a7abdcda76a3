"""Reads an invoice described as JSON; docs/invoices.md is the schema for people."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from cfp.billing import vat
from cfp.billing.described import head, lines, parties, paying
from cfp.billing.described.fields import Fields, NotUnderstood
from cfp.billing.document import Document, Kind, Party
from cfp.billing.einvoice import Profile
from cfp.errors import Refused

MOST_BYTES = 2_000_000
MOST_LINES = 2000
PRICES = {"gross": True, "with_tax": True, "net": False, "without_tax": False}


@dataclass(frozen=True)
class Described:
    """What was read: the document, the profile asked for, the logo's file, and doubts."""

    document: Document
    profile: Profile | None
    logo: str
    warnings: tuple[str, ...]


def read(data: bytes) -> Described:
    """The document that ``data`` describes; :class:`NotUnderstood` with all that is wrong."""
    faults: list[str] = []
    given = Fields(_parsed(data), "", faults)
    if faults:
        raise NotUnderstood(["The description must be one JSON object."])
    warnings: list[str] = []
    found = _document(given, warnings)
    given.close()
    if faults:
        raise NotUnderstood(dict.fromkeys(faults))
    return Described(*found, tuple(warnings))


def _parsed(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise NotUnderstood(["The description is larger than 2 MB."])
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_said_once,
        )
    except UnicodeDecodeError:
        raise NotUnderstood(["The description is not in UTF-8."]) from None
    except json.JSONDecodeError as wrong:
        raise NotUnderstood(
            [f"The description is no JSON: line {wrong.lineno}, column {wrong.colno}."]
        ) from None
    except (RecursionError, ValueError):
        raise NotUnderstood(["The description is no JSON that can be used."]) from None


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of a name that is said twice nobody knows which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = sorted({name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1})
        raise NotUnderstood([f"“{name}” stands twice in one object." for name in twice])
    return found


def _no_number(text: str) -> Any:
    raise NotUnderstood([f"{text} is no number."])


def _document(given: Fields, warnings: list[str]) -> tuple[Document, Profile | None, str]:
    who = _Parties(given, warnings)
    number, issued = _named(given)
    supplied, period = head.supplied(given, issued, warnings)
    due, terms, early = paying.terms(given, issued)
    currency, language = head.currency(given), head.language(given)
    prepaid, prepaid_note = paying.prepaid(given, language, currency, warnings)
    kind = given.chosen(head.KINDS, *head.KIND) or Kind.INVOICE
    references = head.references(given, who.buyer_reference)
    document = Document(
        number=number,
        issued=issued,
        seller=who.seller,
        buyer=_reached(who.buyer, references.buyer, warnings),
        lines=_lines(given, who),
        kind=kind,
        currency=currency,
        language=language,
        changes=lines.changes(given, of_line=False),
        prepaid=prepaid,
        prepaid_note=prepaid_note,
        rounding=given.number("rounding", "rounding_amount") or Decimal(0),
        supplied=supplied,
        period=period,
        due=due,
        terms=terms,
        early=early,
        payment=paying.payment(given, who.account, number, kind),
        references=references,
        notes=head.notes(given),
        reasons=head.reasons(given),
        small_business=who.small,
        deliver_to=head.deliver_to(given, warnings),
        tax_in_euros=paying.tax_in_euros(given, currency),
    )
    _doubt(document, warnings)
    return document, given.chosen(head.PROFILES, "profile", "format"), who.logo


def _reached(buyer: Party, reference: str, warnings: list[str]) -> Party:
    """A public buyer is reached under its Leitweg-ID where no other electronic address is given."""
    if not parties.looks_like_leitweg_id(reference):
        return buyer
    if not parties.is_leitweg_id(reference):
        warnings.append(f"The check digits of the Leitweg-ID {reference} do not fit.")
        return buyer
    return buyer if buyer.electronic_address else replace(buyer, electronic=("0204", reference))


def _doubt(document: Document, warnings: list[str]) -> None:
    """What may be right, and mostly is not."""
    is_taxed = any(line.category == "S" for line in document.lines)
    if document.currency != "EUR" and is_taxed and document.tax_in_euros is None:
        warnings.append(
            "The law wants the tax in euros as well (2006/112/EC art. 230): tax_in_euros."
        )
    rates = {line.rate for line in document.lines if line.category == "S"}
    usual = {Decimal(19), Decimal(7)}
    if document.seller.country == "DE" and rates - usual:
        odd = ", ".join(f"{rate.normalize():f} %" for rate in sorted(rates - usual))
        warnings.append(f"German rates are 19 % and 7 %; this has {odd}.")


class _Parties:
    """Seller and buyer, and what of them matters to the rest."""

    def __init__(self, given: Fields, warnings: list[str]) -> None:
        nobody = Party("")
        self.small, self.logo, self.account = False, "", ("", "", "")
        self.seller, self.buyer, self.buyer_reference = nobody, nobody, ""
        self.business: bool | None = None
        seller = given.object("seller", "supplier", "from")
        buyer = given.object("buyer", "customer", "bill_to", "to")
        for who, fields in (("seller", seller), ("buyer", buyer)):
            if fields is None:
                given.fault("is missing", who)
        if seller is not None:
            self.small = bool(seller.flag("small_business", "kleinunternehmer"))
            self.logo = seller.text("logo", "logo_file")
            self.account = parties.bank(seller)
            self.seller = parties.party(seller, warnings)
            seller.close()
        if buyer is not None:
            self.business = buyer.flag("business", "is_business", "company_customer")
            self.buyer_reference = buyer.text("reference", "buyer_reference", "leitweg_id")
            self.buyer = parties.party(buyer, warnings)
            buyer.close()
        self.small = bool(given.flag("small_business", "kleinunternehmer")) or self.small

    def decide(self, supply: vat.Supply, rate: Decimal) -> vat.Treatment:
        if self.seller.country != "DE":
            raise Refused("What is sold decides the tax of sellers in Germany only; say the rate")
        business = bool(self.buyer.vat_id) if self.business is None else self.business
        return vat.decide(supply, rate, self.buyer.country, business=business, small=self.small)


def _named(given: Fields) -> tuple[str, date]:
    number = given.text("number", "invoice_number", "id", most=100)
    if not number:
        given.fault("is missing", "number")
    there = given.has(*head.ISSUED)
    issued = given.day(*head.ISSUED)
    if not there:
        given.fault("is missing", "date")
    return number, issued or date.min


def _lines(given: Fields, who: _Parties) -> tuple[Any, ...]:
    gross = given.chosen(PRICES, "prices")
    read_line = partial(lines.line, gross=gross, small=who.small, decide=who.decide)
    found = given.each(read_line, "lines", "items", "positions", "line_items")
    if not found or len(found) > MOST_LINES:
        given.fault(f"an invoice has 1 to {MOST_LINES} of them", "lines")
    return found
