"""The shape of what is typed about the money ahead."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp.budget.models import IncomeState
from cfp.catering.forms import MoneyField, day
from cfp.conference.forms import NUMBER, REQUIRED
from cfp.forms import Form, InRange, LineField, OpenedForm

STATES = {
    IncomeState.OFFERED: _l("offered"),
    IncomeState.SIGNED: _l("signed"),
    IncomeState.INVOICED: _l("invoiced"),
    IncomeState.OVERDUE: _l("overdue"),
    IncomeState.PAID: _l("paid"),
}


class PurseForm(OpenedForm):
    """What there is before anything moves."""

    opening = MoneyField(_l("Money at the start, in euros"), [InputRequired(REQUIRED)])
    opened_on = day(_l("On which day"), optional=False)
    ticket = MoneyField(
        _l("What the next tickets cost, in euros"),
        [Optional()],
        description=_l("Empty: as much as the last twenty on average."),
    )

    def values(self) -> dict[str, Any]:
        return {
            "opening_cents": self.opening.cents,
            "opened_on": self.opened_on.data,
            "ticket_cents": self.ticket.cents,
        }


class CostForm(OpenedForm):
    """Something that is paid."""

    name = LineField(_l("What for"), 120, [InputRequired(REQUIRED)])
    amount = MoneyField(
        _l("Amount, in euros"),
        [InputRequired(REQUIRED)],
        description=_l(
            "What leaves the account, VAT included. The VAT owed on tickets is a cost of its own."
        ),
    )
    per_head = BooleanField(_l("For each ticket sold"))
    due_on = day(_l("Due on"), optional=False)

    def validate_amount(self, field: DecimalField) -> None:
        if not field.cents:
            raise ValidationError(_("An amount above zero is needed."))

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "cents": self.amount.cents,
            "per_head": self.per_head.data,
            "due_on": self.due_on.data,
        }


class IncomeForm(OpenedForm):
    """What somebody gives besides buying tickets."""

    name = LineField(_l("From whom"), 120, [InputRequired(REQUIRED)])
    amount = MoneyField(_l("Amount, in euros"), [InputRequired(REQUIRED)])
    state = SelectField(
        _l("How sure"),
        coerce=lambda value: value if isinstance(value, IncomeState) else IncomeState(value),
        default=IncomeState.OFFERED,
    )
    due_on = day(_l("Due on"), optional=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.flags.hide_optional = True
        self.state.choices = [
            SelectChoice(state.value, str(text)) for state, text in STATES.items()
        ]

    def validate_amount(self, field: DecimalField) -> None:
        if not field.cents:
            raise ValidationError(_("An amount above zero is needed."))

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "cents": self.amount.cents,
            "state": self.state.data,
            "due_on": self.due_on.data,
        }


class WhatIfForm(Form):
    """A price step to play with; nothing of it is kept."""

    class Meta:
        csrf = False  # it is sent as an address and changes nothing

    step = IntegerField(
        _l("Price step, days before the doors"), [Optional(), InRange(0, 90, NUMBER)]
    )
    before = MoneyField(_l("Price before it, in euros"), [Optional()])
    after = MoneyField(_l("Price after it, in euros"), [Optional()])
