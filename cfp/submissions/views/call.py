"""The public call for papers."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template
from flask_babel import ngettext

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.submissions.views import pages


def phase_of(conference, at) -> str:
    """Where the call stands: without a date, not open yet, open, over."""
    if conference.call_opens_at is None:
        return "unplanned"
    if at < conference.call_opens_at:
        return "soon"
    return "open" if conference.call_is_open(at) else "over"


@pages.get("/<conference>/call/")
@allow(Role.ANYONE)
def call():
    """Read the call for papers."""
    conference, at = current_conference(), clock.now()
    phase = phase_of(conference, at)
    until = conference.call_closes_at if phase == "open" else conference.call_opens_at
    left = time_left(until - at) if until and phase in {"open", "soon"} else None
    return render_template("submissions/call.html", phase=phase, left=left)


def time_left(span: timedelta) -> str:
    """How long still, in the largest whole unit: "12 days", "5 hours", "3 minutes"."""
    if span >= timedelta(days=2):
        return ngettext("%(num)d day", "%(num)d days", span.days)
    hours, minutes = divmod(max(int(span.total_seconds()) // 60, 0), 60)
    if hours:
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)
