"""Set a rule aside for one talk, person or break, by hand and in writing; or let it hold again."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule import rules
from cfp.schedule.service.programme import hold_draft

MOST_SUBJECT = 80


def set_aside(
    conference: Conference,
    rule: str,
    subject: str,
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> None:
    """From now on the rule says nothing about this subject, here and at the release."""
    known = {one.key: one for one in rules.RULES}.get(rule)
    if known is None or known.physical or not 0 < len(subject) <= MOST_SUBJECT:
        raise Refused(_("This rule cannot be set aside."))
    draft = hold_draft(conference, edit)
    pair = [rule, subject]
    if pair not in (draft.waivers or []):
        draft.waivers = [*(draft.waivers or []), pair]
        log("set a rule aside", draft, by=by, at=at, rule=rule, subject=subject)


def hold_again(
    conference: Conference,
    rule: str,
    subject: str,
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> None:
    """The rule holds for everybody again."""
    draft = hold_draft(conference, edit)
    pair = [rule, subject]
    if pair in (draft.waivers or []):
        draft.waivers = [one for one in draft.waivers or [] if one != pair]
        log("let a rule hold again", draft, by=by, at=at, rule=rule, subject=subject)
