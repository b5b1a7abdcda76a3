"""Who cooks on which terms, what is served, what is ordered, and how a meal ended."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp import display
from cfp.catering.forms.fields import MOST_PEOPLE, MoneyField, as_day, as_number
from cfp.catering.models import Caterer
from cfp.conference.forms import REQUIRED, number
from cfp.conference.models import Conference
from cfp.forms import Form, LineField, OpenedForm, ParagraphsField, clean_line
from cfp.people.forms import AddressField

A_LAND = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,4})?")


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
