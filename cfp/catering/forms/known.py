"""What the organisers know about those who will come, and files of what the past sold."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp.catering.forms.fields import MOST_PEOPLE, DaysField, as_number, day
from cfp.conference.forms import REQUIRED, number
from cfp.conference.models import Conference
from cfp.forms import Form, LineField, OpenedForm, ParagraphsField


class KitchenForm(OpenedForm):
    """What the organisers know about who will come."""

    follows_id = SelectField(
        _l("The edition before this one"),
        coerce=as_number,
        default=0,
        description=_l("If it was sold here, its tickets tell how this one will sell."),
    )
    target = number(
        _l("Tickets you expect to sell"),
        1,
        MOST_PEOPLE,
        optional=True,
        description=_l("Your own number. It counts as much as last year's with its growth."),
    )
    capacity = number(_l("Most people the house holds"), 1, MOST_PEOPLE, optional=True)
    sale_ends_on = day(_l("Last day of selling"), description=_l("Empty: until the doors open."))
    steps = DaysField(
        _l("Price steps"),
        [Optional()],
        description=_l(
            "Days on which a price rises or a benefit ends, such as 2027-02-28. Those of the shop"
            " are known already."
        ),
    )
    crew = number(_l("Crew who eat"), 0, MOST_PEOPLE, default=0)
    speakers = number(_l("Speakers who eat"), 0, MOST_PEOPLE, default=0)
    codes = number(
        _l("Free codes given out"),
        0,
        MOST_PEOPLE,
        default=0,
        description=_l("For sponsors, partners and guests, where they are not in the shop."),
    )
    codes_claimed = number(_l("Of these already claimed"), 0, MOST_PEOPLE, default=0)
    claim_by = day(_l("Codes lapse after"))
    ask_again_on = day(
        _l("Mail that asks who comes"),
        description=_l("The day on which you ask everybody again whether they will be there."),
    )
    will_come = number(
        _l("Answered that they come"),
        0,
        MOST_PEOPLE,
        optional=True,
        description=_l("Of those who paid. Whoever gave the ticket back is not counted anyway."),
    )
    stay_away = number(_l("Answered that they do not"), 0, MOST_PEOPLE, optional=True)
    men_percent = number(_l("Men, in percent"), 0, 100, default=70)
    young_percent = number(_l("Aged 19 to 24, in percent"), 0, 100, default=15)
    older_percent = number(_l("Aged 51 and older, in percent"), 0, 100, default=10)

    def offer(self, before: list[Conference]) -> None:
        """The editions that may have come before."""
        self.follows_id.flags.hide_optional = True
        self.follows_id.choices = [
            SelectChoice(0, _("None that was sold here")),
            *(SelectChoice(one.id, one.name) for one in before),
        ]

    def values(self) -> dict[str, Any]:
        return {
            name: value for name, value in self.data.items() if name not in {"csrf_token", "opened"}
        } | {
            "follows_id": self.follows_id.data or None,
            "steps": self.steps.data or [],
            "will_come": self.will_come.data or 0,
            "stay_away": self.stay_away.data or 0,
        }


class PastForm(Form):
    """An edition whose sales come as a file."""

    name = LineField(_l("Name"), 120, [InputRequired(REQUIRED)])
    starts_on = day(_l("First day"), optional=False)
    steps = DaysField(_l("Price steps"), [Optional()], description=_l("Such as 2026-02-28."))
    sold_out = BooleanField(_l("It was sold out"))
    file = FileField(
        _l("File of its sales"),
        description=_l(
            "A table (CSV) with order time, product, tier, price and checked in or not, or pretix'"
            " export of orders (JSON). Names and addresses in it are not kept."
        ),
    )

    pasted = ParagraphsField(
        _l("Or the table itself"),
        200_000,
        description=_l("Copied from a spreadsheet, its first line with the names of the columns."),
    )

    def content(self) -> bytes:
        """What the file holds, or what was pasted."""
        return self.file.data.read() if self.file.data else (self.pasted.data or "").encode()

    def validate_file(self, field: Field) -> None:
        if not field.data and not self.pasted.data:
            raise ValidationError(_("Please choose a file, or paste the table."))

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "starts_on": self.starts_on.data,
            "steps": self.steps.data or [],
            "sold_out": self.sold_out.data,
            "filename": (self.file.data.filename or "")[:200] if self.file.data else "",
        }
