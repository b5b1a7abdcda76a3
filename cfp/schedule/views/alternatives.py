"""What if: alternatives side by side, each with what moves and which wishes are won and lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.db import db
from cfp.errors import Refused
from cfp.jobs.models import RunState
from cfp.people.session import me
from cfp.schedule import diff, puzzle, queries, service
from cfp.schedule.models import Alternative, Supposition
from cfp.schedule.problem import Timetable
from cfp.schedule.puzzle import Programme
from cfp.schedule.service import alternatives as what_if
from cfp.schedule.supposed import PROPOSED
from cfp.schedule.views.blueprint import EDITORS, READERS, pages
from cfp.schedule.what_if_forms import LostRoomForm, MissingForm, MoreForm, MovingForm
from cfp.submissions.models import Talk

HERE = "/<conference>/team/programme/what-if"


@dataclass(frozen=True)
class Answer:
    """An alternative with what its plan would change; stale if the draft changed since."""

    alternative: Alternative
    moves: list[diff.Change]
    stale: bool
    go_on: tuple[Talk, ...] = ()  # sessions of whoever cancels that others give, too

    @property
    def moved(self) -> int:
        """How many sessions stand elsewhere; what leaves or comes does not move."""
        return sum(change.before is not None and change.after is not None for change in self.moves)

    @property
    def is_ready(self) -> bool:
        run = self.alternative.run
        return run is not None and run.state is RunState.DONE


@pages.get(f"{HERE}/")
@allow(*READERS)
def alternatives():
    return alternatives_page()


@pages.get(f"{HERE}/<code>")
@allow(*READERS)
def alternative(code):
    """One of them, asked for again and again while it is being solved."""
    found = get_alternative(code)
    programme = service.read_programme(g.conference)
    return render_template(
        "schedule/_alternative.html", answer=answer_of(programme, found), **names(programme)
    )


@pages.post(f"{HERE}/new/<any(speaker, room, session, more):question>")
@allow(*EDITORS)
def suppose(question):
    """Ask a new question."""
    programme = service.read_programme(g.conference)
    forms = forms_of(programme)
    if forms[question].validate_on_submit():
        with forms[question].refusals():
            ask(question, forms[question], programme)
        if not forms[question].errors:
            return redirect(url_for("schedule.alternatives"))
    return alternatives_page(programme, forms), 422


def ask(question, form, programme):
    """Put the question that the form holds."""
    here = g.conference
    asked: dict[str, Any] = {"by": me(), "at": clock.now(), "open_now": len(open_alternatives())}
    if question == "speaker":
        what_if.suppose_speaker_cancels(here, form.people[form.person.data], **asked)
    elif question == "room":
        what_if.suppose_room_is_lost(
            here, programme.room[form.room.data], form.chosen_day(programme), **asked
        )
    elif question == "session":
        talk = programme.find_talk(form.talk.data)
        what_if.suppose_session_moves(here, talk, *form.spot(here), **asked)
    else:
        what_if.suppose_also_accepted(here, form.chosen(), **asked)


@pages.post(f"{HERE}/<code>/<any(adopt, drop, again):verb>")
@allow(*EDITORS)
def answer(code, verb):
    """Adopt the plan, drop the question, or ask it again for the draft as it stands."""
    found = get_alternative(code)
    act: dict[str, Any] = {"by": me(), "at": clock.now()}
    if verb == "adopt":
        try:
            what_if.adopt_alternative(g.conference, found, **act)
        except Refused as refused:
            return alternatives_page(refusal=refused.sentence), 409
        flash(_("The plan is adopted."), "success")
        return redirect(url_for("schedule.draft"))
    if verb == "drop":
        what_if.drop(found, **act)
    else:
        what_if.solve_anew(found, **act)
    return redirect(url_for("schedule.alternatives"))


def alternatives_page(programme=None, forms=None, refusal=None):
    programme = programme or service.read_programme(g.conference)
    found = open_alternatives()
    return render_template(
        "schedule/alternatives.html",
        programme=programme,
        answers=[answer_of(programme, one) for one in found],
        forms=forms or forms_of(programme),
        refusal=refusal,
        **names(programme),
    )


def forms_of(programme: Programme):
    """One form a kind of question, filled with what this edition has."""
    forms = {
        "speaker": MissingForm(prefix="speaker"),
        "room": LostRoomForm(prefix="room"),
        "session": MovingForm(prefix="session"),
        "more": MoreForm(prefix="more"),
    }
    proposals = list(db.session.scalars(queries.not_yet_accepted(g.conference.id)).unique())
    for form in forms.values():
        form.know(programme, proposals)
    return forms


def open_alternatives() -> list[Alternative]:
    return list(db.session.scalars(queries.alternatives(g.conference.id)))


def get_alternative(code: str) -> Alternative:
    asked = queries.alternatives(g.conference.id).where(Alternative.code == code)
    return db.session.scalar(asked) or abort(404)


def answer_of(programme: Programme, found: Alternative) -> Answer:
    """What the plan would change of the draft; nothing while there is no plan."""
    run = found.run
    if run is None or run.state is not RunState.DONE:
        return Answer(found, [], stale=False)
    planned = puzzle.from_json(run.result["timetable"])
    problem = puzzle.problem_of(programme)
    shown = Timetable((talk, spot) for talk, spot in planned.items() if spot.room in programme.room)
    after = diff.entries(problem, shown) | dict(_proposed(run.result, shown))
    before = diff.entries(problem, puzzle.timetable_of(programme.placements))
    return Answer(
        found,
        diff.diff(before, after),
        stale=run.result["edit"] != programme.edit,
        go_on=tuple(_given_together(programme, found)),
    )


def _given_together(programme: Programme, found: Alternative) -> Iterator[Talk]:
    """If a speaker cancels: their placed sessions that somebody else gives as well."""
    if found.kind is not Supposition.SPEAKER_CANCELS:
        return
    for placement in programme.placements:
        speakers = placement.talk.submission.speakers
        people = {speaker.person_id for speaker in speakers if not speaker.declined_at}
        if found.supposed["person"] in people and len(people) > 1:
            yield placement.talk


def _proposed(result: dict[str, Any], shown: Timetable) -> Iterator[tuple[str, diff.Entry]]:
    """Proposals that found a place, as entries of a programme."""
    for name, (title, minutes) in result["proposals"].items():
        if name.startswith(PROPOSED) and name in shown:
            yield name, diff.Entry(title, shown[name].room, shown[name].start, minutes)


def names(programme: Programme) -> dict[str, dict[str, str]]:
    return {"room_names": {name: room.name for name, room in programme.room.items()}}
