"""The shape of what organisers type about the kitchen, its meals and the past."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    EmailField,
    Field,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import TextInput

from cfp import display
from cfp.catering.models import Caterer
from cfp.conference.forms import NUMBER, REQUIRED, number, sensible_day
from cfp.conference.models import Conference
from cfp.forms import Form, InRange, LineField, OpenedForm, ParagraphsField, clean_line
from cfp.people.forms import AddressField

MOST_PEOPLE = 100_000
A_LAND = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,4})?")


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


class KitchenForm(OpenedForm):
    """What the organisers know about who will come."""

    follows_id = SelectField(
        _l("The edition before this one"),
        coerce=as_number,
        default=0,
        description=_l("If it was sold here, its tickets tell how this one will sell."),
    )
    target = number(
        _l("Tickets you expect to sell"),
        1,
        MOST_PEOPLE,
        optional=True,
        description=_l("Your own number. It counts as much as last year's with its growth."),
    )
    capacity = number(_l("Most people the house holds"), 1, MOST_PEOPLE, optional=True)
    sale_ends_on = day(_l("Last day of selling"), description=_l("Empty: until the doors open."))
    steps = DaysField(
        _l("Price steps"),
        [Optional()],
        description=_l(
            "Days on which a price rises or a benefit ends, such as 2027-02-28. Those of the shop"
            " are known already."
        ),
    )
    crew = number(_l("Crew who eat"), 0, MOST_PEOPLE, default=0)
    speakers = number(_l("Speakers who eat"), 0, MOST_PEOPLE, default=0)
    codes = number(
        _l("Free codes given out"),
        0,
        MOST_PEOPLE,
        default=0,
        description=_l("For sponsors, partners and guests, where they are not in the shop."),
    )
    codes_claimed = number(_l("Of these already claimed"), 0, MOST_PEOPLE, default=0)
    claim_by = day(_l("Codes lapse after"))
    ask_again_on = day(
        _l("Mail that asks who comes"),
        description=_l("The day on which you ask everybody again whether they will be there."),
    )
    men_percent = number(_l("Men, in percent"), 0, 100, default=70)
    young_percent = number(_l("Aged 19 to 24, in percent"), 0, 100, default=15)
    older_percent = number(_l("Aged 51 and older, in percent"), 0, 100, default=10)

    def offer(self, before: list[Conference]) -> None:
        """The editions that may have come before."""
        self.follows_id.flags.hide_optional = True
        self.follows_id.choices = [
            SelectChoice(0, _("None that was sold here")),
            *(SelectChoice(one.id, one.name) for one in before),
        ]

    def values(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.data.items()
            if name not in {"csrf_token", "opened", "follows_id", "steps"}
        } | {"follows_id": self.follows_id.data or None, "steps": self.steps.data or []}


class CatererForm(OpenedForm):
    """Who cooks, on which terms."""

    name = LineField(_l("Name"), 120, [InputRequired(REQUIRED)])
    email = EmailField(
        _l("E-mail address"), [Optional(), AddressField.is_address], filters=[clean_line]
    )
    working_days = number(
        _l("Number due, working days before"),
        0,
        60,
        default=5,
        description=_l(
            "Before the first meal. Saturdays, Sundays and public holidays not counted."
        ),
    )
    land = LineField(
        _l("Public holidays of"),
        10,
        [InputRequired(REQUIRED)],
        default="DE-BE",
        description=_l("Country and Land: DE-BE is Berlin, DE-BY Bavaria, AT all of Austria."),
    )
    tolerance = number(
        _l("Tolerance"),
        0,
        500,
        default=10,
        description=_l("So many more are served, so many fewer need not be paid."),
    )
    in_percent = BooleanField(_l("The tolerance is in percent"))
    shortage = MoneyField(
        _l("What a missing portion costs, in euros"),
        [Optional()],
        description=_l("Emergency food and reputation. Empty: twice the price of the meal."),
    )

    def validate_land(self, field: Field) -> None:
        if not A_LAND.fullmatch(field.data.upper()):
            raise ValidationError(_("Please write it like DE-BE."))

    def values(self) -> dict[str, Any]:
        names = ("name", "email", "working_days", "land", "tolerance", "in_percent")
        typed = {name: self[name].data for name in names}
        return typed | {"land": self.land.data.upper(), "shortage_cents": self.shortage.cents}


class MealForm(OpenedForm):
    """A serving."""

    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    caterer_id = SelectField(_l("Caterer"), [InputRequired(REQUIRED)], coerce=as_number)
    served_on = SelectField(_l("Day"), [InputRequired(REQUIRED)], coerce=as_day)
    price = MoneyField(_l("Price for each, in euros"), [InputRequired(REQUIRED)])
    present_percent = number(
        _l("In the house on that day, in percent"),
        1,
        100,
        default=95,
        description=_l("Of all who come at all."),
    )
    eat_percent = number(_l("Of these who eat, in percent"), 1, 100, default=97)

    def offer(self, conference: Conference, caterers: list[Caterer]) -> None:
        self.caterer_id.choices = [SelectChoice(one.id, one.name) for one in caterers]
        self.served_on.choices = [
            SelectChoice(day.isoformat(), display.day(day, "EEEE, d MMMM"))
            for day in conference.days
        ]

    def validate_price(self, field: Field) -> None:
        if not field.cents:
            raise ValidationError(_("A meal costs something."))

    def values(self) -> dict[str, Any]:
        names = ("name", "caterer_id", "served_on", "present_percent", "eat_percent")
        return {name: self[name].data for name in names} | {"price_cents": self.price.cents}


class OrderForm(Form):
    """What goes to the caterer with the numbers."""

    note = ParagraphsField(_l("A note to the caterer"), 1000)


class ReportForm(Form):
    """What became of a meal."""

    heads = number(_l("How many ate"), 0, MOST_PEOPLE)
    left_percent = number(_l("Left over, in percent"), 0, 100, default=0)
    missing_percent = number(
        _l("Missing, in percent"),
        0,
        100,
        default=0,
        description=_l("How much more would have been eaten, if food ran out."),
    )
    note = LineField(_l("What to remember"), 300)

    def values(self) -> dict[str, Any]:
        names = ("heads", "left_percent", "missing_percent", "note")
        return {name: self[name].data for name in names}


class PastForm(Form):
    """An edition whose sales come as a file."""

    name = LineField(_l("Name"), 120, [InputRequired(REQUIRED)])
    starts_on = day(_l("First day"), optional=False)
    steps = DaysField(_l("Price steps"), [Optional()], description=_l("Such as 2026-02-28."))
    sold_out = BooleanField(_l("It was sold out"))
    file = FileField(
        _l("File of its sales"),
        description=_l(
            "A table (CSV) with order time, product, tier, price and checked in or not, or pretix'"
            " export of orders (JSON). Names and addresses in it are not kept."
        ),
    )

    pasted = ParagraphsField(
        _l("Or the table itself"),
        200_000,
        description=_l("Copied from a spreadsheet, its first line with the names of the columns."),
    )

    def content(self) -> bytes:
        """What the file holds, or what was pasted."""
        return self.file.data.read() if self.file.data else (self.pasted.data or "").encode()

    def validate_file(self, field: Field) -> None:
        if not field.data and not self.pasted.data:
            raise ValidationError(_("Please choose a file, or paste the table."))

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "starts_on": self.starts_on.data,
            "steps": self.steps.data or [],
            "sold_out": self.sold_out.data,
            "filename": (self.file.data.filename or "")[:200] if self.file.data else "",
        }
