"""The draft: a day of the grid, what waits at its side, clashes in words, places for a talk."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.errors import Refused
from cfp.jobs import service as jobs
from cfp.schedule import service
from cfp.schedule.forms import EditForm, PinForm, PlaceForm, SolveForm
from cfp.schedule.tasks import SOLVE
from cfp.schedule.views.blueprint import EDITORS, READERS, me, pages, wall
from cfp.schedule.views.board import board_of, day_of, days_of
from cfp.schedule.views.plan import Plan
from cfp.schedule.views.solving import last_solution

SIDE = "side"


@pages.get("/<conference>/team/programme/draft/")
@allow(*READERS)
def draft():
    """One day; ``talk`` opens a talk with its places, ``was`` offers to put it back."""
    return draft_page()


@pages.post("/<conference>/team/programme/draft/<code>/place")
@allow(*EDITORS)
def place(code):
    programme = service.read_programme(g.conference)
    talk = programme.find_talk(code) or abort(404)
    form = PlaceForm()
    form.offer(programme)
    if not form.validate_on_submit():
        return draft_page(talk=talk, form=form), 422
    was = where(programme.placed.get(str(talk.id)))
    room, start, edit = programme.room[form.room.data], form.starts_at(g.conference), form.edit.data
    try:
        placement = service.place(
            g.conference, talk, room, start, by=me(), at=clock.now(), edit=edit
        )
    except Refused as refused:
        return draft_page(talk=talk, refusal=refused.sentence), 409
    return back(talk, day_of(programme, placement), was)


@pages.post("/<conference>/team/programme/draft/<code>/unplace")
@allow(*EDITORS)
def unplace(code):
    programme = service.read_programme(g.conference)
    talk = programme.find_talk(code) or abort(404)
    placement, edit = programme.placed.get(str(talk.id)), EditForm().edit.data
    was = where(placement)
    try:
        service.unplace(g.conference, talk, by=me(), at=clock.now(), edit=edit)
    except Refused as refused:
        return draft_page(talk=talk, refusal=refused.sentence), 409
    return back(talk, day_of(programme, placement) if placement else None, was)


@pages.post("/<conference>/team/programme/draft/<code>/pin")
@allow(*EDITORS)
def pin(code):
    programme = service.read_programme(g.conference)
    talk = programme.find_talk(code) or abort(404)
    form = PinForm()
    pinned, edit = form.pinned.data, form.edit.data
    try:
        service.pin(g.conference, talk, pinned=pinned, by=me(), at=clock.now(), edit=edit)
    except Refused as refused:
        return draft_page(talk=talk, refusal=refused.sentence), 409
    flash(_("Pinned: it stays where it is.") if pinned else _("It may be moved again."), "success")
    return back(talk, day_of(programme, programme.placed[str(talk.id)]))


@pages.post("/<conference>/team/programme/draft/solve")
@allow(*EDITORS)
def solve():
    form = SolveForm()
    if not form.validate_on_submit():
        sentence = _("Please give the solver 5 to 300 seconds and a seed from 0 on.")
        return draft_page(refusal=sentence, solve_form=form), 422
    jobs.ask_once(
        SOLVE,
        by=me(),
        at=clock.now(),
        conference_id=g.conference.id,
        seconds=form.seconds.data,
        seed=form.seed.data,
        only_rest=form.only_rest.data,
        asked_by=me().id,
    )
    return redirect(url_for("schedule.draft"))


def draft_page(talk=None, form=None, refusal=None, solve_form=None):
    """The draft as it stands now; ``talk`` is open, with its form or the reason of a refusal."""
    programme = service.read_programme(g.conference)
    talk = talk or programme.find_talk(request.args.get("talk", ""))
    placed = days_of(programme)
    day = chosen_day(programme, talk, placed)
    plan = Plan(programme)
    return render_template(
        "schedule/draft.html",
        programme=programme,
        plan=plan,
        days=placed,
        board=board_of(programme, day, placed[day]),
        talk=talk,
        placement=programme.placed.get(str(talk.id)) if talk else None,
        form=form or place_form(programme, talk),
        spots=plan.spots(talk) if talk else [],
        was=was_asked(programme),
        refusal=refusal,
        solution=last_solution(programme, plan),
        solve_form=solve_form or SolveForm(formdata=None),
        room_names={name: room.name for name, room in programme.room.items()},
    )


def chosen_day(programme, talk, placed):
    """The day that is asked for, else that of the open talk, else the first."""
    asked = request.args.get("day", "")
    placement = programme.placed.get(str(talk.id)) if talk else None
    today = [day for day in placed if day.isoformat() == asked]
    return next(iter(today), day_of(programme, placement) if placement else next(iter(placed)))


def place_form(programme, talk):
    """The form for another place, filled with the present one."""
    if talk is None:
        return None
    form = PlaceForm(formdata=None, edit=programme.edit)
    form.offer(programme)
    placement = programme.placed.get(str(talk.id))
    if placement:
        form.room.data = str(placement.room_id)
        form.start.data = clock.local(placement.starts_at, g.conference.timezone)
    return form


def where(placement):
    """A place as it stands in an address: room and wall time; ``side`` for none."""
    if placement is None:
        return SIDE
    return f"{placement.room_id}@{wall(placement.starts_at)}"


def was_asked(programme):
    """Where the open talk stood before its last move, if the address says something true."""
    asked = request.args.get("was", "")
    room, _at, start = asked.partition("@")
    if asked == SIDE:
        return SIDE, None
    return (programme.room[room], start) if room in programme.room else None


def back(talk, day, was=None):
    day = day.isoformat() if day else None
    return redirect(url_for("schedule.draft", day=day, talk=talk.code, was=was, _anchor="talk"))
