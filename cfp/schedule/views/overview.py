"""Where the programme stands, and the one thing to do next."""

from dataclasses import dataclass

from flask import current_app, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp.access import allow
from cfp.schedule import diff, service
from cfp.schedule.puzzle import Programme
from cfp.schedule.service.content import entries_of, room_names
from cfp.schedule.views.blueprint import READERS, pages
from cfp.schedule.views.plan import Plan
from cfp.submissions.models import TalkState


@dataclass(frozen=True)
class Step:
    """One sentence, and where it is done."""

    sentence: str
    action: str
    url: str | None


@pages.get("/<conference>/team/programme/")
@allow(*READERS)
def overview():
    programme = service.read_programme(g.conference)
    plan, changes = Plan(programme), changes_since_release(programme)
    return render_template(
        "schedule/overview.html",
        programme=programme,
        plan=plan,
        unconfirmed=sum(talk.state is TalkState.UNCONFIRMED for talk in programme.talks),
        changes=changes,
        rooms=room_names(programme.last.released_content if programme.last else None)
        | {name: room.name for name, room in programme.room.items()},
        step=next_step(programme, plan, changes),
    )


def changes_since_release(programme: Programme) -> list[diff.Change]:
    """What a release of the draft, as far as it is confirmed, would change."""
    return diff.diff(
        entries_of(programme.last.released_content if programme.last else None),
        entries_of(service.content_of(service.releasable(programme, unconfirmed=False))),
    )


def next_step(programme: Programme, plan: Plan, changes: list[diff.Change]) -> Step | None:
    """The first thing that is not done yet; None when everything is announced."""
    waiting, stopping = len(programme.unplaced), plan.stopping
    steps = (
        (
            not programme.rooms,
            _("There are no rooms yet."),
            (_("Add rooms"), "conference.settings"),
        ),
        (
            not programme.openings,
            _("Say when the rooms are open; everything else builds on that."),
            (_("Set the opening hours"), "schedule.grid"),
        ),
        (
            not programme.talks,
            _("No proposal has become a session yet."),
            (_("Select sessions"), "reviews.overview"),
        ),
        (
            waiting,
            ngettext("%(num)d session has no place.", "%(num)d sessions have no place.", waiting),
            (_("Place them"), "schedule.draft"),
        ),
        (
            stopping,
            ngettext("%(num)d clash stops a release.", "%(num)d clashes stop a release.", stopping),
            (_("Look at the clashes"), "schedule.draft"),
        ),
        (
            changes,
            _("Everything has its place and nothing clashes."),
            (_("Release the schedule"), "schedule.release"),
        ),
    )
    return next((Step(say, do, url_of(page)) for open_, say, (do, page) in steps if open_), None)


def url_of(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None
