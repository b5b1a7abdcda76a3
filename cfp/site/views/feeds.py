"""The schedule for machines: iCalendar, schedule.xml, schedule.json, and a feed of releases."""

from collections.abc import Callable
from typing import Any

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cfp.access import Role, allow
from cfp.interop.released import Release as Exported
from cfp.interop.released import from_content
from cfp.site.kept import Kept
from cfp.site.release import Release, all_releases, get_release
from cfp.site.views.public import conditional, pages

_files: Kept[bytes] = Kept(32)


def export(release: Release) -> Exported:
    return from_content(release.content, url_for("site.front", _external=True))


def _kept(release: Release, kind: str, make: Callable[[], bytes]) -> bytes:
    """What was written once for a release at this address; it never changes."""
    return _files.get_or_make((release.digest, kind, request.host_url), make)


def _calendar(
    select: Callable[[dict[str, Any]], bool], name: str, kind: str
) -> ResponseReturnValue:
    """A calendar of the talks for which ``select`` holds, the cancelled among them included."""
    # The calendar library is heavy; a process that serves no calendar does not load it.
    from cfp.interop import ical  # noqa: PLC0415

    release = get_release()
    everything = [*release.content["talks"], *release.content["cancelled"]]
    codes = {talk["code"] for talk in everything if select(talk)}
    if not codes and kind != "all":
        abort(404)

    def make() -> bytes:
        whole = export(release)
        talks = [talk for talk in whole.talks if talk.code in codes]
        return ical.write(whole, talks, name=name)

    return conditional(_kept(release, f"ics:{kind}", make), "text/calendar")


@pages.get("/<conference>/schedule.ics")
@allow(Role.ANYONE)
def calendar():
    return _calendar(lambda _talk: True, g.conference.name, "all")


@pages.get("/<conference>/talk/<code>.ics")
@allow(Role.ANYONE)
def talk_calendar(code):
    return _calendar(lambda talk: talk["code"] == code, g.conference.name, f"talk:{code}")


@pages.get("/<conference>/speaker/<code>/talks.ics")
@allow(Role.ANYONE)
def speaker_calendar(code):
    def speaks(talk: dict[str, Any]) -> bool:
        return any(speaker["code"] == code for speaker in talk["speakers"])

    return _calendar(speaks, g.conference.name, f"speaker:{code}")


@pages.get("/<conference>/schedule.xml")
@allow(Role.ANYONE)
def schedule_xml():
    from cfp.interop.schedule_xml import write  # noqa: PLC0415

    release = get_release()
    return conditional(_kept(release, "xml", lambda: write(export(release))), "application/xml")


@pages.get("/<conference>/schedule.json")
@allow(Role.ANYONE)
def schedule_json():
    from cfp.interop.schedule_json import write  # noqa: PLC0415

    release = get_release()
    return conditional(_kept(release, "json", lambda: write(export(release))), "application/json")


@pages.get("/<conference>/schedule/feed.xml")
@allow(Role.ANYONE)
def feed():
    """An Atom feed of the releases."""
    page = render_template(
        "site/feed.xml",
        releases=all_releases(),
        address=url_for("site.feed", _external=True),
    )
    return conditional(page, "application/atom+xml")
