"""The words of an invoice, in its own language.

They are part of the document and the law asks for some of them, so they stand here and not in the
catalogue of the pages: what was issued reads the same whatever is translated anew later.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from stdnum import iso11649

from cfp.billing.document import Document, Kind, Means, Period
from cfp.billing.reference import spaced
from cfp.errors import Refused
from cfp.sentences import say

_GERMAN = {
    "380": "Rechnung",
    "326": "Abschlagsrechnung",
    "381": "Stornorechnung",
    "384": "Korrekturrechnung",
    "389": "Gutschrift (im Gutschriftverfahren)",
    "261": "Storno einer Gutschrift (im Gutschriftverfahren)",
    "10": "Barzahlung",
    "30": "Überweisung",
    "48": "Kartenzahlung",
    "58": "SEPA-Überweisung",
    "59": "SEPA-Lastschrift",
    "68": "Kartenzahlung über einen Zahlungsdienst",
    "97": "Verrechnung (Tausch)",
    "AE": "Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge)",
    "O": "Nicht im Inland steuerbare Leistung (Leistungsort beim Empfänger, § 3a Abs. 2 UStG)",
    "small": "Kein Ausweis von Umsatzsteuer, da Kleinunternehmer gemäß § 19 UStG",
    "due": "Zahlbar bis {day} ohne Abzug.",
    "self-billed": "Ausgestellt vom Leistungsempfänger im Namen des leistenden Unternehmers "
    "(§ 14 Abs. 2 UStG).",
    "takes back": "Storno der Gutschrift {number}.",
    "takes back on": "Storno der Gutschrift {number} vom {day}.",
    "cancels": "Storno der Rechnung {number}.",
    "cancels on": "Storno der Rechnung {number} vom {day}.",
    "corrects": "Korrektur der Rechnung {number}.",
    "corrects on": "Korrektur der Rechnung {number} vom {day}.",
    "set off": "Der Betrag wird mit der stornierten Rechnung verrechnet oder erstattet.",
    "number": "Nummer",
    "date": "Datum",
    "supplied": "Leistungsdatum",
    "period": "Leistungszeitraum",
    "payable": "Fällig am",
    "customer": "Kundennummer",
    "buyer reference": "Ihre Referenz",
    "order": "Ihre Bestellung",
    "contract": "Vertrag",
    "project": "Projekt",
    "sales order": "Auftrag",
    "vat id": "USt-IdNr.",
    "tax number": "Steuernummer",
    "register": "Registernummer",
    "position": "Pos.",
    "description": "Bezeichnung",
    "quantity": "Menge",
    "price": "Einzelpreis",
    "rate": "USt.",
    "net": "Netto",
    "per": "je",
    "with tax": "{amount} einschließlich {rate} % USt. je Einheit",
    "discount": "Nachlass",
    "charge": "Zuschlag",
    "of": "auf",
    "line sum": "Summe der Positionen",
    "net sum": "Summe netto",
    "tax": "USt. {rate} % auf {basis}",
    "no tax": "Steuer auf {basis}",
    "taxes": "USt. insgesamt",
    "gross": "Gesamtbetrag",
    "prepaid": "Bereits bezahlt",
    "rounding": "Rundung",
    "to pay": "Zahlbetrag",
    "to give back": "Erstattungsbetrag",
    "payment": "Zahlung",
    "holder": "Kontoinhaber",
    "reference": "Verwendungszweck",
    "scan": "Mit der Banking-App scannen",
    "card": "Karte",
    "mandate": "Mandatsreferenz",
    "creditor": "Gläubiger-Identifikationsnummer",
    "payer": "IBAN des Zahlers",
    "page": "Seite",
    "C62": "Stk.",
    "HUR": "Std.",
    "DAY": "Tage",
    "MON": "Monate",
    "LS": "pauschal",
}
_ENGLISH = {
    "380": "Invoice",
    "326": "Partial invoice",
    "381": "Cancellation invoice (Stornorechnung)",
    "384": "Corrected invoice",
    "389": "Self-billed invoice (Gutschrift)",
    "261": "Cancellation of a self-billed invoice (Gutschrift)",
    "10": "Cash",
    "30": "Credit transfer",
    "48": "Card",
    "58": "SEPA credit transfer",
    "59": "SEPA direct debit",
    "68": "Card, through a payment service",
    "97": "Set off against a supply in return (barter)",
    "AE": "Reverse charge: the recipient is liable for the tax "
    "(Steuerschuldnerschaft des Leistungsempfängers)",
    "O": "Not taxable in Germany: place of supply is that of the recipient (sec. 3a (2) UStG)",
    "small": "No VAT is charged: small business under sec. 19 UStG "
    "(Kleinunternehmer gemäß § 19 UStG)",
    "due": "Payable by {day} without deduction.",
    "self-billed": "Issued by the recipient in the name of the supplier (sec. 14 (2) UStG).",
    "takes back": "Cancels the self-billed invoice {number}.",
    "takes back on": "Cancels the self-billed invoice {number} of {day}.",
    "cancels": "Cancels invoice {number}.",
    "cancels on": "Cancels invoice {number} of {day}.",
    "corrects": "Corrects invoice {number}.",
    "corrects on": "Corrects invoice {number} of {day}.",
    "set off": "The amount is set off against the cancelled invoice or paid back.",
    "number": "Number",
    "date": "Date",
    "supplied": "Date of supply",
    "period": "Period of supply",
    "payable": "Due on",
    "customer": "Customer number",
    "buyer reference": "Your reference",
    "order": "Your order",
    "contract": "Contract",
    "project": "Project",
    "sales order": "Our order",
    "vat id": "VAT id",
    "tax number": "Tax number",
    "register": "Company number",
    "position": "No.",
    "description": "Description",
    "quantity": "Quantity",
    "price": "Unit price",
    "rate": "VAT",
    "net": "Net",
    "per": "per",
    "with tax": "{amount} including {rate} % VAT each",
    "discount": "Discount",
    "charge": "Charge",
    "of": "of",
    "line sum": "Sum of the lines",
    "net sum": "Total without VAT",
    "tax": "VAT {rate} % of {basis}",
    "no tax": "Tax on {basis}",
    "taxes": "VAT in all",
    "gross": "Total",
    "prepaid": "Paid already",
    "rounding": "Rounding",
    "to pay": "Amount due",
    "to give back": "Amount to be paid back",
    "payment": "Payment",
    "holder": "Account holder",
    "reference": "Reference",
    "scan": "Scan with your banking app",
    "card": "Card",
    "mandate": "Mandate reference",
    "creditor": "Creditor identifier",
    "payer": "IBAN of the payer",
    "page": "Page",
    "C62": "pcs",
    "HUR": "h",
    "DAY": "days",
    "MON": "months",
    "LS": "lump sum",
}
LANGUAGES = {"de": _GERMAN, "en": _ENGLISH}


VERBS = {
    Kind.CANCELLATION: "cancels",
    Kind.CORRECTION: "corrects",
    Kind.SELF_BILLED_CANCELLATION: "takes back",
}


def word(language: str, key: str) -> str:
    return LANGUAGES[language].get(key, key)


def day(on: date, language: str) -> str:
    """A day in digits as it is read in the language: 01.03.2027, 1 March 2027."""
    pattern = "dd.MM.yyyy" if language == "de" else "d MMMM yyyy"
    return format_date(on, pattern, locale=_locale(language))


def days(given: Period, language: str) -> str:
    return f"{day(given.first, language)} \N{EN DASH} {day(given.last, language)}"


def money(value: Decimal, currency: str, language: str) -> str:
    return format_currency(value, currency, locale=_locale(language), currency_digits=False)


def number(value: Decimal, language: str) -> str:
    """All digits it has, and none more."""
    return format_decimal(value, format="#,##0.############", locale=_locale(language))


def price(value: Decimal, currency: str, language: str) -> str:
    """A price with all its digits, but at least two."""
    sign = "\N{NO-BREAK SPACE}" + currency if currency != "EUR" else "\N{NO-BREAK SPACE}€"
    text = format_decimal(value, format="#,##0.00##########", locale=_locale(language))
    return text + sign if language == "de" else f"{currency}\N{NO-BREAK SPACE}{text}"


def unit(code: str, language: str) -> str:
    return LANGUAGES[language].get(code, code)


def blocks(text: str) -> str:
    """An IBAN as people read it, in blocks of four."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def reference(text: str) -> str:
    """A reference of ISO 11649 in blocks of four; any other as it is."""
    return spaced(text) if iso11649.is_valid(text) else text


