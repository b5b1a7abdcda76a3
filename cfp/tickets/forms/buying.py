"""What a buyer types: how many of what, who comes, who pays, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from cfp.billing.models import Method
from cfp.codes import new_token
from cfp.errors import Refused
from cfp.forms import Form, LineField, clean_line
from cfp.people.forms import AddressField
from cfp.tickets.front import Goods
from cfp.tickets.models import Diet, Order
from cfp.tickets.service.basket import Basket, Chosen
from cfp.tickets.service.checkout import Buyer, Who
from cfp.tickets.service.holding import KeyReused

REQUIRED = _l("Please fill this in.")
COUNTRIES = (
    *("DE", "AT", "CH", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    *("AU", "BR", "CA", "CN", "GB", "IL", "IN", "IS", "JP", "KR", "LI", "MX", "NO", "NZ"),
    *("RS", "SG", "TR", "TW", "UA", "US", "ZA"),
)


class KeyedForm(Form):
    """A form that is one purchase however often it is sent.

    Sent with something else in it, as after a step back, it is refused; the one that is shown then
    has a key of its own, and ``instead`` says whose places it lets go.
    """

    key = HiddenField(filters=[clean_line], validators=[Length(min=8, max=40)])
    instead = HiddenField(filters=[clean_line], validators=[Length(max=40)])

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.key.data = self.key.data or new_token()[:32]

    @contextmanager
    def refusals(self) -> Iterator[None]:
        with super().refusals():
            try:
                yield
            except KeyReused:
                self.instead.data, self.key.data = self.key.data, new_token()[:32]
                raise


class ShopForm(KeyedForm):
    """The hidden part of the shop; how many of what is read by :func:`chosen_from`."""

    voucher = LineField(_l("Voucher"), 40)


class AddForm(KeyedForm):
    """The hidden part of adding; what is chosen are the names of extras."""


def chosen_from(sent: Mapping[str, str], goods: list[Goods], voucher: str) -> Basket:
    """What was chosen, in the order of the shop. A number that is none is refused."""
    lines = []
    for one in goods:
        for price in one.prices:
            number = _number(sent.get(price.field, "0"))
            if number:
                audience = price.audience.id if price.audience else None
                lines.append(Chosen(one.product.id, number, audience))
    return Basket(tuple(lines), voucher.upper())


def _number(text: str) -> int:
    if not text.strip():
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise Refused(_("Please choose a number of tickets."))
    return int(text)


def diet_name(diet: Diet | None) -> str:
    return {
        None: _("not answered"),
        Diet.ANYTHING: _("I eat anything"),
        Diet.VEGETARIAN: _("vegetarian"),
        Diet.VEGAN: _("vegan"),
    }[diet]


class OptionalAddressField(EmailField):
    """An address, or nothing."""

    def __init__(self, label, **kwargs) -> None:
        checks = [Optional(), AddressField.is_address]
        super().__init__(label, checks, filters=[clean_line], **kwargs)


class PersonFields(PlainForm):
    """One person who comes."""

    name = LineField(_l("Name"), 120, [DataRequired(REQUIRED)])
    email = OptionalAddressField(_l("E-mail"))
    company = LineField(_l("Company, for the badge"), 120)
    diet = SelectField(_l("Food"), [Optional()], default="")
    allergies = LineField(_l("Allergies and intolerances"), 200)
    access_needs = LineField(_l("What you need to take part"), 300)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.diet.flags.hide_optional = False
        self.diet.choices = [
            SelectChoice(diet.value if diet else "", diet_name(diet)) for diet in (None, *Diet)
        ]

    def who(self) -> Who:
        """What was said; what cannot be read so is left out."""
        said = {n: self[n] for n in Who.__dataclass_fields__}
        values: dict[str, Any] = {
            n: "" if one.errors else one.data or "" for n, one in said.items()
        }
        return Who(**values | {"diet": Diet(values["diet"]) if values["diet"] else None})


class PeopleForm(Form):
    people = FieldList(FormField(PersonFields), max_entries=40)


def people_form(order: Order, first: Mapping[str, str], **more: Any) -> PeopleForm:
    """One block for each admission; ``first`` is what is known of the first person already."""
    known: list[dict[str, Any]] = []
    for ticket in order.admissions:
        values = {name: getattr(ticket, name) for name in Who.__dataclass_fields__}
        values["diet"] = ticket.diet.value if ticket.diet else ""
        known.append(values if ticket.name or known else values | dict(first))
    return PeopleForm(data={"people": known}, **more)


class InvoiceForm(Form):
    """What the invoice has to say of who pays."""

    name = LineField(_l("Name"), 120, [DataRequired(REQUIRED)], render_kw={"autocomplete": "name"})
    company = LineField(_l("Company"), 120, render_kw={"autocomplete": "organization"})
    street = LineField(_l("Street and number"), 120, render_kw={"autocomplete": "street-address"})
    postcode = LineField(_l("Postcode"), 20, render_kw={"autocomplete": "postal-code"})
    city = LineField(_l("City"), 80, render_kw={"autocomplete": "address-level2"})
    country = SelectField(_l("Country"), [Optional()], render_kw={"autocomplete": "country"})
    vat_id = LineField(
        _l("VAT id"), 20, description=_l("Of companies in the European Union: DE123456788.")
    )
    buyer_reference = LineField(
        _l("Your reference"), 80, description=_l("An order number that the invoice should quote.")
    )

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.country.choices = country_choices(str(get_locale().language))

    def validate_vat_id(self, field) -> None:
        if not field.data:
            return
        from stdnum.eu import vat  # noqa: PLC0415

        if not vat.is_valid(field.data):
            raise ValidationError(_("This VAT id has a typing error."))
        field.data = vat.compact(field.data)

    def buyer(self, **known: str) -> Buyer:
        fields = {n: self[n] for n in Buyer.__dataclass_fields__ if n in self}
        said = {n: "" if one.errors else one.data or "" for n, one in fields.items()}
        return Buyer(**known | said)


class BuyerForm(InvoiceForm):
    """Who pays, and where the tickets go."""

    email = AddressField(
        _l("E-mail"),
        description=_l("Your tickets and the link to your order go here."),
        render_kw={"autocomplete": "email"},
    )


@cache
def country_choices(language: str) -> list[SelectChoice]:
    """Countries by their names in the reader's language; none is the first choice."""
    names = Locale(language).territories
    rest = sorted((names[code], code) for code in COUNTRIES[1:])
    chosen = [SelectChoice(code, name) for name, code in rest]
    return [SelectChoice("", ""), SelectChoice("DE", names["DE"]), *chosen]


