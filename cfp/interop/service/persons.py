"""The people of a file, each of them once, found again when the file comes again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cfp.db import db
from cfp.interop.imported import ImportedPerson, ImportedTalk
from cfp.people import service as people
from cfp.people.models import Person
from cfp.submissions.models import Speaker, Submission


class Persons:
    """People by the key that the file gives them; without an address also by their name here."""

    def __init__(self, known: Iterable[Submission], at: datetime) -> None:
        self.at = at
        self._by_key: dict[str, Person] = {}
        self._by_name = {s.person.name: s.person for sub in known for s in sub.speakers}

    def seat(self, submission: Submission, talk: ImportedTalk) -> bool:
        """Give the submission the file's speakers, in its order; True if that changed anything."""
        wanted: list[Person] = []
        seated = [speaker.person for speaker in submission.speakers]
        for about in talk.speakers:
            # Two people of one name are told apart by the talk on which they sit already.
            same = next((p for p in seated if p.name == about.name and p not in wanted), None)
            person = same if same is not None and not about.email else self._find(about)
            self._by_key.setdefault(about.key, person)
            if person not in wanted:
                wanted.append(person)
        here = {speaker.person_id: speaker for speaker in submission.speakers}
        if [person.id for person in wanted] == [s.person_id for s in submission.speakers]:
            return False
        submission.speakers = [here.get(person.id) or Speaker(person=person) for person in wanted]
        for position, speaker in enumerate(submission.speakers):
            speaker.position = position
        db.session.flush()
        return True

    def _find(self, about: ImportedPerson) -> Person:
        if about.key not in self._by_key:
            if about.email:
                person = people.find_or_add_person(about.name, about.email, at=self.at)
            else:
                person = self._by_name.get(about.name) or people.add_person(about.name, at=self.at)
            self._by_key[about.key] = person
        return self._by_key[about.key]
