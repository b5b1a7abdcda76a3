"""What a file of another system says about a conference: one neutral form for every format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from cfp.sentences import say

MOST_BYTES = 20_000_000
MOST_TALKS = 5_000
MOST_PARTS = 300_000  # elements of XML, objects and lists of JSON
LONGEST_TITLE = 200
LONGEST_NAME = 120
LONGEST_LABEL = 80  # of a room, a track, a format
LONGEST_TEXT = 100_000
LONGEST_KEY = 120
LONGEST_TALK = 24 * 60  # minutes
OURS = "Callboard"  # the generator of files that we wrote ourselves


class BrokenFile(Exception):  # noqa: N818  (the word of the house, as in Refused)
    """The file as a whole cannot be read; nothing of it is imported.

    ``sentence`` is what the person reads, ``where`` says the line and column; ``in_full`` is both.
    """

    def __init__(self, sentence: str, where: str = "") -> None:
        self.sentence = sentence
        self.where = where
        self.in_full = at_place(sentence, where)
        super().__init__(self.in_full)


def line_at(number: int) -> str:
    """The place of a line, said in the reader's language."""
    return say("line %(n)s", n=number)


def numbered(what: str, number: int, key: str) -> str:
    """The place of one of a list, with the key by which its own system knows it."""
    named = {
        "submission": say("submission %(n)s", n=number),
        "session": say("session %(n)s", n=number),
        "talk": say("talk %(n)s", n=number),
    }[what]
    return at_place(named, key)


def at_place(sentence: str, where: str) -> str:
    """A sentence with its place behind it, if it has one."""
    with_place = "%(sentence)s (%(where)s)"  # the same in every language
    return say(with_place, sentence=sentence, where=where) if where else sentence


@dataclass(frozen=True)
class ImportedRoom:
    name: str
    guid: str = ""
    capacity: int | None = None


@dataclass(frozen=True)
class ImportedTrack:
    name: str
    slug: str = ""
    colour: str = ""  # "#rrggbb", or nothing


@dataclass(frozen=True)
class ImportedFormat:
    name: str
    minutes: int | None = None  # how long most of its talks are


@dataclass(frozen=True)
class ImportedPerson:
    """``key`` tells the same person again: an e-mail address, a code, an id, or the name."""

    key: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class ImportedLink:
    title: str
    url: str


@dataclass(frozen=True)
class ImportedConference:
    """``timezone`` is empty, and dates are None, where the file does not say or show them."""

    title: str = ""
    acronym: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    timezone: str = ""
    raster_minutes: int | None = None
    base_url: str = ""
    version: str = ""
    rooms: tuple[ImportedRoom, ...] = ()
    tracks: tuple[ImportedTrack, ...] = ()
    formats: tuple[ImportedFormat, ...] = ()


@dataclass(frozen=True)
class ImportedTalk:
    """A proposal, or one slot of a programme; texts are Markdown, ``start`` is UTC.

    ``state`` is what the other system says ("submitted", "accepted", "confirmed", "rejected",
    "withdrawn", "cancelled", ...), and empty in formats that hold only what is announced.
    """

    key: str
    title: str
    code: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    track: str = ""
    format: str = ""
    language: str = ""
    level: str = ""  # "beginner", "intermediate", "advanced", or nothing
    minutes: int | None = None
    speakers: tuple[ImportedPerson, ...] = ()
    room: str = ""
    start: datetime | None = None
    do_not_record: bool = False
    url: str = ""
    links: tuple[ImportedLink, ...] = ()
    notes: str = ""
    state: str = ""
    where: str = ""


@dataclass(frozen=True)
class Imported:
    """A file that was read: what it holds, what was repaired, and what was refused and why.

    ``refused`` pairs a place with a sentence. ``complete`` is false for one page of several, where
    something was refused, and where there is nothing: what is missing then is not cancelled.
    """

    conference: ImportedConference = field(default_factory=ImportedConference)
    talks: tuple[ImportedTalk, ...] = ()
    repairs: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    complete: bool = True


def within_size(data: bytes) -> bytes:
    """The file again, if it is neither empty nor larger than anybody's programme."""
    if not data.strip():
        raise BrokenFile(say("The file is empty."))
    if len(data) > MOST_BYTES:
        raise BrokenFile(say("The file is larger than %(n)s MB.", n=MOST_BYTES // 1_000_000))
    return data