class PaymentForm(Form):
    method = RadioField(_l("How would you like to pay?"), validators=[DataRequired(REQUIRED)])

    def __init__(self, methods: list[Method], **kwargs) -> None:
        super().__init__(**kwargs)
        self.method.choices = [
            SelectChoice(method.value, method_words(method)) for method in methods
        ]

    def chosen(self) -> Method:
        return Method(self.method.data)


def method_words(method: Method) -> str:
    return {
        Method.TRANSFER: _("Bank transfer: you get the account and a code to scan"),
        Method.CARD: _("Card: on the page of Stripe, at once"),
        Method.CASH: _("Cash at the desk, when you arrive"),
        Method.BARTER: _("Barter"),
    }[method]


class ProofForm(Form):
    proof = FileField(_l("The proof"))

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.proof.flags.hide_optional = True


class LinkAgainForm(Form):
    email = AddressField(_l("E-mail"), render_kw={"autocomplete": "email"})


class WaitingForm(Form):
    name = LineField(_l("Name"), 120, [DataRequired(REQUIRED)], render_kw={"autocomplete": "name"})
    email = AddressField(_l("E-mail"), render_kw={"autocomplete": "email"})
    number = SelectField(
        _l("How many"),
        coerce=int,
        choices=[SelectChoice(n, str(n)) for n in range(1, 11)],
        description=_l("A group stays together: it is asked when there is room for all."),
    )


class PassOnForm(Form):
    name = LineField(_l("Name"), 120, [DataRequired(REQUIRED)])
    email = AddressField(_l("E-mail"))
