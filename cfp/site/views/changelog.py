"""What each version of the schedule changed, and any two of them compared."""

from __future__ import annotations

from flask import render_template, request
from markupsafe import Markup

from cfp.access import Role, allow
from cfp.schedule import diff
from cfp.schedule.service.content import entries_of, room_names
from cfp.site.answers import conditional
from cfp.site.kept import Kept
from cfp.site.release import Release, all_releases
from cfp.site.views.blueprint import key_of, pages, safe

_changes: Kept[Markup] = Kept(64)
MOST = 30  # versions whose changes are told; older ones are compared on demand


@pages.get("/<conference>/schedule/changelog/")
@allow(Role.ANYONE)
def changelog():
    """Every version, newest first, with what it changed."""
    releases = all_releases()
    found = [release for release, _note in releases]
    since, version = (_named(found, request.args.get(name, "")) for name in ("since", "version"))
    told = zip(releases, [*found, None][1:], strict=True)
    page = render_template(
        "site/changelog.html",
        versions=[
            (release, note, changes(before, release) if n < MOST else None)
            for n, ((release, note), before) in enumerate(told)
        ],
        since=since,
        version=version,
        compared=changes(since, version) if version else None,
    )
    return conditional(page)


def _named(releases: list[Release], version: str) -> Release | None:
    return next((release for release in releases if release.version == version), None)


def changes(before: Release | None, after: Release) -> Markup | None:
    """What differs, as HTML; made once, for versions never change. None for the first version."""
    if before is None:
        return None

    def make() -> Markup:
        old, new = before.content, after.content
        found = diff.diff(entries_of(old), entries_of(new))
        rooms = {**room_names(old), **room_names(new)}
        return safe(render_template("site/_changes.html", changes=found, rooms=rooms))

    return _changes.get_or_make(key_of(after, "since", before.digest), make)