def title(document: Document) -> str:
    return word(document.language, document.kind.value)


def reason(document: Document, category: str) -> str:
    """Why there is no tax, where there is none; taxed (S) and zero rated (Z) need no reason."""
    if category in {"S", "Z"}:
        return ""
    given = document.reasons.get(category)
    if given:
        return given
    if category == "E" and not document.small_business:
        raise Refused(say("Category E needs the reason for the exemption."))
    return word(document.language, "small" if category == "E" else category)


def terms(document: Document) -> str:
    """What the buyer reads about when to pay."""
    if document.terms:
        return document.terms
    if document.due is not None:
        return word(document.language, "due").format(day=day(document.due, document.language))
    if document.kind.takes_back:
        return word(document.language, "set off")
    return ""


def means(document: Document) -> str:
    return word(document.language, document.payment.means.value)


def notes(document: Document) -> list[str]:
    """Free text: first what the kind of the document has to say, then what somebody wrote."""
    found = []
    if document.kind is Kind.SELF_BILLED:
        found.append(word(document.language, "self-billed"))
    verb = VERBS.get(document.kind)
    for number_, on in document.references.invoices if verb else ():
        key = f"{verb} on" if on else str(verb)
        said = "" if on is None else day(on, document.language)
        found.append(word(document.language, key).format(number=number_, day=said))
    if document.prepaid_note:
        found.append(document.prepaid_note)
    return [*found, *document.notes]


def country(code: str, language: str) -> str:
    return str(_locale(language).territories.get(code, code))


def is_paid_by_transfer(document: Document) -> bool:
    return document.payment.means in {Means.SEPA_TRANSFER, Means.CREDIT_TRANSFER}


def _locale(language: str) -> Locale:
    try:
        return Locale.parse("en_GB" if language == "en" else language)
    except UnknownLocaleError:
        return Locale("en")
