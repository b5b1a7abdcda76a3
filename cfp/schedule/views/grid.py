"""The grid: when which room is open, and the breaks."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.people.session import me
from cfp.schedule import service
from cfp.schedule.forms import ALL, BreakForm, CloseForm, HoursForm, MoveBreakForm
from cfp.schedule.models import BreakKind
from cfp.schedule.views.blueprint import EDITORS, READERS, pages
from cfp.schedule.views.strips import strips_of


@pages.get("/<conference>/team/programme/grid/")
@allow(*READERS)
def grid():
    return grid_page()


@pages.post("/<conference>/team/programme/grid/hours")
@allow(*EDITORS)
def set_hours():
    form = HoursForm()
    form.offer(g.conference)
    if form.validate_on_submit():
        with form.refusals():
            service.set_openings(
                g.conference,
                form.rooms(g.conference),
                form.days(g.conference),
                (form.first.data, form.last.data),
                raster=form.raster.data or None,
                drawn=service.Drawn(form.instead.data) if form.drawn.data else None,
                by=me(),
                at=clock.now(),
            )
        if not form.errors:
            flash(_("The opening hours are set."), "success")
            return redirect(url_for("schedule.grid"))
    return grid_page(hours=form)


@pages.post("/<conference>/team/programme/grid/close")
@allow(*EDITORS)
def close():
    """Close a room on a day, by the button beside its hours."""
    form = CloseForm()
    form.offer(g.conference)
    if not form.validate_on_submit():
        abort(404)
    rooms, days = form.rooms(g.conference), form.days(g.conference)
    service.set_openings(g.conference, rooms, days, None, by=me(), at=clock.now())
    flash(_("Closed."), "success")
    return redirect(url_for("schedule.grid"))


@pages.post("/<conference>/team/programme/grid/breaks")
@allow(*EDITORS)
def add_break():
    form = BreakForm(prefix="break")
    form.offer(g.conference)
    if form.validate_on_submit():
        room = None if form.room.data == ALL else form.rooms(g.conference)[0]
        with form.refusals():
            for day in form.days(g.conference):
                service.add_break(
                    g.conference,
                    form.title.data,
                    day,
                    (form.first.data, form.last.data),
                    room,
                    kind=BreakKind(form.sort.data),
                    by=me(),
                    at=clock.now(),
                )
        if not form.errors:
            flash(_("The break is in the grid."), "success")
            return redirect(url_for("schedule.grid"))
    return grid_page(pause=form)


@pages.post("/<conference>/team/programme/grid/breaks/<int:break_id>/move")
@allow(*EDITORS)
def move_break(break_id):
    """An edge of it was pulled on the strip of its day."""
    pause, form = get_break(break_id), MoveBreakForm()
    if not form.validate_on_submit():
        abort(400)
    hours = form.first.data, form.last.data
    service.move_break(g.conference, pause, hours, by=me(), at=clock.now())
    flash(_("The break is in the grid."), "success")
    return redirect(url_for("schedule.grid"))


@pages.post("/<conference>/team/programme/grid/breaks/<int:break_id>/remove")
@allow(*EDITORS)
def remove_break(break_id):
    pause = get_break(break_id)
    service.remove_break(g.conference, pause, by=me(), at=clock.now())
    flash(_("The break is gone."), "success")
    return redirect(url_for("schedule.grid"))


def get_break(break_id):
    """A break of this edition."""
    programme = service.read_programme(g.conference)
    return next((one for one in programme.breaks if one.id == break_id), None) or abort(404)


def grid_page(hours=None, pause=None):
    """The grid with its forms; one of them may come back with what is wrong in it."""
    sent = hours or pause
    hours, pause = hours or HoursForm(formdata=None), pause or BreakForm(None, prefix="break")
    for form in (hours, pause):
        form.offer(g.conference)
    programme = service.read_programme(g.conference)
    page = render_template(
        "schedule/grid.html",
        hours=hours,
        pause=pause,
        strips=strips_of(programme),
        rooms={room.id: room.name for room in programme.rooms},
    )
    return page, 422 if sent else 200
