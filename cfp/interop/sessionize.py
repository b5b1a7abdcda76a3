"""Reading Sessionize: its "All" view as JSON, with categories and speakers beside the sessions."""

from __future__ import annotations

from typing import Any

from cfp.interop.imported import BrokenFile, Imported, ImportedRoom, numbered
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.schedule_json.parsing import a_dict, a_list, dicts, parse, words
from cfp.sentences import say

# Categories are the organiser's own; these words in their titles say what they mean to us.
_MEANINGS = {
    "format": ("format", "type"),
    "track": ("track", "topic", "thema"),
    "level": ("level", "niveau"),
    "language": ("language", "sprache"),
}
_STATES = {"declined": "rejected", "decline queue": "submitted", "accept queue": "submitted"}
Category = dict[str, tuple[str, str]]  # an item's id -> what it is to us, and its name


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """Every session but breaks. Raises BrokenFile where there are no sessions."""
    content, repairs = a_dict(parse(data)), Repairs()
    if not isinstance(content.get("sessions"), list):
        raise BrokenFile(say("The file holds no sessions of Sessionize."))
    rooms = {words(room.get("id")): words(room.get("name")) for room in dicts(content.get("rooms"))}
    persons = {words(one.get("id")): _person(one) for one in dicts(content.get("speakers"))}
    asked = {words(q.get("id")): words(q.get("question")) for q in dicts(content.get("questions"))}
    items = _items(content)
    raws = [
        _talk(one, number, items, rooms, persons, asked)
        for number, one in enumerate(dicts(content["sessions"]), 1)
        if one.get("isServiceSession") is not True
    ]
    head = RawHead(rooms=tuple(ImportedRoom(name) for name in rooms.values() if name))
    return collect(head, raws, repairs, zone=zone)


def _items(content: dict[str, Any]) -> Category:
    found: Category = {}
    for category in dicts(content.get("categories")):
        title = words(category.get("title")).lower()
        meaning = next(
            (name for name, known in _MEANINGS.items() if any(word in title for word in known)), ""
        )
        for item in dicts(category.get("items")):
            found[words(item.get("id"))] = (meaning, words(item.get("name")))
    return found


def _person(one: dict[str, Any]) -> RawPerson:
    parts = (words(one.get("firstName")), words(one.get("lastName")))
    name = words(one.get("fullName")) or " ".join(part for part in parts if part)
    return RawPerson(name, id=words(one.get("id")), email=words(one.get("email")).lower())


def _talk(
    one: dict[str, Any],
    number: int,
    items: Category,
    rooms: dict[str, str],
    persons: dict[str, RawPerson],
    asked: dict[str, str],
) -> RawTalk:
    key = words(one.get("id"))
    chosen = [items[words(i)] for i in a_list(one.get("categoryItems")) if words(i) in items]
    state = words(one.get("status")).replace("_", " ").lower()
    answers = [
        f"{asked.get(words(answer.get('questionId')), '')}: {words(answer.get('answerValue'))}"
        for answer in dicts(one.get("questionAnswers"))
        if words(answer.get("answerValue"))
    ]
    meant = {name: said for name, said in chosen if name}
    return RawTalk(
        where=numbered("session", number, key),
        id=key,
        title=words(one.get("title")),
        abstract=words(one.get("description")),
        notes="\n".join(answers),
        room=rooms.get(words(one.get("roomId")), ""),
        date=words(one.get("startsAt")),
        end=words(one.get("endsAt")),
        state=_STATES.get(state, state),
        persons=tuple(
            persons[words(i)] for i in a_list(one.get("speakers")) if words(i) in persons
        ),
        format=meant.get("format", ""),
        track=meant.get("track", ""),
        level=meant.get("level", ""),
        language=meant.get("language", ""),
    )
