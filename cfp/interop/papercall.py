"""Reading Papercall: a list of submissions, each with its talk, its profile and its ratings."""

from __future__ import annotations

import re
from typing import Any

from cfp.interop.imported import BrokenFile, Imported, numbered
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.schedule_json.parsing import a_dict, a_list, dicts, parse, words
from cfp.sentences import say

_STATES = {"declined": "withdrawn", "waitlist": "submitted"}
_MINUTES = re.compile(r"(\d{1,3})\s*min", re.IGNORECASE)


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """The submissions in the file. Raises BrokenFile where none has a talk."""
    content, repairs = parse(data), Repairs()
    submissions = dicts(content if isinstance(content, list) else [content])
    if not any(isinstance(one.get("talk"), dict) for one in submissions):
        raise BrokenFile(say("The file holds no submissions of Papercall."))
    raws = [_talk(one, number) for number, one in enumerate(submissions, 1)]
    return collect(RawHead(), raws, repairs, zone=zone)


def _talk(one: dict[str, Any], number: int) -> RawTalk:
    talk, profile = a_dict(one.get("talk")), a_dict(one.get("profile"))
    key, state = words(one.get("id")), words(one.get("state")).lower()
    form = words(talk.get("talk_format"))
    minutes = _MINUTES.search(form)
    ratings = [words(rating.get("value")) for rating in dicts(one.get("ratings"))]
    tags = ", ".join(words(tag) for tag in a_list(one.get("tags")) if words(tag))
    notes = (
        words(talk.get("notes")),
        f"Tags: {tags}" if tags else "",
        f"Ratings (of 100): {', '.join(filter(None, ratings))}" if any(ratings) else "",
    )
    return RawTalk(
        where=numbered("submission", number, key),
        id=key,
        title=words(talk.get("title")),
        abstract=words(talk.get("abstract")),
        description=words(talk.get("description")),
        notes="\n\n".join(filter(None, notes)),
        format=re.sub(r"\s*\([^)]*min[^)]*\)\s*$", "", form),
        duration=minutes[1] if minutes else "",
        level=words(talk.get("audience_level")),
        state=_STATES.get(state, state),
        persons=_persons(profile),
    )


def _persons(profile: dict[str, Any]) -> tuple[RawPerson, ...]:
    name, email = words(profile.get("name")), words(profile.get("email")).lower()
    return (RawPerson(name or email, email=email),) if name or email else ()
