"""How moments and days read on a page: in the conference's zone, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_currency
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_locale, get_translations
from flask_login import current_user
from jinja2 import StrictUndefined

from cfp import clock
from cfp.markdown import markdown, plain
from cfp.money import Money
from cfp.sentences import Moment, Sentence, restored

LANGUAGES = {"en": "English", "de": "Deutsch"}


def chosen_language() -> str:
    """The reader's language: named in the address, else chosen here, their own, the browser's."""
    if not has_request_context():
        return "en"  # the worker writes each letter in its addressee's language
    for chosen in (request.args.get("lang"), session.get("locale")):
        if chosen in LANGUAGES:
            return str(chosen)
    if current_user and current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    # Not best_match(): for "en-GB, de" it would take German, which fits to the letter.
    asked = (tag.partition("-")[0].lower() for tag, weight in request.accept_languages if weight)
    return next((language for language in asked if language in LANGUAGES), "en")


def said(text: Any) -> Any:
    """What a noun said, in the reader's language; other texts and numbers as they are."""
    text = restored(text)
    if isinstance(text, Sentence):
        translated = get_translations().ugettext(text.template)
        return translated % {name: said(value) for name, value in text.values.items()}
    if isinstance(text, Moment):
        pattern = {"time": "HH:mm", "day": "EEEE", "day and time": "EEEE HH:mm"}[text.shape]
        if isinstance(text.at, datetime):
            return format_datetime(text.at, pattern, text.at.tzinfo, locale=get_locale())
        return format_date(text.at, pattern, locale=get_locale())
    if isinstance(text, tuple):
        return format_list(text, locale=get_locale())
    return text


def zone() -> str:
    """The conference's zone; UTC on pages that belong to no edition."""
    conference = g.get("conference")
    return conference.timezone if conference is not None else "UTC"


def date_pattern(pattern: str, language: Locale | str | None) -> str:
    """An English pattern as the language writes it: in German "EEE, d. MMM", "Mo., 10. Mai"."""
    if str(language) != "de":
        return pattern
    return re.sub(r"\bd\b", "d.", re.sub(r"\b(E+) d\b", r"\1, d", pattern))


def moment(at: datetime | None, style: str = "medium") -> str:
    """Date and time with the zone's offset: "18 Feb 2027, 23:59 (UTC+1)"."""
    if at is None:
        return ""
    style = "d MMM y, HH:mm" if style == "medium" else style
    language = get_locale()
    text = format_datetime(at, date_pattern(style, language), ZoneInfo(zone()), locale=language)
    return f"{text} ({clock.offset_name(at, zone())})"


def day(on: date | datetime | None, style: str = "d MMMM y") -> str:
    if on is None:
        return ""
    on = clock.local(on, zone()).date() if isinstance(on, datetime) else on
    return _day(on, style, get_locale())


@lru_cache(2048)
def _day(on: date, style: str, language: Locale | None) -> str:
    """A grid names the same few days two hundred times."""
    return format_date(on, date_pattern(style, language), locale=language)


def daytime(at: datetime) -> str:
    """Hours and minutes on the conference's clock: "09:30"."""
    return f"{clock.local(at, zone()):%H:%M}"


def span(first: date, last: date) -> str:
    """The days of a conference: "12 - 13 March 2027"."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day(first, 'd')}\N{EN DASH}{day(last)}"
    return f"{day(first)} \N{EN DASH} {day(last)}"


def bytes_said(count: int) -> str:
    """How large a file is, to the next whole unit: 840 kB, 12 MB."""
    kilobytes = max(round(count / 1000), 1)
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{round(kilobytes / 1000)} MB"


def money(cents: int | None, currency: str = "EUR") -> str:
    """An amount as the reader's language writes it: "€199.00", "199,00 €"."""
    if cents is None:
        return ""
    return _written_money(cents, currency, str(get_locale()))


@lru_cache(4096)
def _written_money(cents: int, currency: str, language: str) -> str:
    """Babel takes 0.2 ms for each, and a page of prices says the same ones again and again."""
    return str(format_currency(Money(cents).amount, currency, locale=language))


def decimal(value: float, places: int = 2) -> str:
    """A number as the reader writes it: 3.25, or 3,25. Babel takes fifty times as long."""
    written = f"{value:.{places}f}"
    return written.replace(".", ",") if str(get_locale()).startswith("de") else written


_catalogues: dict[str, Any] = {}


def catalogue() -> Any:
    """The words of the reader's language.

    Flask-Babel looks for them anew at every word, three times as slowly; a list of 100 proposals
    has a thousand words.
    """
    language = str(get_locale().language)
    if language not in _catalogues:
        _catalogues[language] = get_translations()
    return _catalogues[language]


def addresses(app: Flask) -> Callable[..., str]:
    """``url_for`` for templates: a file's address is the same for everybody, so it is built once.

    A page names some thirty files; building their addresses was a third of what it cost.
    """
    known: dict[tuple[str, str, str], str] = {}

    def url_for(endpoint: str, **values: Any) -> str:
        if values.keys() != {"filename"} or not has_request_context():
            return app.url_for(endpoint, **values)
        key = request.script_root, endpoint, values["filename"]
        if key not in known:
            known[key] = app.url_for(endpoint, **values)
        return known[key]

    return url_for


def init_app(app: Flask) -> None:
    """Languages, filters, and templates in which a missing variable is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "said": said,
        "markdown": markdown,
        "plain": plain,
        "moment": moment,
        "day": day,
        "daytime": daytime,
        "money": money,
        "bytes": bytes_said,
        "decimal": decimal,
        "instant": datetime.fromisoformat,
    }
    app.jinja_env.globals |= {"span": span, "LANGUAGES": LANGUAGES, "url_for": addresses(app)}
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=chosen_language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalogue().gettext(text),
        ngettext=lambda one, many, number: catalogue().ngettext(one, many, number),
        newstyle=True,
    )

    @app.context_processor
    def language() -> dict[str, Any]:
        now: Callable[[], datetime] = clock.now
        return {"lang": str(get_locale() or "en"), "now": now()}
