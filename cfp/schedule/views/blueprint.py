"""What all pages of the programme share: their blueprint, who may do what, who is looking."""

from datetime import datetime

from flask import Blueprint, g

from cfp import clock
from cfp.access import Role
from cfp.conference.current import roles_here
from cfp.forms import Form

pages = Blueprint("schedule", __name__)

EDITORS = (Role.ORGANISER, Role.CHAIR)
READERS = (*EDITORS, Role.TRACK_CHAIR)


@pages.context_processor
def for_templates():
    """Whether this visitor may change the programme, and how forms write a moment."""
    return {"may_edit": not roles_here().isdisjoint(EDITORS), "wall": wall}


def wall(moment: datetime) -> str:
    """The moment on the conference's clock, as inputs of the type datetime-local write it."""
    return f"{clock.local(moment, g.conference.timezone):%Y-%m-%dT%H:%M}"


def status(form: Form) -> int:
    """422 for a form that was sent and is not right, so that nothing of it is kept."""
    return 422 if form.is_submitted() else 200
