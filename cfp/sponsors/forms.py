"""The shape of what is typed about levels, sponsors, offers, benefits and booths."""

from __future__ import annotations

import re
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    HiddenField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp import clock
from cfp.conference.forms import deadline, number, sensible_day
from cfp.display import LANGUAGES
from cfp.forms import Form, InRange, LineField, OpenedForm, ParagraphsField, clean_line
from cfp.people.forms import AddressField
from cfp.sponsors.models import BenefitKind, Ground
from cfp.sponsors.service.register import Company
from cfp.sponsors.service.settings import Wish

REQUIRED = _l("Please fill this in.")
PROMISE = re.compile(r"(?:(\d{1,4})\s*[x×]\s*)?(?:(\w+)\s*:\s*)?(.+)")  # noqa: RUF001
MOST_EUROS = 10_000_000


def euros(label, **more) -> DecimalField:
    needed = Optional() if more.pop("optional", False) else InputRequired(REQUIRED)
    said = _l("Please enter an amount from 0 to %(max)s.")
    places = InRange(0, MOST_EUROS, said)
    return DecimalField(label, [needed, places], places=2, **more)


def cents_of(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


class TermsForm(OpenedForm):
    is_open = BooleanField(_l("Show the page “Become a sponsor”"))
    pitch = ParagraphsField(
        _l("Why one should sponsor"),
        10_000,
        description=_l("Stands above the levels on that page. Markdown is fine."),
    )
    net_days = number(_l("Days to pay"), 0, 365)
    offer_days = number(_l("Days for which an offer stands"), 1, 90)
    ticket_product_id = SelectField(_l("What their vouchers are for"), coerce=int, default=0)
    agreement_text = ParagraphsField(
        _l("Text of the agreement"),
        20_000,
        description=_l("Names in braces are filled in. Emptied, it is the usual text again."),
    )


class LevelForm(OpenedForm):
    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    price = euros(_l("Price in EUR, without tax"))
    cap = number(_l("How many at most"), 0, 1000, optional=True)
    early_price = euros(_l("Early price in EUR"), optional=True)
    early_until = deadline(_l("Early price until"))
    description = ParagraphsField(_l("In a few words"), 2000)
    promises = ParagraphsField(_l("What the sponsor gets"), 4000)
    claim_by = deadline(_l("To be claimed by"))

    def wishes(self, zone: str) -> list[Wish]:
        until = self.claim_by.data
        return wishes_of(self.promises.data, until and clock.from_wall(until, zone))

    def validate_promises(self, field) -> None:
        check_promises(field)


def wishes_of(text: str, until) -> list[Wish]:
    """One promise a line, "4 x tickets: Regular tickets"."""
    kinds = {kind.value: kind for kind in BenefitKind}
    found = []
    for line in filter(None, (clean_line(line).strip(" *-") for line in text.split("\n"))):
        match = PROMISE.fullmatch(line)
        quantity, kind, name = match.groups() if match else (None, None, line)
        if kind and kind.lower() not in kinds:
            kind, name = None, f"{kind}: {name}"
        found.append(Wish(kinds[(kind or "other").lower()], name, int(quantity or 1), until))
    return found


def lines_of(promises) -> str:
    """The promises of a level or agreement as they are typed."""
    return "\n".join(
        (f"{p.quantity} x " if p.quantity > 1 else "") + f"{p.kind.value}: {p.name}"
        for p in promises
    )


def check_promises(field) -> None:
    found = wishes_of(field.data or "", None)
    if len(found) > 40 or any(len(wish.name) > 200 for wish in found):
        raise ValidationError(_("At most 40 lines of 200 characters each, please."))
    if any(not 1 <= wish.quantity <= 1000 for wish in found):
        raise ValidationError(_("Please enter a number from %(min)s to %(max)s.", min=1, max=1000))


class SponsorForm(OpenedForm):
    name = LineField(_l("Name"), 120, [InputRequired(REQUIRED)])
    legal_name = LineField(_l("Name in contracts"), 200)
    street = LineField(_l("Street and number"), 200)
    postcode = LineField(_l("Postcode"), 20)
    city = LineField(_l("City"), 100)
    country = SelectField(_l("Country"), default="DE")
    vat_id = LineField(_l("VAT id"), 20)
    buyer_reference = LineField(_l("Their order number"), 80)
    website = LineField(_l("Website"), 300)
    about = ParagraphsField(_l("What the public reads about them"), 2000)
    language = SelectField(_l("Language"), default="en")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = countries()
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        for field in (self.country, self.language):
            field.flags.hide_optional = True

    def validate_website(self, field) -> None:
        if field.data and not re.fullmatch(r"https?://[^\s<>\"']+\.[^\s<>\"']+", field.data):
            raise ValidationError(_("Please enter an address that begins with https://."))

    def company(self) -> Company:
        return Company(**{name: self[name].data for name in Company.__dataclass_fields__})


def countries() -> list[SelectChoice]:
    from flask_babel import get_locale  # noqa: PLC0415  (the reader's, at the time of reading)

    names = get_locale().territories
    codes = sorted((name, code) for code, name in names.items() if re.fullmatch("[A-Z]{2}", code))
    return [SelectChoice(code, name) for name, code in codes if code not in {"EU", "UN", "ZZ"}]


class ContactForm(Form):
    contact_name = LineField(_l("Name"), 120, [InputRequired(REQUIRED)])
    email = AddressField(_l("E-mail"))
    phone = LineField(_l("Telephone"), 40)


class OfferForm(Form):
    level = SelectField(_l("Level"))
    price = euros(_l("Price in EUR, without tax"), optional=True)
    net_days = number(_l("Days to pay"), 0, 365, optional=True)
    valid_until = deadline(_l("The offer stands until"))
    promises = ParagraphsField(_l("What the sponsor gets"), 4000)
    gift = LineField(_l("What the sponsor gives in kind"), 200)
    gift_value = euros(_l("Its value in EUR, with tax"), optional=True)

    def validate_promises(self, field) -> None:
        check_promises(field)

    def validate_gift_value(self, field) -> None:
        if bool(self.gift.data) != bool(field.data):
            raise ValidationError(_("A gift needs its name and its value."))


class WaitForm(Form):
    level = SelectField(_l("Level"))


class ScanForm(Form):
    signer = LineField(_l("Who signed"), 120, [InputRequired(REQUIRED)])
    scan = FileField(_l("The scan as a PDF"))


class CancelForm(Form):
    why = LineField(_l("Why"), 300, [InputRequired(REQUIRED)])


class GiftForm(Form):
    invoice_number = LineField(_l("Number of their invoice"), 60)


class LogoForm(Form):
    logo = FileField(_l("The logo"))
    ground = SelectField(_l("Made for"), default=Ground.ANY.value)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        words = {
            Ground.ANY: _("any ground"),
            Ground.LIGHT: _("a light ground"),
            Ground.DARK: _("a dark ground"),
        }
        self.ground.choices = [SelectChoice(one.value, word) for one, word in words.items()]
        self.ground.flags.hide_optional = True


class JudgeForm(Form):
    why = LineField(_l("What is wrong with it"), 300)


class StepForm(Form):
    """The next step of a benefit; which one, the button says."""

    claim = LineField(_l("What the sponsor wants"), 1000)
    planned_for = DateField(_l("On which day"), [Optional(), sensible_day])
    proof = LineField(_l("What proves it"), 1000)
    why = LineField(_l("Why before it is paid"), 300)


class BoothForm(OpenedForm):
    label = LineField(_l("Label"), 20, [InputRequired(REQUIRED)])
    x = number(_l("From the left, in decimetres"), 0, 5000)
    y = number(_l("From the top, in decimetres"), 0, 5000)
    width = number(_l("Width, in decimetres"), 5, 5000)
    height = number(_l("Depth, in decimetres"), 5, 5000)
    level_id = SelectField(_l("For sponsors of"), coerce=int, default=0)


class HoldForm(Form):
    agreement = SelectField(_l("Hold it for"))


def level_choices(levels) -> list[SelectChoice]:
    return [SelectChoice(level.code, level.name) for level in levels]


class SignForm(Form):
    """A typed name and a press; ``seen`` is the fingerprint of the text on the page."""

    seen = HiddenField()
    name = LineField(_l("Your name"), 120, [InputRequired(REQUIRED)])
    office = LineField(_l("What you are there"), 120)


class ClaimForm(Form):
    claim = LineField(_l("What do you want of it?"), 1000, [InputRequired(REQUIRED)])


class BoothChoiceForm(Form):
    booth = SelectField(_l("Booth"))
