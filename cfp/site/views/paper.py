"""The schedule on paper: the booklet for everybody, the signs for those who hang them up."""

from flask import Response, flash, g, redirect, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.jobs import service as jobs
from cfp.people.session import me
from cfp.site import queries
from cfp.site.answers import conditional
from cfp.site.models import PaperKind
from cfp.site.release import get_release
from cfp.site.tasks import PRINT
from cfp.site.views.blueprint import pages


@pages.get("/<conference>/schedule.pdf")
@allow(Role.ANYONE)
def programme_pdf():
    """The whole programme as a booklet; the page that prints well until the worker made it."""
    found = _paper(PaperKind.PROGRAMME)
    return found or redirect(url_for("site.booklet"))


@pages.get("/<conference>/team/programme/signs.pdf")
@allow(Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR, Role.CREW)
def door_signs():
    """A sign for each room and day."""
    found = _paper(PaperKind.SIGNS)
    if found is None:
        flash(_("The door signs are being printed. Please try again in a minute."), "info")
    return found or redirect(url_for("schedule.releases"))


@pages.post("/<conference>/team/programme/print")
@allow(Role.ORGANISER, Role.CHAIR)
def print_schedule():
    """Have what is missing of the current release printed now."""
    asked = {"conference_id": g.conference.id, "schedule_id": get_release().id}
    jobs.ask_once(PRINT, by=me(), at=clock.now(), **asked)
    flash(_("The programme and the door signs are being printed."), "success")
    return redirect(url_for("schedule.releases"))


def _paper(kind: PaperKind) -> Response | None:
    release, language = get_release(), str(get_locale())
    found = db.session.scalar(queries.paper(release.id, kind, language))
    if found is None:
        return None
    response = conditional(found.data, "application/pdf")
    name = f"{g.conference.slug}-{kind.value}-{release.number}.pdf"
    shown = "inline" if request.args.get("show") else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response
