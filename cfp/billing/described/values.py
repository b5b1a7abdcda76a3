"""Single values of a description: exact numbers, days, countries, units, in usual spellings."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache

from babel import Locale

from cfp.billing.described.codes import UNITS as CODES

UNITS = {
    **dict.fromkeys(("", "piece", "pieces", "pcs", "pc", "stk", "stück", "unit", "each"), "C62"),
    **dict.fromkeys(("ticket", "tickets", "person", "persons", "one"), "C62"),
    **dict.fromkeys(("hour", "hours", "h", "std", "stunde", "stunden"), "HUR"),
    **dict.fromkeys(("day", "days", "tag", "tage"), "DAY"),
    **dict.fromkeys(("week", "weeks", "woche", "wochen"), "WEE"),
    **dict.fromkeys(("month", "months", "monat", "monate"), "MON"),
    **dict.fromkeys(("year", "years", "jahr", "jahre"), "ANN"),
    **dict.fromkeys(("minute", "minutes", "min"), "MIN"),
    **dict.fromkeys(("lump sum", "flat", "pauschal", "package", "set"), "LS"),
    **dict.fromkeys(("m2", "m²", "sqm", "square metre"), "MTK"),
    **dict.fromkeys(("m", "metre", "meter"), "MTR"),
    **dict.fromkeys(("km", "kilometre", "kilometer"), "KMT"),
    **dict.fromkeys(("kg", "kilogram"), "KGM"),
    **dict.fromkeys(("kwh",), "KWH"),
    **dict.fromkeys(("l", "litre", "liter"), "LTR"),
}
_COUNTRIES = {"el": "GR", "uk": "GB", "usa": "US", "deu": "DE", "aut": "AT", "che": "CH"}
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
_ONE_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+")
_COMMA = re.compile(r"[+-]?\d+,\d{1,2}|[+-]?\d{1,3}(\.\d{3})+,\d+")
_DAYS = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y")
# Controls, marks that turn the direction of reading, variation selectors, halves of pairs: nothing
# of it is printed, and XML knows not all of it. The joiner of emoji stays.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def cleaned(text: str) -> str:
    """One line in NFC, without characters that nobody sees and without ready-made ligatures."""
    spaced = " ".join(text.translate(_LIGATURES).split())
    kept = "".join(c for c in spaced if c == "\u200d" or unicodedata.category(c) not in _UNSEEN)
    return unicodedata.normalize("NFC", _SELECTORS.sub("", kept)).strip()


def number(given: object) -> Decimal | None:
    """An exact number, or nothing where it could be read in two ways.

    Of ``1,234.56`` and ``1.234,56`` and ``12,50`` there is no doubt; ``1,234`` may be either.
    """
    if isinstance(given, bool):
        return None
    if isinstance(given, int | Decimal):
        found = Decimal(given)
        return found if found.is_finite() else None
    if not isinstance(given, str):
        return None
    text = "".join(given.split()).replace("\u2212", "-").replace("'", "")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _COMMA.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    if not _ONE_NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def day(given: object) -> date | None:
    """``2027-03-01``, ``20270301``, ``01.03.2027``; of a moment its day."""
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        return None
    text = given.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ].*", text):
        text = text[:10]
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None


def country(given: str) -> str | None:
    """The code of ISO 3166 for a code or an English or German name."""
    text = given.strip()
    return _countries().get(text.casefold())


@cache
def _countries() -> dict[str, str]:
    found = {}
    for language in ("en", "de"):
        for code, name in Locale(language).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES:
                ours = "1A" if code == "XK" else code  # Kosovo, as EN 16931 calls it
                found[code.casefold()] = found[name.casefold()] = ours
    return found | _COUNTRIES


def unit(given: str) -> str | None:
    """The code of UN/ECE recommendation 20 for a word or a code."""
    text = given.strip()
    if text.casefold().rstrip(".") in UNITS:
        return UNITS[text.casefold().rstrip(".")]
    return text if text in CODES else None
