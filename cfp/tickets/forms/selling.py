"""What organisers type about what is sold: products, steps, stock, audiences, vouchers, rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from cfp import clock
from cfp.conference.forms import always_chosen, deadline, moment_of, number
from cfp.conference.models import Conference
from cfp.forms import InRange, LineField, OpenedForm, ParagraphsField
from cfp.tickets.forms.fields import HundredthsField
from cfp.tickets.models import DueTo, Product, ProductKind, Proof, Quota, TaxCategory
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service.settings import ShopSettings

REQUIRED = _l("Please fill this in.")


def kind_name(kind: ProductKind) -> str:
    return {
        ProductKind.ADMISSION: _("Admission: it lets somebody in"),
        ProductKind.WORKSHOP: _("Workshop, added to a ticket"),
        ProductKind.SOCIAL: _("Evening, added to a ticket"),
        ProductKind.THING: _("A thing to take home, added to a ticket"),
    }[kind]


class ManyField(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label, **kwargs) -> None:
        super().__init__(label, coerce=str, **kwargs)


class CatalogueForm(OpenedForm):
    """A thing of the catalogue; ``zone`` is the clock on which its moments are read."""

    def __init__(self, conference: Conference, **kwargs) -> None:
        self.conference = conference
        super().__init__(**kwargs)

    def values(self) -> dict[str, Any]:
        hidden = {"csrf_token", "opened"}
        return {field.name: field.data for field in self if field.name not in hidden}

    def moment(self, name: str, *, ends: bool = True):
        return moment_of(self[name].data, self.conference.timezone, ends=ends)


class ProductForm(CatalogueForm):
    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    description = LineField(_l("What one gets"), 500)
    kind = RadioField(_l("What it is"), default=ProductKind.ADMISSION.value)
    quotas = ManyField(_l("Takes from the stock"))
    goes_with = ManyField(
        _l("Goes with"),
        description=_l("Of what is added to a ticket: to which ones. None means all of them."),
    )
    days = ManyField(_l("Days"), description=_l("Of a day pass. None means all days."))
    tax = SelectField(_l("Tax"), default=TaxCategory.STANDARD.value)
    on_sale = BooleanField(_l("On sale"), default=True)
    needs_voucher = BooleanField(_l("Only with a voucher, for speakers, crew or sponsors"))
    due_to = SelectField(_l("Free for"), default="")
    for_audiences = BooleanField(_l("Students and other audiences pay less for it"), default=True)
    group_least = number(_l("A group begins at"), 2, 100, optional=True)
    group_percent = HundredthsField(_l("Percent off for a group"), [Optional()])

    def __init__(
        self, conference: Conference, quotas: Sequence[Quota], hosts: Sequence[Product], **kwargs
    ) -> None:
        super().__init__(conference, **kwargs)
        self.goes_with.choices = [
            SelectChoice(str(one.id), one.name)
            for one in hosts
            if one.kind is ProductKind.ADMISSION
        ]
        self.kind.choices = [SelectChoice(kind.value, kind_name(kind)) for kind in ProductKind]
        self.quotas.choices = [SelectChoice(str(q.id), f"{q.name} ({q.size})") for q in quotas]
        self.days.choices = [
            SelectChoice(day.isoformat(), f"{day:%Y-%m-%d}") for day in conference.days
        ]
        always_chosen(self.kind, self.tax, self.due_to)
        self.due_to.choices = [
            SelectChoice("", _("nobody")),
            SelectChoice(DueTo.SPEAKER.value, _("speakers who said yes")),
            SelectChoice(DueTo.CREW.value, _("the crew")),
        ]
        self.tax.choices = [
            SelectChoice(TaxCategory.STANDARD.value, _("standard rate")),
            SelectChoice(TaxCategory.REDUCED.value, _("reduced rate, for food")),
            SelectChoice(TaxCategory.NONE.value, _("none")),
        ]

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {
            "kind": ProductKind(self.kind.data),
            "tax": TaxCategory(self.tax.data),
            "due_to": DueTo(self.due_to.data) if self.due_to.data else None,
            "quotas": {int(number) for number in self.quotas.data or ()},
            "goes_with": {int(number) for number in self.goes_with.data or ()},
            "group_percent": min(self.group_percent.data or 0, 10_000),
        }


class TierForm(CatalogueForm):
    """One step of the ladder."""

    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    cents = HundredthsField(_l("Price in EUR, all taxes in it"), [InputRequired(REQUIRED)])
    starts_at = deadline(_l("From"))
    ends_at = deadline(_l("Until"))
    at_most = number(_l("Until so many are sold"), 1, 100_000, optional=True)
    audience_id = SelectField(_l("For whom"), coerce=int, default=0)

    def __init__(self, conference: Conference, audiences, **kwargs) -> None:
        super().__init__(conference, **kwargs)
        self.audience_id.flags.hide_optional = True
        self.audience_id.choices = [SelectChoice(0, _("Everybody"))] + [
            SelectChoice(audience.id, audience.name) for audience in audiences
        ]

    def validate_cents(self, field) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Please write a number like 149 or 149.50."))

    def values(self) -> dict[str, Any]:
        return super().values() | {
            "starts_at": self.moment("starts_at", ends=False),
            "ends_at": self.moment("ends_at"),
            "audience_id": self.audience_id.data or None,
        }


class QuotaForm(CatalogueForm):
    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    size = number(_l("How many there are"), 0, 100_000)


class AudienceForm(CatalogueForm):
    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    description = LineField(
        _l("Who that is"), 300, description=_l("Students, apprentices and PhD candidates.")
    )
    percent = HundredthsField(_l("Percent off"), [Optional()])
    proof = SelectField(_l("Proof"), default=Proof.NONE.value)
    proof_by = deadline(_l("Proof is sent by"))

    def __init__(self, conference: Conference, **kwargs) -> None:
        super().__init__(conference, **kwargs)
        always_chosen(self.proof)
        self.proof.choices = [
            SelectChoice(Proof.NONE.value, _("none")),
            SelectChoice(Proof.AT_THE_DESK.value, _("shown at the desk")),
            SelectChoice(Proof.UPLOAD.value, _("sent beforehand, or shown at the desk")),
        ]

    def values(self) -> dict[str, Any]:
        percent = min(self.percent.data or 0, 10_000)
        return super().values() | {
            "percent": percent,
            "proof": Proof(self.proof.data),
            "proof_by": self.moment("proof_by"),
        }


class VoucherForm(CatalogueForm):
    word = LineField(_l("Word"), 40, [InputRequired(REQUIRED)])
    kind = RadioField(_l("What it does"), default=DiscountKind.PERCENT.value)
    value = HundredthsField(
        _l("Percent or EUR"), [InputRequired(REQUIRED)], description=_l("100 percent is free.")
    )
    at_most = number(_l("How often it can be used"), 1, 100_000, optional=True)
    claim_by = deadline(_l("Use it by"))
    products = ManyField(_l("For these products"), description=_l("None means all of them."))
    owner = LineField(_l("Whose it is"), 120)
    note = LineField(_l("Note"), 200)

    def __init__(self, conference: Conference, products: Sequence[Product], **kwargs) -> None:
        super().__init__(conference, **kwargs)
        always_chosen(self.kind)
        self.kind.choices = [
            SelectChoice(DiscountKind.PERCENT.value, _("percent off")),
            SelectChoice(DiscountKind.ABSOLUTE.value, _("EUR off")),
            SelectChoice(DiscountKind.SET.value, _("sets the price in EUR")),
        ]
        self.products.choices = [SelectChoice(str(p.id), p.name) for p in products]

    def validate_value(self, field) -> None:
        if self.kind.data == DiscountKind.PERCENT.value and (field.data or 0) > 10_000:
            raise ValidationError(_("A percentage ends at 100."))
        if field.data is None and not field.errors:
            raise ValidationError(_("Please write a number like 149 or 149.50."))

    def values(self) -> dict[str, Any]:
        return super().values() | {
            "word": (self.word.data or "").upper(),
            "kind": DiscountKind(self.kind.data),
            "claim_by": self.moment("claim_by"),
            "products": {int(number) for number in self.products.data or ()},
        }


class RefundForm(CatalogueForm):
    until = deadline(_l("Who cancels by"))
    percent = HundredthsField(_l("gets so many percent back"), [InputRequired(REQUIRED)])
    fee_cents = HundredthsField(_l("less a fee of so many EUR"), [Optional()])
    product_id = SelectField(_l("For"), coerce=int, default=0)

    def __init__(self, conference: Conference, products: Sequence[Product], **kwargs) -> None:
        super().__init__(conference, **kwargs)
        self.product_id.flags.hide_optional = True
        self.product_id.choices = [SelectChoice(0, _("all products"))] + [
            SelectChoice(p.id, p.name) for p in products
        ]

    def validate_until(self, field) -> None:
        if field.data is None:
            raise ValidationError(REQUIRED)

    def values(self) -> dict[str, Any]:
        return {
            "until": self.moment("until"),
            "percent": min(self.percent.data or 0, 10_000),
            "fee_cents": self.fee_cents.data or 0,
            "product_id": self.product_id.data or None,
        }


class ShopSettingsForm(CatalogueForm):
    opens_at = deadline(_l("The sale opens"))
    closes_at = deadline(_l("The sale ends"))
    catering_due_at = deadline(_l("The caterer asks how many"))
    hold_minutes = number(_l("Minutes for which tickets are kept"), 5, 240, default=30)
    pay_within_days = number(_l("Days in which a transfer has to come"), 1, 90, default=14)
    offer_hours = number(_l("Hours to take an offer from the waiting list"), 1, 336, default=48)
    most_from_network = number(
        _l("Tickets held at once from one network"),
        1,
        10_000,
        optional=True,
        description=_l(
            "So that nobody empties the shop without buying. Empty: a quarter of all places, at"
            " least 20 and at most 60. A company, a university, the wifi of the conference are one"
            " network each: where many will buy at the same moment, write as many as there are"
            " places. What is bought does not count, nor what is sold at the desk."
        ),
    )
    account_holder = LineField(_l("Account holder"), 70)
    iban = LineField(_l("IBAN"), 42)
    bic = LineField(_l("BIC"), 11)
    takes_cards = BooleanField(_l("Cards, through Stripe"))
    takes_cash = BooleanField(_l("Cash at the desk"))
    standard_rate = HundredthsField(_l("Standard tax rate, percent"), [InRange(0, 10_000)])
    reduced_rate = HundredthsField(_l("Reduced tax rate, percent"), [InRange(0, 10_000)])
    terms = ParagraphsField(_l("Terms and refunds"), 5000)

    def __init__(self, conference: Conference, **kwargs) -> None:
        super().__init__(conference, **kwargs)
        always_chosen(self.opens_at, self.closes_at)

    def validate_iban(self, field) -> None:
        from stdnum import iban  # noqa: PLC0415

        if field.data and not iban.is_valid(field.data):
            raise ValidationError(_("This IBAN has a typing error."))
        field.data = iban.compact(field.data or "")

    def validate_opens_at(self, field) -> None:
        if field.data is None:
            raise ValidationError(REQUIRED)

    validate_closes_at = validate_opens_at

    def settings(self) -> ShopSettings:
        values = self.values()
        for name in ("opens_at", "closes_at", "catering_due_at"):
            values[name] = self.moment(name, ends=name != "opens_at")
        return ShopSettings(**values)


def wall(moment, conference: Conference):
    """A moment as the inputs show it: on the conference's clock, to the minute."""
    if moment is None:
        return None
    local = clock.local(moment, conference.timezone)
    return local.replace(tzinfo=None, second=0, microsecond=0)
