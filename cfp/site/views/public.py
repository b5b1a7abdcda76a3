"""Talks and speakers. Readable without scripts."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for

from cfp import clock, headers
from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.materials import service as materials
from cfp.materials.forms import KINDS
from cfp.people.session import visitor
from cfp.site import linked_data, programme
from cfp.site.answers import conditional
from cfp.site.release import Release, find_release, get_release
from cfp.site.views.blueprint import fragments, key_of, pages, talks_url
from cfp.submissions.forms import language_name, level_names


@pages.get("/<conference>/talk/<code>/")
@allow(Role.ANYONE)
def talk(code):
    release = get_release()
    found = release.talk(code) or abort(404)
    page = render_template(
        "site/talk.html",
        talk=found,
        materials=materials.shown(found["id"], clock.now()),
        may_link=materials.may_edit(found["id"], visitor(), roles_here()),
        kinds=KINDS,
        **around(found, release),
    )
    return conditional(page)


@pages.get("/<conference>/talk/<code>/slides/<link>")
@allow(Role.ANYONE)
def slides(code, link):
    """Slides that were handed over, once everybody may see them."""
    found = get_release().talk(code) or abort(404)
    known = materials.shown(found["id"], clock.now())
    file = next((one for one in known if one.code == link and one.file_name), None) or abort(404)
    return headers.sealed(file.data or b"", file.media_type, file.file_name)


def around(found: dict[str, Any], release: Release) -> dict[str, Any]:
    """What the page of a talk says besides the talk itself."""
    content = release.content
    cancelled = found in content["cancelled"]
    base = url_for("site.front", _external=True)
    return {
        "cancelled": cancelled,
        "language": language_name(found["language"]) if found["language"] else "",
        "level": {one.value: name for one, name in level_names().items()}.get(
            found.get("level", "")
        ),
        "room": next((r for r in content["rooms"] if r["id"] == found["room_id"]), None),
        "track": next((t for t in content["tracks"] if t["id"] == found["track_id"]), None),
        "picture": url_for("site.card", code=found["code"], _external=True),
        "linked": fragments.get_or_make(
            key_of(release, "talk", found["code"], request.host_url),
            lambda: linked_data.session(found, content, base, cancelled=cancelled),
        ),
    }


@pages.get("/<conference>/speakers/")
@allow(Role.ANYONE)
def speakers():
    release = find_release()
    people = programme.speakers(release.content) if release else []
    before = url_for("site.speaker", code="_").removesuffix("_/")
    page = render_template(
        "site/speakers.html", people=people, talks_url=talks_url(), speakers_url=before
    )
    return conditional(page)


@pages.get("/<conference>/speaker/<code>/")
@allow(Role.ANYONE)
def speaker(code):
    content = get_release().content
    people = programme.speakers(content)
    person, talks = next(((p, t) for p, t in people if p["code"] == code), (None, None))
    if person is None:
        abort(404)
    rooms = {room["id"]: room for room in content["rooms"]}
    page = render_template("site/speaker.html", person=person, talks=talks, rooms=rooms)
    return conditional(page)
