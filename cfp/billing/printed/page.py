"""The invoice as HTML for paper: every figure of the XML, in the document's language."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cfp.billing import words
from cfp.billing.document import Document, Party, Period
from cfp.billing.printed import giro
from cfp.billing.totals import ChangeTotal, LineTotal, Totals
from cfp.config import ROOT


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html(document: Document, totals: Totals, *, at: str, logo: str = "") -> str:
    """The page; ``at`` is the moment it is dated with, ``logo`` a ``data:`` address."""
    page = Page(document, totals)
    template = _environment().get_template("billing/paper/invoice.html")
    return template.render(page=page, document=document, totals=totals, at=at, logo=logo)


class Page:
    """What the template asks for, in words."""

    def __init__(self, document: Document, totals: Totals) -> None:
        self.document, self.totals, self.language = document, totals, document.language
        self.title = words.title(document)
        self.terms, self.notes = words.terms(document), words.notes(document)
        self.giro = giro.code(document, totals)
        self.means = words.means(document)

    def word(self, key: str) -> str:
        return words.word(self.language, key)

    def money(self, value: Decimal) -> str:
        return words.money(value, self.document.currency, self.language)

    def euros(self, value: Decimal) -> str:
        return words.money(value, "EUR", self.language)

    def number(self, value: Decimal) -> str:
        return words.number(value, self.language)

    def address(self, party: Party) -> list[str]:
        """Name and address in lines, the country last where it is not the seller's."""
        town = f"{party.postcode} {party.city}".strip()
        is_home = party.country == self.document.seller.country
        country = "" if is_home else words.country(party.country, self.language)
        contact = "" if party is self.document.seller else party.contact
        lines = (party.name, contact, party.street, party.street2, town, country)
        return [line for line in lines if line]

    def facts(self) -> Iterator[tuple[str, str]]:
        """The block beside the address: numbers, days, references."""
        document, references = self.document, self.document.references
        yield self.word("number"), document.number
        yield self.word("date"), words.day(document.issued, self.language)
        if document.supplied:
            yield self.word("supplied"), words.day(document.supplied, self.language)
        if document.period:
            yield self.word("period"), words.days(document.period, self.language)
        if document.due:
            yield self.word("payable"), words.day(document.due, self.language)
        if document.deliver_to:
            yield self.word("delivered"), ", ".join(self.address(document.deliver_to))
        given = {
            "customer": document.buyer.number,
            "buyer reference": references.buyer,
            "order": references.order,
            "contract": references.contract,
            "project": references.project,
            "sales order": references.sales_order,
        }
        yield from ((self.word(key), value) for key, value in given.items() if value)

    def identity(self, party: Party) -> Iterator[tuple[str, str]]:
        """Numbers of a party; where nothing is taxable, no VAT ids (BR-O-02) that can be spared."""
        outside = any(line.category == "O" for line in self.document.lines)
        is_needed = party is self.document.seller and not party.tax_number
        if party.vat_id and (not outside or is_needed):
            yield self.word("vat id"), party.vat_id
        if party.tax_number:
            yield self.word("tax number"), party.tax_number
        if party.register:
            yield self.word("register"), party.register

    def span(self, period: Period) -> str:
        return words.days(period, self.language)

    def price(self, total: LineTotal) -> str:
        text = words.price(total.price, self.document.currency, self.language)
        base = total.line.base
        return text if base == 1 else f"{text} {self.word('per')} {self.number(base)}"

    def quantity(self, total: LineTotal) -> str:
        unit = words.unit(total.line.unit, self.language)
        return f"{self.number(total.line.quantity)}\N{NO-BREAK SPACE}{unit}"

    def with_tax(self, total: LineTotal) -> str:
        """The price as it was agreed where it includes the tax."""
        line = total.line
        if not line.gross or not line.rate:
            return ""
        amount = words.price(line.price, self.document.currency, self.language)
        return self.word("with tax").format(amount=amount, rate=self.number(line.rate))

    def change(self, part: ChangeTotal) -> str:
        """The reason, and of a share what it was taken of: "Early bird (10 % of 2,500.00)"."""
        own = part.change
        text = own.reason or self.word("charge" if own.is_charge else "discount")
        if own.percent is None:
            return text
        share = f"{self.number(own.percent)}\N{NO-BREAK SPACE}%"
        return f"{text} ({share} {self.word('of')} {self.money(part.base)})"

    def signed(self, part: ChangeTotal) -> str:
        return self.money(part.change.sign * part.amount)

    def rate(self, category: str, rate: Decimal) -> str:
        return f"{self.number(rate)}\N{NO-BREAK SPACE}%" if category in {"S", "Z"} else category

    def taxes(self) -> Iterator[tuple[str, str, str]]:
        """Label, amount and reason of each rate."""
        for each in self.totals.rates:
            key = "tax" if each.category in {"S", "Z"} else "no tax"
            text = self.word(key).format(rate=self.number(each.rate), basis=self.money(each.basis))
            yield text, self.money(each.tax), words.reason(self.document, each.category)

    def due(self) -> str:
        is_back = self.document.kind.takes_back or self.totals.due < 0
        return self.word("to give back" if is_back else "to pay")

    def payment(self) -> Iterator[tuple[str, str]]:
        """How it is paid, as far as the buyer has to know."""
        payment, document = self.document.payment, self.document
        if payment.means.is_transfer and not payment.iban:
            return  # nothing is left to be paid
        yield self.word("payment"), self.means
        if payment.means.is_transfer and payment.iban:
            yield self.word("holder"), payment.holder or document.seller.name
            yield "IBAN", words.blocks(payment.iban)
            if payment.bic:
                yield "BIC", payment.bic
        given = {
            "reference": words.reference(payment.reference),
            "card": payment.card,
            "mandate": payment.mandate,
            "creditor": payment.creditor,
            "payer": words.blocks(payment.payer_iban),
        }
        yield from ((self.word(key), value) for key, value in given.items() if value)
