"""The schedule: all its days, filtered, as it was, now and next. Readable without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Response, render_template, request, url_for
from markupsafe import Markup

from cfp import clock
from cfp.access import Role, allow
from cfp.site import linked_data, programme, wanted
from cfp.site.answers import conditional
from cfp.site.kept import Kept
from cfp.site.release import Release, find_release, get_release
from cfp.site.views.blueprint import fragments, key_of, pages, safe, talks_url
from cfp.site.views.filters import chips_of, filters_of

_days: Kept[list[programme.Day]] = Kept(4)


@dataclass(frozen=True)
class RenderedDay:
    """A day as HTML, the expensive part of the page; kept for as long as its release is."""

    date: date
    html: Markup


@pages.get("/<conference>/schedule/")
@allow(Role.ANYONE)
def schedule():
    release = find_release()
    if release is None:
        return conditional(render_template("site/no_schedule.html"))
    return schedule_page(release, is_current=True)


@pages.get("/<conference>/schedule/v/<version>/")
@allow(Role.ANYONE)
def version(version):
    release, current = get_release(version), get_release()
    return schedule_page(release, is_current=release.id == current.id)


@pages.get("/<conference>/schedule/now/")
@allow(Role.ANYONE)
def now():
    """What runs and what comes next: for phones in a pocket and screens in a hall."""
    release = find_release()
    moment = moment_of(release, clock.now()) if release else None
    return conditional(render_template("site/now.html", moment=moment, talks_url=talks_url()))


@pages.get("/<conference>/schedule/booklet/")
@allow(Role.ANYONE)
def booklet():
    """Every session with its text on one page."""
    release = get_release()

    def make() -> Markup:
        days = programme.days(release.content)
        return safe(render_template("site/_booklet.html", days=days))

    whole = fragments.get_or_make(key_of(release, "booklet"), make)
    return conditional(render_template("site/booklet.html", release=release, booklet=whole))


def schedule_page(release: Release, *, is_current: bool) -> Response:
    asked, at = wanted.read(request.args.to_dict(flat=False)), clock.now()
    here = today(release.content, at)
    if asked:
        whole = render_programme(release, asked, here, is_current=is_current)
    else:
        key = key_of(
            release, "whole", str(here), str(is_current), request.script_root + request.path
        )
        whole = fragments.get_or_make(
            key, lambda: render_programme(release, asked, here, is_current=is_current)
        )
    page = render_template(
        "site/schedule.html",
        release=release,
        programme=whole,
        moment=moment_of(release, at) if is_current else None,
        linked=linked_schedule(release) if is_current and not asked else None,
        is_current=is_current,
        talks_url=talks_url(),
    )
    return conditional(page)


def render_programme(
    release: Release, asked: wanted.Wanted, here: date | None, *, is_current: bool
) -> Markup:
    """Filters, days and sessions: the expensive part of the page; ``here`` is today."""
    content = release.content
    found = wanted.look(content, asked)
    page = render_template(
        "site/_programme.html",
        release=release,
        wanted=asked,
        filters=filters_of(release, asked, found),
        chips=chips_of(content, asked),
        is_current=is_current,
        found=len(found.talks),
        days=render_days(release, asked, found.talks),
        today=here,
        zone=content["conference"]["timezone"],
    )
    return safe(page)


def moment_of(release: Release, at: datetime) -> programme.Moment | None:
    """What is on; the days of a release are put together once."""
    about, near = release.content["conference"], timedelta(days=2)
    first, last = (date.fromisoformat(about[key]) for key in ("starts_on", "ends_on"))
    if not first - near <= at.date() <= last + near:
        return None  # so far from its days nobody need look closer
    days = _days.get_or_make(release.digest, lambda: programme.days(release.content))
    return programme.now_and_next(days, at)


def render_days(
    release: Release, asked: wanted.Wanted, found: list[wanted.Talk]
) -> list[RenderedDay]:
    """Grids; what was searched for lies scattered, so it is a list by time on any screen."""
    before, days = talks_url(), programme.days(release.content, found if asked else None)
    template = "site/_day.html" if asked.is_of_places else "site/_found_day.html"
    return [
        RenderedDay(day.date, safe(render_template(template, day=day, talks_url=before)))
        for day in days
    ]


def today(content: programme.Content, at: datetime) -> date | None:
    """The conference's day on which it is now; None before and after it."""
    here = programme.day_of(at.astimezone(programme.zone_of(content)))
    about = content["conference"]
    return here if about["starts_on"] <= here.isoformat() <= about["ends_on"] else None


def linked_schedule(release: Release) -> Markup:
    """The conference with its sessions for search engines."""
    return fragments.get_or_make(
        key_of(release, "linked", request.host_url),
        lambda: linked_data.conference(release.content, url_for("site.front", _external=True)),
    )
