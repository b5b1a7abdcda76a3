"""From the raw words of a schedule file to talks: everything that must hold is made to hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cfp.interop.imported import (
    LONGEST_KEY,
    LONGEST_LABEL,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_TALKS,
    OURS,
    BrokenFile,
    Imported,
    ImportedLink,
    ImportedTalk,
)
from cfp.interop.markup import has_html, to_markdown
from cfp.interop.programme.conference import conference_of, wall_clock
from cfp.interop.programme.persons import Persons
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.programme.times import Clock, length_of, start_of
from cfp.interop.text import clean, language_code, level_name, one_line, web_address
from cfp.sentences import say

_YES = {"true", "1", "yes", "on"}
_NO_TRACK = {"no track", "none", "-"}


@dataclass(frozen=True)
class _Reading:
    """What is known of the whole file while its talks are read one by one."""

    ours: bool  # written by us: its texts are Markdown already
    wall: Clock
    persons: Persons
    repairs: Repairs


def collect(
    head: RawHead, raws: Iterable[RawTalk], repairs: Repairs, *, zone: str, complete: bool = True
) -> Imported:
    """The file as talks; ``zone`` is used where the file itself names none."""
    everything = tuple(raws)
    if len(everything) > MOST_TALKS:
        raise BrokenFile(say("The file holds more than %(n)s talks.", n=MOST_TALKS))
    titled = tuple(raw for raw in everything if _has_title(raw, repairs))
    wall = wall_clock(head, titled, zone, repairs)
    reading = _Reading(head.generator == OURS, wall, Persons(titled, repairs), repairs)
    keys = _keys(titled, repairs)
    talks = tuple(_talk(raw, key, reading) for raw, key in zip(titled, keys, strict=True))
    conference = conference_of(head, talks, wall, repairs)
    refused = tuple(repairs.refused)
    if not talks:
        repairs.tell(say("The file holds no talks; nothing is taken for cancelled because of that"))
    whole = complete and bool(talks) and not refused
    return Imported(conference, talks, repairs.sentences(), refused, whole)


def _has_title(raw: RawTalk, repairs: Repairs) -> bool:
    if not one_line(raw.title):
        repairs.refuse(say("The talk has no title."), raw.where)
        return False
    return True


def _keys(raws: tuple[RawTalk, ...], repairs: Repairs) -> list[str]:
    """A key for each talk by which the next import knows it again; no two are equal."""
    keys: dict[str, None] = {}
    slots: Counter[str] = Counter()  # further ones, by what the talk is known by
    ids = Counter(raw.id for raw in raws if raw.id and raw.guid)
    for raw in raws:
        base = raw.guid or raw.code or raw.id
        if not base:
            repairs.tell(say("The talk has no id; it is known by its title and speaker"), raw.where)
            base = _fingerprint(raw)
        elif ids[raw.id] > 1:
            repairs.tell(
                say("Event ids repeat; the talks were told apart by their guids"), raw.where
            )
        key = base = base[: LONGEST_KEY - 8]
        while key in keys:
            slots[base] += 1
            key = f"{base}#{slots[base] + 1}"
        if key != base:
            repairs.tell(
                say("The talk stands there again; it was read as a further slot"), raw.where
            )
        keys[key] = None
    return list(keys)


def _fingerprint(raw: RawTalk) -> str:
    speaker = raw.persons[0] if raw.persons else RawPerson("")
    words = one_line(f"{raw.title} {speaker.email or speaker.name}").casefold()
    return sha256(words.encode()).hexdigest()[:32]


def _talk(raw: RawTalk, key: str, reading: _Reading) -> ImportedTalk:
    repairs = reading.repairs
    start = start_of(raw, reading.wall, repairs)
    return ImportedTalk(
        key=key,
        code=one_line(raw.code),
        title=_shortened(raw, one_line(raw.title), LONGEST_TITLE, say("The title"), repairs),
        subtitle=_shortened(
            raw, one_line(raw.subtitle), LONGEST_TITLE, say("The subtitle"), repairs
        ),
        abstract=_prose(raw, raw.abstract, reading),
        description=_prose(raw, raw.description, reading),
        notes=_prose(raw, raw.notes, reading),
        track=_track(raw, reading),
        format=_shortened(raw, one_line(raw.format), LONGEST_LABEL, say("The format"), repairs),
        language=_language(raw, repairs),
        level=level_name(raw.level),
        minutes=length_of(raw, start, reading.wall.zone, repairs),
        speakers=reading.persons.of(raw),
        room=_shortened(raw, one_line(raw.room), LONGEST_LABEL, say("The room"), repairs),
        start=start,
        do_not_record=raw.do_not_record.strip().lower() in _YES,
        url=_address(raw, repairs),
        links=_links(raw, repairs),
        state=raw.state,
        where=raw.where,
    )


def _shortened(raw: RawTalk, words: str, longest: int, what: str, repairs: Repairs) -> str:
    if len(words) > longest:
        sentence = say("%(what)s is longer than %(n)s characters and was cut", what=what, n=longest)
        repairs.tell(sentence, raw.where)
        return words[: longest - 1].rstrip() + "…"
    return words


def _prose(raw: RawTalk, text: str, reading: _Reading) -> str:
    repairs = reading.repairs
    words = clean(text)
    if len(words) > LONGEST_TEXT:
        what = say("A text")
        sentence = say(
            "%(what)s is longer than %(n)s characters and was cut", what=what, n=LONGEST_TEXT
        )
        repairs.tell(sentence, raw.where)
        words = words[:LONGEST_TEXT].rstrip()
    if not reading.ours and has_html(words):
        repairs.tell(say("HTML was turned into Markdown"), raw.where)
        words = to_markdown(words)
    return words


def _track(raw: RawTalk, reading: _Reading) -> str:
    track = _shortened(raw, one_line(raw.track), LONGEST_LABEL, say("The track"), reading.repairs)
    if not reading.ours and track.casefold() in _NO_TRACK:
        reading.repairs.tell(
            say("The track “%(name)s” was read as no track", name=track), raw.where
        )
        return ""
    return track


def _language(raw: RawTalk, repairs: Repairs) -> str:
    language = language_code(raw.language)
    if raw.language.strip() and not language:
        named = one_line(raw.language)[:20]
        repairs.tell(say("“%(text)s” is no language and was left out", text=named), raw.where)
    return language


def _address(raw: RawTalk, repairs: Repairs) -> str:
    url = web_address(raw.url)
    if raw.url.strip() and not url:
        repairs.tell(say("The talk's address is not a web address and was left out"), raw.where)
    return url


def _links(raw: RawTalk, repairs: Repairs) -> tuple[ImportedLink, ...]:
    links = []
    for title, href in raw.links:
        url = web_address(href)
        if not url:
            repairs.tell(say("A link without a web address was left out"), raw.where)
            continue
        if not href.strip().lower().startswith("http"):
            repairs.tell(say("A link lacked its http://"), raw.where)
        links.append(ImportedLink(one_line(title)[:LONGEST_TITLE], url))
    return tuple(links)
