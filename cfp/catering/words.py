"""How diets, days and money of the kitchen are written, on a page and on paper."""

from __future__ import annotations

from datetime import date

from babel.numbers import format_currency
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import display
from cfp.money import Money


def euros(cents: int) -> str:
    return str(format_currency(Money(cents).amount, "EUR", locale=get_locale()))


def euros_round(cents: int) -> str:
    """Whole euros, for what is known only about so."""
    amount = Money(cents).amount
    pattern = "¤#,##0" if str(get_locale()) == "en" else "#,##0 ¤"
    text = format_currency(amount, "EUR", pattern, locale=get_locale(), currency_digits=False)
    return str(text)


def euros_about(cents: float) -> str:
    """Money that is only guessed: three digits of it, and no more."""
    euros = round(cents / 100)
    digits = max(0, len(str(abs(euros))) - 3)
    return euros_round(round(euros, -digits) * 100)


def diet_name(diet: str) -> str:
    names: dict[str, str] = {
        "anything": _("anything"),
        "vegetarian": _("vegetarian"),
        "vegan": _("vegan"),
        "gluten_free": _("gluten-free"),
    }
    return names.get(diet, diet.replace("_", " "))


def class_name(kind: str) -> str:
    names: dict[str, str] = {
        "paid": _("Paid tickets"),
        "code": _("Free codes"),
        "free": _("Free tickets"),
        "crew": _("Crew"),
        "speaker": _("Speakers"),
        "sponsor": _("Sponsors"),
    }
    return names.get(kind, kind)


def on_day(text: str, style: str) -> str:
    """A day that was kept as text."""
    return display.day(date.fromisoformat(text), style)
