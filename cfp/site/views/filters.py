"""The filters of the schedule in the reader's words: what there is to choose, what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _

from cfp import display
from cfp.site.programme import Content
from cfp.site.release import Release
from cfp.site.views.blueprint import fragments
from cfp.site.wanted import Found, Wanted, choices, look
from cfp.submissions.forms import language_name, level_names


@dataclass(frozen=True)
class Option:
    """A value of a filter, and how many sessions one finds by it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """All values of one kind."""

    name: str
    title: str
    options: list[Option]
    many: int  # of its values are chosen


@dataclass(frozen=True)
class Chip:
    """Something that is chosen, and the address of the schedule without it."""

    title: str
    label: str
    address: str


def filters_of(release: Release, asked: Wanted, found: Found) -> list[Filter]:
    """What there is to choose from; one of a kind is no choice."""
    content = release.content
    key = (release.digest, "choices")
    known = fragments.get_or_make(key, lambda: choices(content, look(content, Wanted()).counts))
    titles, label = titles_of(), labels_of(content)
    return [
        Filter(
            name,
            titles[name],
            [
                Option(value, label[name](value), found.counts[name][value], value in chosen)
                for value in values
            ],
            len(chosen),
        )
        for name, values in known.items()
        for chosen in [asked.chosen.get(name, ())]
    ]


def chips_of(content: Content, asked: Wanted) -> list[Chip]:
    """All that is chosen, each to be taken away by one press."""
    titles, label = titles_of(), labels_of(content)
    chips = [Chip(titles["q"], f"“{asked.q}”", _without(asked, "q", ""))] if asked.q else []
    return chips + [
        Chip(titles[name], label[name](value), _without(asked, name, value))
        for name, values in asked.chosen.items()
        for value in values
    ]


def _without(asked: Wanted, name: str, value: str) -> str:
    query = asked.without(name, value).query
    return f"{request.path}?{query}" if query else request.path


def titles_of() -> dict[str, str]:
    return {
        "q": _("Words"),
        "day": _("Day"),
        "track": _("Track"),
        "format": _("Format"),
        "level": _("For whom"),
        "language": _("Language"),
        "room": _("Room"),
    }


def labels_of(content: Content) -> dict[str, Callable[[str], str]]:
    """By filter, what a value is called; what the release does not know is called as it is."""
    tracks = {str(track["id"]): track["name"] for track in content["tracks"]}
    rooms = {str(room["id"]): room["name"] for room in content["rooms"]}
    levels = {level.value: words for level, words in level_names().items()}
    return {
        "day": _day_name,
        "track": lambda value: tracks.get(value, value),
        "format": str,
        "level": lambda value: levels.get(value, value),
        "language": language_name,
        "room": lambda value: rooms.get(value, value),
    }


def _day_name(value: str) -> str:
    try:
        return display.day(date.fromisoformat(value), "EEE d MMM")
    except ValueError:
        return value
