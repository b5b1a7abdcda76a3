"""The links of a session: seen and changed by its speakers and the team."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock, headers
from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.materials import queries, service
from cfp.materials.forms import KINDS, MaterialForm
from cfp.materials.models import MaterialKind
from cfp.people.session import me
from cfp.submissions.models import Talk

pages = Blueprint("materials", __name__)


def get_own_talk(code: str) -> Talk:
    """A talk whose links this person may change; any other does not exist for them."""
    talk: Talk | None = db.session.scalar(queries.talk_by_code(g.conference, code))
    if talk is None or not service.may_edit(talk.id, me(), roles_here()):
        abort(404)
    return talk


@pages.route("/<conference>/talk/<code>/links/", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def links(code):
    talk, form = get_own_talk(code), MaterialForm()
    if form.validate_on_submit():
        with form.refusals():
            wall = form.shows_from.data
            shows_from = clock.from_wall(wall, g.conference.timezone) if wall else None
            kind = MaterialKind(form.kind.data)
            for what in form.given():
                service.add(talk, kind, what, form.title.data, shows_from, by=me(), at=clock.now())
        if not form.errors:
            flash(_("It is there."), "success")
            return redirect(url_for("materials.links", code=code))
    known = db.session.scalars(queries.of_talk(talk.id)).all()
    page = render_template(
        "materials/links.html",
        talk=talk,
        form=form,
        known=known,
        kinds=KINDS,
        at=clock.now(),
        most=service.MOST_MEGABYTES,
    )
    return page, form.status


@pages.get("/<conference>/talk/<code>/links/<link>/file")
@allow(Role.SIGNED_IN)
def own_file(code, link):
    """The slides as those see them who may change them, also before everybody does."""
    known = db.session.scalars(queries.of_talk(get_own_talk(code).id))
    found = next((one for one in known if one.code == link and one.file_name), None) or abort(404)
    return headers.sealed(found.data or b"", found.media_type, found.file_name)


@pages.post("/<conference>/talk/<code>/links/<link>/remove")
@allow(Role.SIGNED_IN)
def remove(code, link):
    talk = get_own_talk(code)
    known = db.session.scalars(queries.of_talk(talk.id))
    service.remove(
        next((one for one in known if one.code == link), None) or abort(404),
        by=me(),
        at=clock.now(),
    )
    flash(_("It is gone."), "success")
    return redirect(url_for("materials.links", code=code))


@pages.get("/<conference>/team/programme/links/")
@allow(*service.EDITORS)
def overview():
    """Every link of the edition, and from when it shows."""
    found = db.session.scalars(queries.of_conference(g.conference)).all()
    return render_template("materials/overview.html", found=found, kinds=KINDS, at=clock.now())
