"""The public pages: the front, the schedule, talks and speakers. Readable without scripts."""

from flask import Blueprint, abort, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from cfp import clock
from cfp.access import Role, allow
from cfp.site import programme
from cfp.site.kept import Kept
from cfp.site.release import all_releases, find_release, get_release

pages = Blueprint("site", __name__)
_fragments: Kept[Markup] = Kept(24)
FILTERS = ("track", "room", "language", "q")


def conditional(page: str | bytes, mimetype: str = "text/html") -> ResponseReturnValue:
    """An answer that need not be sent again while it is the same: ETag, and 304 for who has it."""
    response = make_response(page)
    response.mimetype = mimetype
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.add_etag()
    return response.make_conditional(request)


@pages.get("/<conference>/")
@allow(Role.ANYONE)
def front():
    open_now = g.conference.call_is_open(clock.now())
    page = render_template("site/front.html", release=find_release(), call_is_open=open_now)
    return conditional(page)


@pages.get("/<conference>/schedule/")
@allow(Role.ANYONE)
def schedule():
    release = find_release()
    if release is None:
        return conditional(render_template("site/no_schedule.html"))
    return _schedule_page(release, is_current=True)


@pages.get("/<conference>/schedule/v/<version>/")
@allow(Role.ANYONE)
def version(version):
    release, current = get_release(version), get_release()
    return _schedule_page(release, is_current=release.id == current.id)


def _schedule_page(release, *, is_current):
    wanted = {name: request.args.get(name, "")[:100] for name in FILTERS}
    if any(wanted.values()):
        found = programme.matching(release.content, wanted)
        grid = _fragment(release, found)
    else:
        key = (release.digest, g.conference.slug, str(get_locale()))
        found, grid = None, _fragments.get_or_make(key, lambda: _fragment(release))
    page = render_template(
        "site/schedule.html",
        release=release,
        wanted=wanted,
        found=found,
        grid=grid,
        is_current=is_current,
    )
    return conditional(page)


def _fragment(release, talks=None):
    """The days of a release as HTML; the expensive part of the page, kept for as long as it is."""
    days = programme.days(release.content, talks)
    talks_url = url_for("site.talk", code="_").removesuffix("_/")  # url_for once, not per talk
    page = render_template("site/_days.html", days=days, talks_url=talks_url)
    return Markup(page)  # noqa: S704  (our own template)


@pages.get("/<conference>/schedule/changelog/")
@allow(Role.ANYONE)
def changelog():
    return conditional(render_template("site/changelog.html", releases=all_releases()))


@pages.get("/<conference>/talk/<code>/")
@allow(Role.ANYONE)
def talk(code):
    release = get_release()
    found = release.talk(code) or abort(404)
    cancelled = found in release.content["cancelled"]
    rooms = {room["id"]: room for room in release.content["rooms"]}
    tracks = {track["id"]: track for track in release.content["tracks"]}
    page = render_template(
        "site/talk.html",
        talk=found,
        cancelled=cancelled,
        room=rooms.get(found["room_id"]),
        track=tracks.get(found["track_id"]),
    )
    return conditional(page)


@pages.get("/<conference>/speakers/")
@allow(Role.ANYONE)
def speakers():
    release = find_release()
    people = programme.speakers(release.content) if release else []
    return conditional(render_template("site/speakers.html", people=people))


@pages.get("/<conference>/speaker/<code>/")
@allow(Role.ANYONE)
def speaker(code):
    people = programme.speakers(get_release().content)
    person, talks = next(((p, t) for p, t in people if p["code"] == code), (None, None))
    if person is None:
        abort(404)
    return conditional(render_template("site/speaker.html", person=person, talks=talks))
