"""Release the draft, look back at what was released, compare any two versions."""

from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import defer, joinedload

from cfp import clock
from cfp.access import allow
from cfp.db import db
from cfp.people.session import me
from cfp.schedule import diff, queries, rules, service
from cfp.schedule.forms import ReleaseForm
from cfp.schedule.models import Schedule
from cfp.schedule.puzzle import Programme
from cfp.schedule.service import letters
from cfp.schedule.service.content import Content, entries_of, room_names
from cfp.schedule.views.blueprint import EDITORS, READERS, pages, status
from cfp.submissions.models import TalkState


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions, with the names of the rooms in either."""

    changes: list[diff.Change]
    rooms: dict[str, str]


@pages.route("/<conference>/team/programme/release/", methods=["GET", "POST"])
@allow(*EDITORS)
def release():
    programme = service.read_programme(g.conference)
    form = ReleaseForm()
    if form.validate_on_submit():
        with form.refusals():
            schedule = service.release(
                g.conference,
                me(),
                clock.now(),
                form.version.data,
                form.note.data,
                unconfirmed=form.unconfirmed.data,
                edit=form.edit.data,
            )
        if not form.errors:
            flash(_("Version %(name)s is released.", name=schedule.version), "success")
            return redirect(url_for("schedule.compare", version=schedule.version))
    return release_page(programme, form)


@pages.get("/<conference>/team/programme/releases/")
@allow(*READERS)
def releases():
    return render_template("schedule/releases.html", found=all_versions())


@pages.get("/<conference>/team/programme/releases/<version>/")
@allow(*READERS)
def compare(version):
    """One version, and what changed since another: ``since``, else the one before it."""
    versions = all_versions()
    number = next((n for n, v in enumerate(versions) if v.version == version), None)
    if number is None:
        abort(404)
    schedule, others = versions[number], versions[:number] + versions[number + 1 :]
    asked = [v for v in others if v.version == request.args.get("since")]
    since = next(iter(asked or others[number:]), None)
    return render_template(
        "schedule/compare.html",
        schedule=schedule,
        since=since,
        others=others,
        comparison=comparison(since.released_content if since else None, schedule.released_content),
    )


def all_versions():
    """Newest first, without what they froze: that is read for the one that is looked at."""
    light = (defer(Schedule.released_content), joinedload(Schedule.released_by))
    return list(db.session.scalars(queries.releases(g.conference.id).options(*light)))


def release_page(programme: Programme, form: ReleaseForm):
    """What a release would announce, what stops it, and the form."""
    if not form.is_submitted():
        form.version.data = service.next_version(programme.last)
    form.edit.data = programme.edit  # what this page shows is what they will release
    announced = service.releasable(programme, unconfirmed=False)
    both = service.releasable(programme, unconfirmed=True)
    kept = {talk.id for talk in announced.talks}
    last = programme.last.released_content if programme.last else None
    content = service.content_of(announced)
    page = render_template(
        "schedule/release.html",
        programme=programme,
        form=form,
        announced=announced,
        waiting=[talk for talk in both.talks if talk.id not in kept],
        unconfirmed=[talk for talk in announced.talks if talk.state is TalkState.UNCONFIRMED],
        taken_back=service.taken_back(programme),
        stops=[(clash, may_pass(clash)) for clash in service.obstacles(announced)],
        aside=len(programme.draft.waivers or []) if programme.draft else 0,
        comparison=comparison(last, content),
        letters=[
            (letter.person, letters.preview(letter, g.conference))
            for letter in letters.letters(g.conference, content, last)
        ],
    )
    return page, status(form)


def may_pass(clash: rules.Clash) -> bool:
    """Whether its rule may be set aside here: nobody can be in two places, whatever one decides."""
    return not rules.rule(clash.rule).physical


def comparison(before: Content | None, after: Content) -> Comparison:
    changes = diff.diff(entries_of(before), entries_of(after))
    return Comparison(changes, {**room_names(before), **room_names(after)})
