"""The shape of what organisers type about sponsors, offers, benefits and booths."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    DecimalField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp.conference.forms import NUMBER, deadline, number, sensible_day
from cfp.display import LANGUAGES
from cfp.forms import Form, InRange, LineField, OpenedForm, ParagraphsField
from cfp.people.forms import AddressField
from cfp.sponsors.forms.levels import REQUIRED, check_promises, euros
from cfp.sponsors.models import Ground
from cfp.sponsors.pictures import MOST_BYTES
from cfp.sponsors.service.register import Company


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
        is_web_address(self, field)

    def company(self) -> Company:
        return Company(**{name: self[name].data for name in Company.__dataclass_fields__})


def is_web_address(_form, field) -> None:
    if field.data and not re.fullmatch(r"https?://[^\s<>\"']+\.[^\s<>\"']+", field.data):
        raise ValidationError(_("Please enter an address that begins with https://."))


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


class BillForm(Form):
    """What we write in the sponsor's name."""

    rate = DecimalField(
        _l("Tax in percent"),
        [InputRequired(REQUIRED), InRange(0, 27, NUMBER)],
        places=2,
        description=_l("19 or 7; 0 of a small business. A tax adviser knows what is right."),
    )


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
        for field in (self.logo, self.ground):
            field.flags.hide_optional = True

    def sent(self) -> bytes:
        """The bytes of the file, as far as they need to be read to see that they are too many."""
        return self.logo.data.read(MOST_BYTES + 1) if self.logo.data else b""


class JudgeForm(Form):
    why = LineField(_l("What is wrong with it"), 300)


class EmployerForm(Form):
    """Whom the public may read about; the button says whether."""

    employer = LineField(_l("Employer"), 120, [InputRequired(REQUIRED)])


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
