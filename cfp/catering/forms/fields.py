"""Days, money and people as organisers type them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, DecimalField, Field
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextInput

from cfp.conference.forms import NUMBER, REQUIRED, sensible_day
from cfp.forms import InRange, clean_line

MOST_PEOPLE = 100_000


def as_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def as_number(value: Any) -> int:
    """The number that a choice carries; what is none is no choice."""
    text = "0" if value is None else str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else -1


class DaysField(Field):
    """Several days in one line: 2027-02-28, 2027-04-15."""

    widget = TextInput()

    def _value(self) -> str:
        if self.errors or self.process_errors:
            return clean_line(self.raw_data[0] if self.raw_data else "")
        return ", ".join(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        try:
            days = {date.fromisoformat(part) for part in re.split(r"[,;\s]+", text.strip()) if part}
        except ValueError:
            raise ValueError(_("Please write days like 2027-02-28, with commas between.")) from None
        if any(not 1990 <= day.year <= 2100 for day in days):
            raise ValueError(_("Please enter a day between 1990 and 2100."))
        if len(days) > 12:
            raise ValueError(_("Twelve days are enough."))
        self.data = [day.isoformat() for day in sorted(days)]


class MoneyField(DecimalField):
    """Money in whole cents, typed with a comma or a point."""

    def __init__(self, label: Any, validators: Any = (), **more: Any) -> None:
        limits = InRange(0, 1_000_000, NUMBER)
        super().__init__(label, [*validators, limits], places=2, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.replace(",", ".") for value in valuelist])
        found: Any = getattr(self, "data", None)
        if found is not None and not found.is_finite():
            self.data = None
            raise ValueError(_("Please enter an amount."))

    @property
    def cents(self) -> int | None:
        return None if self.data is None else int((self.data * 100).to_integral_value())


def amount(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def day(label: Any, *, optional: bool = True, **more: Any) -> DateField:
    needed = Optional() if optional else InputRequired(REQUIRED)
    return DateField(label, [needed, sensible_day], **more)
