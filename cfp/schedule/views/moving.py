"""Hands on the draft: place, take off, pin, swap, take back; for forms and for the script."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.db import db
from cfp.errors import Refused
from cfp.people.session import me
from cfp.schedule import queries, service
from cfp.schedule.forms import (
    MOST_MOVES,
    EditForm,
    PartsForm,
    PinForm,
    PlaceForm,
    SwapForm,
    read_moves,
)
from cfp.schedule.forms.conditions import ConditionForm
from cfp.schedule.models import Step
from cfp.schedule.puzzle import Programme
from cfp.schedule.views.blueprint import EDITORS, pages
from cfp.schedule.views.board import day_of
from cfp.schedule.views.draft import draft_page, possible_chairs
from cfp.schedule.views.state import asks_for_state, state_now
from cfp.submissions.models import Talk


@pages.post("/<conference>/team/programme/draft/<code>/place")
@allow(*EDITORS)
def place(code):
    talk, form = get_talk(code), PlaceForm()
    form.offer(g.conference)
    if not form.validate_on_submit():
        return draft_page(talk=talk, form=form), 422
    spot = form.spot(g.conference)
    return done(lambda act: service.put(g.conference, {talk: spot}, **act), form.edit.data, code)


@pages.post("/<conference>/team/programme/draft/<code>/unplace")
@allow(*EDITORS)
def unplace(code):
    talk = get_talk(code)
    edit = EditForm().edit.data
    return done(lambda act: service.unplace(g.conference, talk, **act), edit, code)


@pages.post("/<conference>/team/programme/draft/<code>/pin")
@allow(*EDITORS)
def pin(code):
    talk, form = get_talk(code), PinForm()
    held = form.pinned.data
    return done(
        lambda act: service.pin(g.conference, talk, pinned=held, **act), form.edit.data, code
    )


@pages.post("/<conference>/team/programme/draft/<code>/needs")
@allow(*EDITORS)
def needs(code):
    """What a session needs on stage; the rule book holds it from now on."""
    programme = service.read_programme(g.conference)
    talk, form = programme.find_talk(code) or abort(404), ConditionForm(prefix="needs")
    form.offer(programme, talk, possible_chairs(programme))
    if not form.validate_on_submit():
        return draft_page(talk=talk, condition=form), 422
    said, edit = form.said(), form.edit.data
    block = service.block_of(programme, talk) if form.whole_block.data else []

    def keep(act):
        service.set_condition(g.conference, talk, said, **act)
        service.set_chairs(g.conference, block, said["chairs"], by=act["by"], at=act["at"])

    return done(keep, edit, code, typed={"condition": form})


@pages.post("/<conference>/team/programme/draft/<code>/divide")
@allow(*EDITORS)
def divide(code):
    """Give the session in several parts."""
    talk, form = get_talk(code), PartsForm(prefix="parts")
    if not form.validate_on_submit():
        return draft_page(talk=talk, parts=form), 422
    many = form.parts.data
    return anew(lambda act: service.divide(g.conference, talk, many, **act), form.edit.data, code)


@pages.post("/<conference>/team/programme/draft/<code>/join")
@allow(*EDITORS)
def join_parts(code):
    """One session again."""
    talk, form = get_talk(code), EditForm()
    return anew(lambda act: service.join_parts(g.conference, talk, **act), form.edit.data, code)


@pages.post("/<conference>/team/programme/draft/swap")
@allow(*EDITORS)
def swap():
    """Two sessions exchange their places."""
    form = SwapForm()
    one, other = (get_talk(field.data or "") for field in (form.one, form.other))
    return done(
        lambda act: service.swap(g.conference, one, other, **act),
        form.edit.data,
        one.code,
        other.code,
    )


@pages.post("/<conference>/team/programme/draft/arrange")
@allow(*EDITORS)
def arrange():
    """Several sessions in one step: ``put=CODE@room@start`` and ``off=CODE``, many times."""
    moves = read_moves(g.conference, request.form) or abort(400)
    codes = [talk.code for talk in moves]
    return done(lambda act: service.put(g.conference, moves, **act), EditForm().edit.data, *codes)


@pages.post("/<conference>/team/programme/draft/pins")
@allow(*EDITORS)
def pins():
    """Hold several sessions where they are, or let go of them: ``talk=CODE``."""
    form, codes = PinForm(), request.form.getlist("talk")[:MOST_MOVES]
    talks, held = service.find_talks(g.conference, codes), form.pinned.data
    if not talks or len(talks) < len(set(codes)):
        abort(404)
    return done(
        lambda act: service.pin(g.conference, *talks.values(), pinned=held, **act),
        form.edit.data,
        *talks,
    )


@pages.post("/<conference>/team/programme/draft/undo")
@allow(*EDITORS)
def undo():
    """Take back one's own last step."""
    return done(lambda act: service.undo(g.conference, **act), EditForm().edit.data)


@pages.post("/<conference>/team/programme/draft/redo")
@allow(*EDITORS)
def redo():
    """Do again what one took back."""
    return done(lambda act: service.redo(g.conference, **act), EditForm().edit.data)


def get_talk(code: str) -> Talk:
    return service.find_talks(g.conference, [code]).get(code) or abort(404)


def done(
    do: Callable[[dict[str, Any]], object],
    edit: int,
    *codes: str,
    typed: dict[str, Any] | None = None,
):
    """Do it, and answer as it was asked: with the state for the script, else with a page.

    ``typed`` is the form that a page shows again when it was refused.
    """
    try:
        step = do({"by": me(), "at": clock.now(), "edit": edit})
    except Refused as refused:
        if asks_for_state():
            return state_now(edit, refused=refused.sentence), 409
        programme = service.read_programme(g.conference)
        talk = programme.find_talk(codes[0]) if codes else None
        return draft_page(talk=talk, refusal=refused.sentence, **(typed or {})), 409
    codes = codes or touched(step)
    if asks_for_state():
        return state_now(edit, *codes)
    return back(service.read_programme(g.conference), *codes)


def anew(do: Callable[[dict[str, Any]], object], edit: int, code: str):
    """The same for what makes or removes sessions: the whole page comes anew."""
    try:
        do({"by": me(), "at": clock.now(), "edit": edit})
    except Refused as refused:
        return draft_page(talk=get_talk(code), refusal=refused.sentence), 409
    return redirect(url_for("schedule.draft", talk=code, _anchor="talk"))


def touched(step: object) -> tuple[str, ...]:
    """The codes of the sessions that a step moved."""
    if not isinstance(step, Step):
        return ()
    ids = [int(name) for name in step.after]
    return tuple(db.session.scalars(queries.codes_of(ids)))


def back(programme: Programme, *codes: str):
    """To the day and the session that was moved, with a word about what became of it."""
    talk = programme.find_talk(codes[0]) if codes else None
    placement = programme.placed.get(str(talk.id)) if talk else None
    day = day_of(programme, placement).isoformat() if placement else None
    flash(_("Done. It can be taken back."), "success")
    code = talk.code if talk else None
    return redirect(url_for("schedule.draft", day=day, talk=code, _anchor="talk" if code else None))
