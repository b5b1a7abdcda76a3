"""What a reader wants to see of the schedule: filters that stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cfp.site.programme import day_of, local, zone_of

LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """Words, and by their ids or names: track, room, language, format, day."""

    q: str = ""
    track: str = ""
    room: str = ""
    language: str = ""
    format: str = ""
    day: str = ""

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @property
    def is_more_than_a_day(self) -> bool:
        return any(value for name, value in asdict(self).items() if name != "day")


def read(arguments: Mapping[str, str]) -> Wanted:
    """The filters in an address; whatever else stands there is left alone."""
    names = Wanted.__dataclass_fields__
    return Wanted(**{name: arguments.get(name, "").strip()[:LONGEST] for name in names})


def matching(content: Mapping[str, Any], wanted: Wanted) -> list[Mapping[str, Any]]:
    """The talks that fit all filters; the cancelled are looked for as well."""
    words = wanted.q.casefold().split()
    zone = zone_of(content)

    def fits(talk: Mapping[str, Any]) -> bool:
        names = " ".join(speaker["name"] for speaker in talk["speakers"])
        text = f"{talk['title']} {talk['subtitle']} {talk['abstract']} {names}".casefold()
        return (
            wanted.track in {"", str(talk["track_id"])}
            and wanted.room in {"", str(talk["room_id"])}
            and wanted.language in {"", talk["language"]}
            and wanted.format in {"", talk["format"]}
            and wanted.day in {"", day_of(local(talk, zone)[0]).isoformat()}
            and all(word in text for word in words)
        )

    return [talk for talk in [*content["talks"], *content["cancelled"]] if fits(talk)]


Choice = tuple[str, str]  # as it stands in the address, and in words


def choices(content: Mapping[str, Any]) -> dict[str, list[Choice]]:
    """What there is to choose from in a release, by filter; one of a kind is no choice.

    Languages are named by their codes.
    """
    talks = content["talks"]
    used = {talk["room_id"] for talk in talks}
    found = {
        "track": [(str(track["id"]), track["name"]) for track in content["tracks"]],
        "room": [(str(r["id"]), r["name"]) for r in content["rooms"] if r["id"] in used],
        "language": _words(talks, "language"),
        "format": _words(talks, "format"),
    }
    return {name: options for name, options in found.items() if len(options) > 1}


def _words(talks: list[Mapping[str, Any]], key: str) -> list[Choice]:
    return [(word, word) for word in sorted({talk[key] for talk in talks} - {""})]
