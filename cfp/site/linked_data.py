"""The conference and its sessions in schema.org's words, for search engines and assistants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from cfp.markdown import plain
from cfp.site.programme import local, zone_of

Said = dict[str, Any]
MOST = 300  # sessions on one page; beyond that each says its own on its page
LONGEST = 300


def edition(about: Mapping[str, Any], base: str, offer: Mapping[str, Any] | None) -> Markup:
    """The conference itself, and what it costs to come now; ``base`` is its public address."""
    said: Said = {"@context": "https://schema.org", **_edition({"conference": about}, base)}
    said |= {"description": about["about"], "image": f"{base}card.png"}
    if offer:
        said["offers"] = {"@type": "Offer", "url": f"{base}tickets/", **offer}
    return written(said)


def conference(content: Mapping[str, Any], base: str) -> Markup:
    """The whole edition with its sessions as parts."""
    said: Said = {"@context": "https://schema.org", **_edition(content, base)}
    if len(content["talks"]) <= MOST:
        said["subEvent"] = [_brief(talk, content, base) for talk in content["talks"]]
    return written(said)


def session(
    talk: Mapping[str, Any], content: Mapping[str, Any], base: str, *, cancelled: bool
) -> Markup:
    """One session, with who speaks and what it is about."""
    said: Said = {"@context": "https://schema.org", **_brief(talk, content, base)}
    said["description"] = plain(talk["abstract"])[:LONGEST]
    said["inLanguage"] = talk["language"]
    said["image"] = f"{base}talk/{talk['code']}/card.png"
    said["superEvent"] = _edition(content, base)
    said["eventStatus"] = f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}"
    return written(said)


def written(said: Said) -> Markup:
    """JSON that may stand in a page: nothing in it can end the element that holds it."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  (just made harmless)


def _edition(content: Mapping[str, Any], base: str) -> Said:
    about = content["conference"]
    return {
        "@type": "Event",
        "name": about["name"],
        "url": base,
        "startDate": about["starts_on"],
        "endDate": about["ends_on"],
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(content),
    }


def _place(content: Mapping[str, Any], room: str = "") -> Said:
    about = content["conference"]
    names = [name for name in (room, about["venue"]) if name]
    place: Said = {"@type": "Place", "name": ", ".join(names) or about["name"]}
    if about["city"]:
        place["address"] = {"@type": "PostalAddress", "addressLocality": about["city"]}
    return place


def _brief(talk: Mapping[str, Any], content: Mapping[str, Any], base: str) -> Said:
    starts, ends = local(talk, zone_of(content))
    rooms = {room["id"]: room["name"] for room in content["rooms"]}
    return {
        "@type": "Event",
        "name": talk["title"],
        "url": f"{base}talk/{talk['code']}/",
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat(),
        "location": _place(content, rooms.get(talk["room_id"], "")),
        "performer": [
            {
                "@type": "Person",
                "name": speaker["name"],
                "url": f"{base}speaker/{speaker['code']}/",
            }
            for speaker in talk["speakers"]
        ],
    }
