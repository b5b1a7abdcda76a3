"""What a reader wants to see of the schedule: filters that stand in the address."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cfp.site.programme import day_of, local, zone_of

LONGEST, MOST = 100, 50  # letters of a value, values of a filter: nobody asks for more
FILTERS = ("day", "track", "format", "level", "language", "room")

Content = Mapping[str, Any]
Talk = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Words that all have to be found, and by filter the values of which one has to fit."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.q or self.chosen)

    @property
    def is_of_places(self) -> bool:
        """Only days and rooms are chosen: the rest of a grid is still a grid."""
        return not self.q and self.chosen.keys() <= {"day", "room"}

    @property
    def query(self) -> str:
        """As it stands in an address behind the question mark."""
        words = [("q", self.q)] if self.q else []
        values = [(name, value) for name, those in self.chosen.items() for value in those]
        return urlencode(words + values)

    def without(self, name: str, value: str) -> Wanted:
        """The same with one value less; without the words for ``q``."""
        if name == "q":
            return Wanted("", self.chosen)
        rest = tuple(one for one in self.chosen.get(name, ()) if one != value)
        others = {other: those for other, those in self.chosen.items() if other != name}
        return Wanted(self.q, others | {name: rest} if rest else others)


def read(arguments: Mapping[str, Sequence[str]]) -> Wanted:
    """The filters in an address; whatever else stands there is left alone."""
    found = {name: tuple(dict.fromkeys(_values(arguments.get(name, ())))) for name in FILTERS}
    words = next(_values(arguments.get("q", ())), "")
    return Wanted(words, {name: values for name, values in found.items() if values})


def _values(given: Sequence[str]) -> Iterator[str]:
    cut = (value.strip()[:LONGEST] for value in given[:MOST])
    return (value for value in cut if value)


@dataclass(frozen=True)
class Found:
    """The talks that fit, and for each value of a filter how many there would be with it."""

    talks: list[Talk]
    counts: Mapping[str, Counter[str]]


def look(content: Content, wanted: Wanted) -> Found:
    """Everything that fits all filters; the cancelled are looked for as well.

    A value is counted as if nothing else were chosen of its own filter: so the numbers say what
    one finds by choosing it, and choosing a second one of a kind never empties the page.
    """
    words, zone = bare(wanted.q).split(), zone_of(content)
    found, counts = [], {name: Counter[str]() for name in FILTERS}
    for talk in [*content["talks"], *content["cancelled"]]:
        if words and not _says(talk, words):
            continue
        has = values_of(talk, zone)
        wrong = [name for name, those in wanted.chosen.items() if has[name] not in those]
        if not wrong:
            found.append(talk)
        for name in FILTERS if not wrong else wrong if len(wrong) == 1 else ():
            counts[name][has[name]] += 1
    return Found(found, counts)


def values_of(talk: Talk, zone: ZoneInfo) -> dict[str, str]:
    """What a talk is by each filter; "" where nothing is said."""
    return {
        "day": day_of(local(talk, zone)[0]).isoformat(),
        "track": str(talk["track_id"] or ""),
        "format": talk["format"],
        "level": talk.get("level", ""),
        "language": talk["language"],
        "room": str(talk["room_id"]),
    }


def _says(talk: Talk, words: list[str]) -> bool:
    names = " ".join(speaker["name"] for speaker in talk["speakers"])
    text = bare(f"{talk['title']} {talk['subtitle']} {talk['abstract']} {names}")
    return all(word in text for word in words)


def bare(text: str) -> str:
    """Without what fingers leave out: capitals and accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def choices(content: Content, counts: Mapping[str, Counter[str]]) -> dict[str, list[str]]:
    """The values that there are to choose from in a release, in order, by filter.

    One of a kind is no choice. ``counts`` are those of the release as a whole.
    """
    order = {
        "track": [str(track["id"]) for track in content["tracks"]],
        "room": [str(room["id"]) for room in content["rooms"]],
        "level": ["beginner", "intermediate", "advanced"],
    }
    found = {
        name: [value for value in order.get(name, sorted(counts[name])) if counts[name][value]]
        for name in FILTERS
    }
    known = {name: [value for value in values if value] for name, values in found.items()}
    return {name: values for name, values in known.items() if len(values) > 1}
