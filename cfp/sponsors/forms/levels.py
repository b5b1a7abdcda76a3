"""The shape of terms, levels and what is promised in them."""

from __future__ import annotations

import re
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    SelectField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp import clock
from cfp.conference.forms import deadline, number
from cfp.forms import InRange, LineField, OpenedForm, ParagraphsField, clean_line
from cfp.sponsors.models import BenefitKind
from cfp.sponsors.service.settings import PlanTerms, Wish

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
    plan_width = number(_l("Width of the plan of booths, in metres"), 2, 500)
    plan_height = number(_l("Depth of the plan of booths, in metres"), 2, 500)

    def terms(self, usual: str) -> PlanTerms:
        """What was typed; the usual text of the agreement is kept as none of one's own."""
        text = self.agreement_text.data
        return PlanTerms(
            is_open=self.is_open.data,
            pitch=self.pitch.data,
            agreement_text="" if text == usual.strip() else text,
            net_days=self.net_days.data,
            offer_days=self.offer_days.data,
            ticket_product_id=self.ticket_product_id.data or None,
            plan_width=self.plan_width.data * 10,
            plan_height=self.plan_height.data * 10,
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
