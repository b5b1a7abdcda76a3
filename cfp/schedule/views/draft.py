"""The draft: the days of the grid, what waits at its side, clashes in words, places for a talk."""

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.db import db
from cfp.jobs import service as jobs
from cfp.people.session import me
from cfp.schedule import queries, service
from cfp.schedule.forms import PartsForm, PlaceForm, SolveForm, known_edit
from cfp.schedule.forms.conditions import ConditionForm, shown
from cfp.schedule.problem import Place
from cfp.schedule.tasks import SOLVE
from cfp.schedule.views.blueprint import EDITORS, READERS, pages
from cfp.schedule.views.board import day_of
from cfp.schedule.views.solving import last_solution
from cfp.schedule.views.state import Desk, state_now

ALL_DAYS = "all"


@pages.get("/<conference>/team/programme/draft/")
@allow(*READERS)
def draft():
    """One day, or all; ``talk`` opens a talk with its places."""
    return draft_page()


@pages.get("/<conference>/team/programme/draft/state")
@allow(*READERS)
def draft_state():
    """The draft for a page that is open; nothing if it shows the newest already."""
    edit = known_edit(request.args.get("edit"))
    if edit == service.read_edit(g.conference):
        return Response(status=204, mimetype="application/json")
    return state_now(edit)


@pages.get("/<conference>/team/programme/draft/<code>/")
@allow(*READERS)
def open_talk(code):
    """What stands beside the grid about one session."""
    programme = service.read_programme(g.conference)
    talk = programme.find_talk(code) or abort(404)
    return render_template("schedule/_open_talk.html", **about_talk(Desk(programme), talk))


@pages.get("/<conference>/team/programme/draft/<code>/try")
@allow(*READERS)
def try_place(code):
    """What would be wrong, and what better or worse, if the session stood there."""
    programme = service.read_programme(g.conference)
    talk = programme.find_talk(code) or abort(404)
    form = PlaceForm(request.args, meta={"csrf": False})
    form.offer(g.conference, programme.rooms)
    if not form.validate():
        abort(400)
    room, start = form.spot(g.conference)
    return Desk(programme).plan.tried(talk, Place(str(room.id), start))


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


def draft_page(talk=None, form=None, refusal=None, solve_form=None, condition=None, parts=None):
    """The draft as it stands now; ``talk`` is open, with its form or the reason of a refusal."""
    programme = service.read_programme(g.conference, me())
    talk = talk or programme.find_talk(request.args.get("talk", ""))
    desk = Desk(programme)
    solution = last_solution(programme, desk.plan)
    return render_template(
        "schedule/draft.html",
        **about_talk(desk, talk, form, solution, condition, parts),
        desk=desk,
        day=chosen_day(programme, talk, desk.placed),
        refusal=refusal,
        solution=solution,
        solve_form=solve_form or SolveForm(formdata=None),
        room_names={name: room.name for name, room in programme.room.items()},
    )


def about_talk(desk, talk, form=None, solution=None, condition=None, parts=None):
    """What the panel of an open talk shows; nothing is open without one."""
    programme = desk.programme
    return {
        "programme": programme,
        "plan": desk.plan,
        "talk": talk,
        "placement": programme.placed.get(str(talk.id)) if talk else None,
        "form": form or place_form(programme, talk),
        "spots": desk.plan.spots(talk) if talk else [],
        "condition": condition or condition_form(programme, talk),
        "parts": parts or PartsForm(formdata=None, prefix="parts", edit=programme.edit),
        "reason": solution.reasons.get(str(talk.id)) if talk and solution else None,
    }


def chosen_day(programme, talk, placed):
    """The day that is asked for (None: all), else that of the open talk, else the first."""
    asked = request.args.get("day", "")
    if asked == ALL_DAYS:
        return None
    placement = programme.placed.get(str(talk.id)) if talk else None
    today = [day for day in placed if day.isoformat() == asked]
    return next(iter(today), day_of(programme, placement) if placement else next(iter(placed)))


def place_form(programme, talk):
    """The form for another place, filled with the present one."""
    if talk is None:
        return None
    form = PlaceForm(formdata=None, edit=programme.edit)
    form.offer(programme.conference, programme.rooms)
    placement = programme.placed.get(str(talk.id))
    if placement:
        form.room.data = str(placement.room_id)
        form.start.data = clock.local(placement.starts_at, g.conference.timezone)
    return form


def condition_form(programme, talk):
    """What the open talk needs, as it was said."""
    if talk is None:
        return None
    known = shown(programme.decided.of(str(talk.id)), programme.conference.timezone)
    form = ConditionForm(formdata=None, prefix="needs", data=known | {"edit": programme.edit})
    form.offer(programme, talk, possible_chairs(programme))
    return form


def possible_chairs(programme):
    """Those of the team, and everybody who speaks."""
    team = db.session.scalars(queries.team(programme.conference.id))
    return [*team, *(s.person for talk in programme.talks for s in talk.submission.speakers)]
