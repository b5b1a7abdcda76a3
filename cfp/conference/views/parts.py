"""Rooms, tracks and formats of an edition: three lists that are kept alike."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference import queries
from cfp.conference.current import current_conference
from cfp.conference.forms import FormatForm, RoomForm, TrackForm, moment_of
from cfp.conference.models import Format, Room, Track
from cfp.conference.queries import Part
from cfp.conference.service import parts as service
from cfp.conference.views import pages
from cfp.conference.views.settings import frame
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me

LIST = "/<conference>/team/settings/<any(rooms, tracks, formats):kind>"


@dataclass(frozen=True)
class Kind:
    """A thing that editions have several of, and the form that describes one."""

    model: type[Part]
    form: type[Form]


KINDS = {
    "rooms": Kind(Room, RoomForm),
    "tracks": Kind(Track, TrackForm),
    "formats": Kind(Format, FormatForm),
}


@pages.get(f"{LIST}/")
@allow(Role.ORGANISER, Role.CHAIR)
def parts(kind):
    """See rooms, tracks and formats."""
    there = queries.parts(KINDS[kind].model, current_conference())
    return render_template(
        "conference/parts.html", kind=kind, found=db.session.scalars(there).all(), **frame()
    )


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def new_part(kind):
    """Add a room, track or format."""
    form = KINDS[kind].form()
    if form.validate_on_submit():
        with form.refusals():
            service.add_part(
                KINDS[kind].model,
                current_conference(),
                _values(form),
                by=me(),
                at=clock.now(),
            )
        if not form.errors:
            flash(_("“%(name)s” is added.", name=form.name.data), "success")
            return redirect(url_for("conference.parts", kind=kind))
    return _form(kind, form, None)


@pages.route(f"{LIST}/<int:part_id>", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def part(kind, part_id):
    """Change a room, track or format."""
    found = _get(kind, part_id)
    form = KINDS[kind].form(data=_known(found))
    if form.validate_on_submit():
        with form.refusals():
            service.change_part(found, _values(form), by=me(), at=clock.now())
        if not form.errors:
            flash(_("“%(name)s” is saved.", name=form.name.data), "success")
            return redirect(url_for("conference.parts", kind=kind))
    return _form(kind, form, found)


@pages.post(f"{LIST}/<int:part_id>/remove")
@allow(Role.ORGANISER)
def remove_part(kind, part_id):
    """Remove a room, track or format that nothing needs."""
    found = _get(kind, part_id)
    name = found.name
    service.remove_part(found, by=me(), at=clock.now())
    flash(_("“%(name)s” is removed.", name=name), "success")
    return redirect(url_for("conference.parts", kind=kind))


@pages.post(f"{LIST}/<int:part_id>/<any(up, down):way>")
@allow(Role.ORGANISER)
def move_part(kind, part_id, way):
    """Put rooms, tracks and formats in order."""
    service.move_part(_get(kind, part_id), up=way == "up")
    return redirect(url_for("conference.parts", kind=kind))


def _get(kind: str, part_id: int) -> Part:
    model = KINDS[kind].model
    found: Part | None = db.session.scalar(
        queries.parts(model, current_conference()).where(model.id == part_id)
    )
    return found or abort(404)


def _known(found: Part) -> dict[str, object]:
    known = {column.key: getattr(found, column.key) for column in found.__table__.columns}
    if isinstance(found, Room):
        known["equipment"] = ", ".join(found.equipment)
    if isinstance(found, Track) and found.call_closes_at:
        wall = clock.local(found.call_closes_at, current_conference().timezone)
        known["call_closes_at"] = wall.replace(tzinfo=None, second=0, microsecond=0)
    return known


def _values(form: Form) -> dict[str, object]:
    """What was typed; a track's own deadline as a moment of the edition's clock."""
    values = form.values()
    if "call_closes_at" in values:
        zone = current_conference().timezone
        values["call_closes_at"] = moment_of(values["call_closes_at"], zone, ends=True)
    return values


def _form(kind, form, found):
    page = render_template("conference/part.html", kind=kind, form=form, part=found, **frame())
    return page, 422 if request.method == "POST" else 200
