"""The shape of what sponsors type: who they are, what they ask for, a signature, a wish."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from cfp.forms import Form, LineField, OpenedForm, ParagraphsField
from cfp.people.forms import AddressField
from cfp.sponsors.forms.dealing import is_web_address
from cfp.sponsors.forms.levels import REQUIRED
from cfp.sponsors.service.applications import Applicant


class ApplicationForm(Form):
    """Whoever would like to sponsor."""

    level = SelectField(_l("Level"))
    company = LineField(_l("Company"), 120, [InputRequired(REQUIRED)])
    contact_name = LineField(_l("Your name"), 120, [InputRequired(REQUIRED)])
    email = AddressField(_l("E-mail"))
    website = LineField(_l("Website"), 300)
    message = ParagraphsField(_l("What we should know"), 2000)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.level.flags.hide_optional = True

    def validate_website(self, field) -> None:
        is_web_address(self, field)

    def applicant(self, language: str) -> Applicant:
        return Applicant(
            company=self.company.data,
            name=self.contact_name.data,
            email=self.email.data,
            website=self.website.data,
            message=self.message.data,
            language=language,
        )


class DeskCompanyForm(OpenedForm):
    """What a sponsor changes of itself; its country and VAT id decide the tax and are asked for."""

    legal_name = LineField(_l("Name in contracts"), 200)
    street = LineField(_l("Street and number"), 200, [InputRequired(REQUIRED)])
    postcode = LineField(_l("Postcode"), 20)
    city = LineField(_l("City"), 100, [InputRequired(REQUIRED)])
    buyer_reference = LineField(_l("Your order number"), 80)
    website = LineField(_l("Website"), 300)
    about = ParagraphsField(_l("What the public reads about you"), 2000)

    def validate_website(self, field) -> None:
        is_web_address(self, field)

    def said(self) -> dict[str, str]:
        own = ("legal_name", "street", "postcode", "city", "buyer_reference", "website", "about")
        return {name: self[name].data for name in own}


class OwnContactForm(OpenedForm):
    """How one is reached oneself."""

    name = LineField(_l("Name"), 120, [InputRequired(REQUIRED)])
    phone = LineField(_l("Telephone"), 40)
    gets_invoices = BooleanField(_l("Invoices are addressed to me"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.name, self.phone):  # colleagues' fields stand on the same page
            field.id = f"own-{field.id}"


class SignForm(Form):
    """A typed name and a press; ``seen`` is the fingerprint of the text on the page."""

    seen = HiddenField()
    name = LineField(_l("Your name"), 120, [InputRequired(REQUIRED)])
    office = LineField(_l("What you are there"), 120)


class ClaimForm(Form):
    claim = LineField(_l("What do you want of it?"), 1000, [InputRequired(REQUIRED)])


class BoothChoiceForm(Form):
    booth = SelectField(_l("Booth"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.booth.flags.hide_optional = True
