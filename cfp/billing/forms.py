"""The shape of what the treasurer types: the seller, a statement, a booking, a pause, a rate."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, DecimalField, IntegerField, PasswordField
from wtforms.validators import InputRequired, Optional

from cfp.billing.service.selling import Details
from cfp.conference.forms import NUMBER, REQUIRED, number, sensible_day
from cfp.forms import Form, InRange, LineField, OpenedForm


class SellerForm(OpenedForm):
    """Who issues the invoices."""

    name = LineField(_l("Name of the company or association"), 200, [InputRequired(REQUIRED)])
    street = LineField(_l("Street and number"), 200, [InputRequired(REQUIRED)])
    street2 = LineField(_l("Second line of the address"), 200)
    postcode = LineField(_l("Post code"), 20, [InputRequired(REQUIRED)])
    city = LineField(_l("City"), 100, [InputRequired(REQUIRED)])
    country = LineField(
        _l("Country"), 2, [InputRequired(REQUIRED)], default="DE", description=_l("Its code: DE.")
    )
    vat_id = LineField(_l("VAT id"), 20)
    tax_number = LineField(
        _l("Tax number"), 40, description=_l("One of VAT id and tax number is needed.")
    )
    register = LineField(_l("Number in the register of companies"), 80)
    contact = LineField(_l("Contact for questions about invoices"), 120)
    phone = LineField(_l("Phone"), 40)
    email = LineField(
        _l("E-mail"),
        254,
        description=_l("Contact, phone and e-mail are needed for an XRechnung."),
    )
    iban = LineField(
        _l("IBAN"), 42, description=_l("Tickets are paid into it too. Its statements are read.")
    )
    bic = LineField(_l("BIC"), 11)
    account_holder = LineField(_l("Account holder"), 140)
    small_business = BooleanField(
        _l("Small business without VAT"),
        description=_l("Sec. 19 UStG. A tax adviser must confirm this."),
    )
    net_days = number(_l("Days to pay"), 0, 365, default=30)
    prefix = LineField(
        _l("Invoice numbers begin with"),
        20,
        description=_l("Such as FB27-. It stays once the first invoice is issued."),
    )
    reminds = BooleanField(
        _l("Send reminders"),
        default=True,
        description=_l("Only while the bank's statements are not older than two days."),
    )
    logo = FileField(_l("Logo"), description=_l("PNG or JPEG, at most 5 MB; turned into sRGB."))

    def details(self) -> Details:
        return Details(**{name: self[name].data for name in Details.__dataclass_fields__})


class ProvenForm(Form):
    """A form that asks for the password once more, unless it was just given."""

    password = PasswordField(_l("Your password"), render_kw={"autocomplete": "current-password"})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.password.flags.hide_optional = True  # where it is asked for it is needed


class StatementForm(ProvenForm):
    """One file of the bank."""

    file = FileField(
        _l("Statement"),
        [FileRequired(_l("Please choose a file."))],
        description=_l("CAMT.053, MT940 or CSV, also zipped, at most 1 MB."),
    )


class BookingForm(Form):
    """On what a movement is booked, and how much of it."""

    on = LineField(
        _l("Book on"),
        40,
        [InputRequired(REQUIRED)],
        description=_l("Reference, code, or the number of an invoice."),
    )
    amount = DecimalField(
        _l("Amount"),
        [
            InputRequired(REQUIRED),
            InRange(Decimal("-9999999.99"), Decimal("9999999.99"), NUMBER),
        ],
        places=2,
    )

    @property
    def cents(self) -> int:
        return int((self.amount.data * 100).to_integral_value())


class WhyForm(Form):
    """A reason in one line."""

    why = LineField(_l("Why"), 200, [InputRequired(_l("Please say why."))])


class PauseForm(Form):
    """A dispute, or a promised day."""

    why = LineField(_l("Why"), 200, [InputRequired(_l("Please say why."))])
    promised_until = DateField(
        _l("Promised until"),
        [Optional(), sensible_day],
        description=_l("Leave this empty for a dispute: then it waits until you go on."),
    )


class RateForm(ProvenForm):
    """The base rate of a half-year."""

    year = IntegerField(_l("Year"), [InputRequired(REQUIRED), InRange(2000, 2100, NUMBER)])
    half = IntegerField(_l("Half-year"), [InputRequired(REQUIRED), InRange(1, 2, NUMBER)])
    percent = DecimalField(
        _l("Base rate in percent"),
        [InputRequired(REQUIRED), InRange(-10, 20, NUMBER)],
        places=2,
    )
    source = LineField(
        _l("Source"),
        200,
        [InputRequired(REQUIRED)],
        description=_l("Where it stands: the Deutsche Bundesbank's page, or the Bundesanzeiger."),
    )


class PeriodForm(Form):
    """From when to when a report looks."""

    class Meta:
        csrf = False  # it only asks

    first = DateField(_l("From"), [Optional(), sensible_day])
    last = DateField(_l("To"), [Optional(), sensible_day])
