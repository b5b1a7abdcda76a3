"""The shape of what people type about their accounts."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField, RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from cfp.display import LANGUAGES
from cfp.forms import Form, LineField, OpenedForm, ParagraphsField, clean_line
from cfp.people.passwords import LEAST_CHARACTERS, MOST_CHARACTERS

REQUIRED = _l("Please fill this in.")


class AddressField(EmailField):
    """A mail address in its normal form; whether it exists only a mail can tell."""

    def __init__(self, label: str, **kwargs) -> None:
        checks = [DataRequired(REQUIRED), self.is_address]
        super().__init__(label, checks, filters=[clean_line], **kwargs)

    @staticmethod
    def is_address(_form: Form, field: "AddressField") -> None:
        try:
            found = validate_email(
                field.data or "", check_deliverability=False, test_environment=True
            )
        except EmailNotValidError as wrong:
            raise ValidationError(
                _("This does not look like an address: name@example.org is one.")
            ) from wrong
        field.data = found.normalized.lower()


def new_password_field(label: str) -> PasswordField:
    return PasswordField(
        label,
        [
            InputRequired(REQUIRED),
            Length(LEAST_CHARACTERS, MOST_CHARACTERS, _l("Please take 10 characters or more.")),
        ],
        description=_l("10 characters or more; a few words are good."),
        render_kw={"autocomplete": "new-password"},
    )


class SignUpForm(Form):
    name = LineField(
        _l("Name"), 120, [DataRequired(REQUIRED)], description=_l("As others should read it.")
    )
    email = AddressField(_l("E-mail"), render_kw={"autocomplete": "email"})
    password = new_password_field(_l("Password"))


class SignInForm(Form):
    email = AddressField(_l("E-mail"), render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"),
        [InputRequired(REQUIRED), Length(max=MOST_CHARACTERS)],
        render_kw={"autocomplete": "current-password"},
    )


class LinkForm(Form):
    email = AddressField(_l("E-mail"), render_kw={"autocomplete": "email"})


class PasswordForm(Form):
    password = new_password_field(_l("New password"))


class ProfileForm(OpenedForm):
    name = LineField(_l("Name"), 120, [DataRequired(REQUIRED)])
    employer = LineField(
        _l("Employer"),
        120,
        description=_l("Kept from reviewers where reviews are blind; helps to find conflicts."),
    )
    biography = ParagraphsField(
        _l("About you"), 2000, description=_l("Shown with your sessions. Markdown is fine.")
    )
    language = SelectField(
        _l("Language"), choices=[SelectChoice(*language) for language in LANGUAGES.items()]
    )


class CodeForm(Form):
    code = LineField(
        _l("Code"),
        20,
        [InputRequired(REQUIRED)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text"},
    )


class DataForm(Form):
    """Who takes their data along says their password once more, if they have one."""

    password = PasswordField(
        _l("Password"), [Length(max=MOST_CHARACTERS)], render_kw={"autocomplete": "off"}
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.password.flags.hide_optional = True


class ErasureForm(DataForm):
    """Who has themselves erased says so, and the password."""

    sure = BooleanField(
        _l("I have read what is deleted, and that nobody can bring it back"),
        [InputRequired(_l("Please say that you have read it."))],
    )


class LanguageForm(Form):
    language = RadioField(
        _l("Language"), choices=[SelectChoice(*language) for language in LANGUAGES.items()]
    )


class ConfirmForm(Form):
    """Nothing to fill in: a button, and the token that proves where it was pressed."""

    sure = BooleanField(_l("Yes"), default=True)
