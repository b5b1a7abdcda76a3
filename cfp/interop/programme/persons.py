"""Who speaks, told apart although files repeat ids, leave them out, or share one among many."""

from __future__ import annotations

from cfp.interop.imported import LONGEST_KEY, LONGEST_NAME, ImportedPerson
from cfp.interop.programme.raw import RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.text import one_line
from cfp.sentences import say


class Persons:
    """Gives each speaker of a file one key."""

    def __init__(self, talks: tuple[RawTalk, ...], repairs: Repairs) -> None:
        self._repairs = repairs
        self._first_name: dict[str, str] = {}  # id or address -> the name it stood for first
        self._ids: dict[str, list[str]] = {}  # name -> its ids, in order
        named = [(p.id, one_line(p.name)) for talk in talks for p in talk.persons]
        for person_id, name in dict.fromkeys(pair for pair in named if all(pair)):
            self._first_name.setdefault(person_id, name)
            self._ids.setdefault(name, []).append(person_id)
        for name, ids in self._ids.items():
            if len(ids) > 1:
                listed = ", ".join(ids)
                sentence = say(
                    "%(name)s has several ids (%(ids)s) and was read as several people",
                    name=name,
                    ids=listed,
                )
                repairs.tell(sentence)

    def of(self, talk: RawTalk) -> tuple[ImportedPerson, ...]:
        """The speakers of one talk, each once."""
        found = {}
        for raw in talk.persons:
            person = self._person(raw, talk.where)
            if person and person.key in found:
                self._repairs.tell(say("A speaker was named twice; once is enough"), talk.where)
            elif person:
                found[person.key] = person
        return tuple(found.values())

    def _person(self, raw: RawPerson, where: str) -> ImportedPerson | None:
        name = one_line(raw.name)
        if not name:
            self._repairs.tell(say("A speaker without a name was left out"), where)
            return None
        if raw.email and not raw.id:
            first = self._first_name.setdefault(raw.email, name)
            if first != name:
                self._repairs.tell(
                    say("%(who)s has several names; %(name)s was kept", who=raw.email, name=first),
                    where,
                )
            return ImportedPerson(raw.email, first[:LONGEST_NAME], raw.email)
        return ImportedPerson(
            self._key(raw, name, where)[:LONGEST_KEY], name[:LONGEST_NAME], raw.email
        )

    def _key(self, raw: RawPerson, name: str, where: str) -> str:
        if not raw.id:
            if self._ids:
                self._repairs.tell(say("A speaker without an id was told by the name"), where)
            known = self._ids.get(name, [])
            return known[0] if len(known) == 1 else name.casefold()
        if self._first_name[raw.id] == name:
            return raw.id
        sentence = say("Person %(id)s stands for several names, each read as a person", id=raw.id)
        self._repairs.tell(sentence, where)
        return f"{raw.id}/{name}"
