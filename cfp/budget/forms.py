"""The shape of what is typed about the money ahead."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp.budget.models import IncomeState, VatReturn
from cfp.catering.forms import MoneyField, day
from cfp.conference.forms import NUMBER, REQUIRED
from cfp.forms import Form, InRange, LineField, OpenedForm
from cfp.tickets.forms.fields import HundredthsField

STATES = {
    IncomeState.OFFERED: _l("offered"),
    IncomeState.SIGNED: _l("signed"),
    IncomeState.INVOICED: _l("invoiced"),
    IncomeState.OVERDUE: _l("overdue"),
    IncomeState.PAID: _l("paid"),
}

RETURNS = {
    VatReturn.MONTHLY: _l("every month"),
    VatReturn.QUARTERLY: _l("every quarter"),
    VatReturn.NONE: _l("never, we owe none"),
}


def rate(label: Any, default: int = 1900, **more: Any) -> HundredthsField:
    """The VAT in an amount, in percent, kept in hundredths of one."""
    checks = [InputRequired(REQUIRED), InRange(0, 10_000, _l("Between 0 and 100 percent."))]
    return HundredthsField(label, checks, default=default, **more)


def chosen(field: SelectField, names: dict[Any, Any]) -> None:
    """A choice of an enum, by its own words."""
    field.flags.hide_optional = True
    field.choices = [SelectChoice(one.value, str(text)) for one, text in names.items()]


class PurseForm(OpenedForm):
    """What there is before anything moves."""

    opening = MoneyField(_l("Money at the start, in euros"), [InputRequired(REQUIRED)])
    opened_on = day(_l("On which day"), optional=False)
    ticket = MoneyField(
        _l("What the next tickets cost, in euros"),
        [Optional()],
        description=_l("Empty: as much as the last twenty on average."),
    )

    vat_return = SelectField(
        _l("VAT is declared"),
        coerce=lambda value: value if isinstance(value, VatReturn) else VatReturn(value),
        default=VatReturn.MONTHLY,
        description=_l("Amounts are with VAT; it is paid on the tenth of the month after."),
    )
    vat_extended = BooleanField(_l("A month later, by a permanent extension"))
    ticket_rate = rate(_l("VAT in a ticket, percent"))
    meal_rate = rate(_l("VAT in a meal, percent"), 700)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self.vat_return, RETURNS)

    def values(self) -> dict[str, Any]:
        names = ("opened_on", "vat_return", "vat_extended", "ticket_rate", "meal_rate")
        cents = {"opening_cents": self.opening.cents, "ticket_cents": self.ticket.cents}
        return {name: self[name].data for name in names} | cents


class CostForm(OpenedForm):
    """Something that is paid."""

    name = LineField(_l("What for"), 120, [InputRequired(REQUIRED)])
    amount = MoneyField(
        _l("Amount, in euros"),
        [InputRequired(REQUIRED)],
        description=_l("What leaves the account, VAT included."),
    )
    per_head = BooleanField(_l("For each ticket sold"))
    rate = rate(
        _l("VAT in it, percent"),
        description=_l("0 for wages, insurance, a bill from abroad or from somebody without VAT."),
    )
    due_on = day(_l("Due on"), optional=False)

    def validate_amount(self, field: DecimalField) -> None:
        if not field.cents:
            raise ValidationError(_("An amount above zero is needed."))

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "cents": self.amount.cents,
            "per_head": self.per_head.data,
            "rate": self.rate.data,
            "due_on": self.due_on.data,
        }


class IncomeForm(OpenedForm):
    """What somebody gives besides buying tickets."""

    name = LineField(_l("From whom"), 120, [InputRequired(REQUIRED)])
    amount = MoneyField(
        _l("Amount, in euros"),
        [InputRequired(REQUIRED)],
        description=_l("What arrives on the account, VAT included."),
    )
    rate = rate(_l("VAT in it, percent"), description=_l("0 for grants and donations."))
    state = SelectField(
        _l("How sure"),
        coerce=lambda value: value if isinstance(value, IncomeState) else IncomeState(value),
        default=IncomeState.OFFERED,
    )
    due_on = day(_l("Due on"), optional=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self.state, STATES)

    def validate_amount(self, field: DecimalField) -> None:
        if not field.cents:
            raise ValidationError(_("An amount above zero is needed."))

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "cents": self.amount.cents,
            "state": self.state.data,
            "rate": self.rate.data,
            "due_on": self.due_on.data,
        }


class WhatIfForm(Form):
    """A price step to play with; nothing of it is kept."""

    class Meta:
        csrf = False  # it is sent as an address and changes nothing

    step = IntegerField(_l("Price step"), [Optional(), InRange(0, 90, NUMBER)])
    before = MoneyField(_l("Price before it"), [Optional()])
    after = MoneyField(_l("Price after it"), [Optional()])


class LeversForm(Form):
    """How far the levers of the money page are moved; nothing of it is kept."""

    class Meta:
        csrf = False  # it is sent as an address and changes nothing

    opening = IntegerField(_l("Selling opens earlier"), [Optional(), InRange(0, 180, NUMBER)])
    sponsors = IntegerField(_l("Sponsors pay earlier"), [Optional(), InRange(0, 120, NUMBER)])
    part = IntegerField(
        _l("Of the largest bill, paid after the conference"), [Optional(), InRange(0, 100, NUMBER)]
    )
