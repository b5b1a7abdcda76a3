"""Calendars: of everything, a room, a track, a speaker, a talk; and a feed of releases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, g, render_template, request, url_for

from cfp.access import Role, allow
from cfp.interop.released import Release as Exported
from cfp.interop.released import from_content
from cfp.site import wanted
from cfp.site.answers import conditional, for_other_sites
from cfp.site.kept import Kept
from cfp.site.release import Release, all_releases, get_release
from cfp.site.views.blueprint import pages

_files: Kept[bytes] = Kept(48)


def export(release: Release) -> Exported:
    return from_content(release.content, url_for("site.front", _external=True))


def kept_file(release: Release, kind: str, make: Callable[[], bytes], mimetype: str) -> Response:
    """What was written once for a release at this address; it never changes."""
    file = _files.get_or_make((release.digest, kind, request.host_url), make)
    return for_other_sites(conditional(file, mimetype, modified=release.released_at))


def calendar_of(select: Callable[[dict[str, Any]], bool], name: str, kind: str) -> Response:
    """A calendar of the talks for which ``select`` holds, the cancelled among them included."""
    release = get_release()
    everything = [*release.content["talks"], *release.content["cancelled"]]
    codes = {talk["code"] for talk in everything if select(talk)}
    if not codes and kind != "all":
        abort(404)
    make = lambda: written(release, codes, name)  # noqa: E731
    return kept_file(release, f"ics:{kind}", make, "text/calendar")


def written(release: Release, codes: set[str], name: str, url: str | None = None) -> bytes:
    """The calendar of these talks, which is at ``url``."""
    # The calendar library is heavy; a process that serves no calendar does not load it.
    from cfp.interop import ical  # noqa: PLC0415

    whole = export(release)
    talks = [talk for talk in whole.talks if talk.code in codes]
    return ical.write(whole, talks, name=name, url=url or request.base_url)


@pages.get("/<conference>/schedule.ics")
@allow(Role.ANYONE)
def calendar():
    """Everything, or what fits the filters in the address; who subscribes follows them."""
    asked = wanted.read(request.args.to_dict(flat=False))
    if not asked:
        return calendar_of(lambda _talk: True, g.conference.name, "all")
    release = get_release()
    codes = {talk["code"] for talk in wanted.look(release.content, asked).talks}
    file = written(release, codes, g.conference.name, request.url)
    return for_other_sites(conditional(file, "text/calendar", modified=release.released_at))


@pages.get("/<conference>/talk/<code>.ics")
@allow(Role.ANYONE)
def talk_calendar(code):
    return calendar_of(lambda talk: talk["code"] == code, g.conference.name, f"talk:{code}")


@pages.get("/<conference>/speaker/<code>/talks.ics")
@allow(Role.ANYONE)
def speaker_calendar(code):
    def speaks(talk: dict[str, Any]) -> bool:
        return any(speaker["code"] == code for speaker in talk["speakers"])

    return calendar_of(speaks, g.conference.name, f"speaker:{code}")


@pages.get("/<conference>/room/<int:number>.ics")
@allow(Role.ANYONE)
def room_calendar(number):
    return _part_calendar("rooms", "room_id", number)


@pages.get("/<conference>/track/<int:number>.ics")
@allow(Role.ANYONE)
def track_calendar(number):
    return _part_calendar("tracks", "track_id", number)


def _part_calendar(parts: str, key: str, number: int) -> Response:
    release = get_release()
    part = next((p for p in release.content[parts] if p["id"] == number), None) or abort(404)
    name = f"{g.conference.name}: {part['name']}"
    return calendar_of(lambda talk: talk[key] == number, name, f"{parts}:{number}")


@pages.get("/<conference>/schedule/feed.xml")
@allow(Role.ANYONE)
def feed():
    """An Atom feed of the releases."""
    releases = all_releases()
    page = render_template("site/feed.xml", releases=releases, address=request.base_url)
    newest = releases[0][0].released_at if releases else None
    return for_other_sites(conditional(page, "application/atom+xml", modified=newest))
