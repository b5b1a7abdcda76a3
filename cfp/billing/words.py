"""The words of an invoice, in its own language.

They are part of the document and the law asks for some of them, so they stand here and not in the
catalogue of the pages: what was issued reads the same whatever is translated anew later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from stdnum import iso11649

from cfp.billing.document import Document, Kind, Means, Period
from cfp.billing.reference import spaced
from cfp.billing.vocabulary import LANGUAGES
from cfp.errors import Refused
from cfp.sentences import say

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
    return _written(value, currency, language, "#,##0.00")


def _written(value: Decimal, currency: str, language: str, digits: str) -> str:
    """An amount with its sign where the language has it; letters keep away from digits."""
    locale = _locale(language)
    if language == "de":
        pattern = f"{digits}\N{NO-BREAK SPACE}¤"
    else:
        gap = "\N{NO-BREAK SPACE}" if get_currency_symbol(currency, locale)[-1].isalpha() else ""
        pattern = f"¤{gap}{digits}"
    return format_currency(value, currency, pattern, locale, currency_digits=False)


def number(value: Decimal, language: str) -> str:
    """All digits it has, and none more."""
    return format_decimal(value, format="#,##0.############", locale=_locale(language))


def price(value: Decimal, currency: str, language: str) -> str:
    """A price with all its digits, but at least two."""
    return _written(value, currency, language, "#,##0.00##########")


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
    said = document.terms
    if not said and document.due is not None:
        said = word(document.language, "due").format(day=day(document.due, document.language))
    if not said and document.kind.takes_back:
        said = word(document.language, "set off")
    early = [*_early(document)]
    if early and said and said[-1].isalnum():
        said += "."
    return " ".join(filter(None, (said, *early)))


def _early(document: Document) -> Iterator[str]:
    """What is agreed to be less for whoever pays early; UStG sec. 14 (4) no. 7 wants it said."""
    for each in document.early:
        until = day(document.issued + timedelta(days=each.days), document.language)
        percent = number(each.percent, document.language)
        yield word(document.language, "early").format(day=until, percent=percent)


def means(document: Document) -> str:
    is_back = document.payment.means is Means.BARTER and document.kind.takes_back
    key = document.payment.means.value
    return word(document.language, f"{key} back" if is_back else key)


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


def paid(
    language: str,
    currency: str,
    amount: Decimal,
    *,
    on: date | None = None,
    number: str = "",
    tax: Decimal | None = None,
) -> str:
    """What was paid before: a final invoice names each part and its tax (UStG sec. 14 (5))."""
    said = word(language, "paid on").format(day=day(on, language)) if on else ""
    if number:
        said += word(language, "paid for").format(number=number)
    within = money(tax, currency, language) if tax is not None else ""
    return word(language, "paid").format(
        on=said,
        amount=money(amount, currency, language),
        tax=word(language, "paid tax").format(amount=within) if within else "",
    )


def country(code: str, language: str) -> str:
    return str(_locale(language).territories.get("XK" if code == "1A" else code, code))


def is_paid_by_transfer(document: Document) -> bool:
    return document.payment.means.is_transfer


def _locale(language: str) -> Locale:
    try:
        return Locale.parse("en_GB" if language == "en" else language)
    except UnknownLocaleError:
        return Locale("en")
