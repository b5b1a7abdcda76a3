"""All rows that an edition's programme is made of, as they were read at one look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from cfp.conference.models import Conference, Room
from cfp.people.models import Person
from cfp.schedule import models
from cfp.schedule.decided import Decided, decided
from cfp.stars.models import Interest
from cfp.submissions.models import Availability, Talk


@dataclass(frozen=True)
class Programme:
    """All rows that an edition's programme is made of; placements are those of the draft."""

    conference: Conference
    rooms: list[Room]
    openings: list[models.Opening]
    breaks: list[models.Break]
    talks: list[Talk]
    availability: list[Availability] = field(default_factory=list)
    placements: list[models.Placement] = field(default_factory=list)
    draft: models.Schedule | None = None
    last: models.Schedule | None = None
    may_undo: bool = False  # whoever it was read for
    may_redo: bool = False
    interest: Interest | None = None
    chairs: dict[int, Person] = field(default_factory=dict)  # who chairs a session, by their ids

    @property
    def edit(self) -> int:
        """How often the draft was edited; a form that knows an older number is stale."""
        return self.draft.edit if self.draft else 0

    @cached_property
    def decided(self) -> Decided:
        """What the organisers decided by hand."""
        return decided(self.draft)

    @cached_property
    def talk(self) -> dict[str, Talk]:
        """Talks by the name that the puzzle gives them."""
        return {str(talk.id): talk for talk in self.talks}

    @cached_property
    def room(self) -> dict[str, Room]:
        return {str(room.id): room for room in self.rooms}

    @cached_property
    def placed(self) -> dict[str, models.Placement]:
        return {str(placement.talk_id): placement for placement in self.placements}

    @cached_property
    def announced(self) -> dict[str, Mapping[str, Any]]:
        """The talks of the last release as they were frozen, by the same names."""
        content = self.last.released_content if self.last else {"talks": []}
        return {str(talk["id"]): talk for talk in content["talks"]}

    @cached_property
    def divided(self) -> set[int]:
        """The proposals whose session has several parts."""
        return {talk.submission_id for talk in self.talks if talk.part > 1}

    @property
    def unplaced(self) -> list[Talk]:
        return [talk for name, talk in self.talk.items() if name not in self.placed]

    def find_talk(self, code: str) -> Talk | None:
        return next((talk for talk in self.talks if talk.code == code), None)

    def with_talks(self, wanted: Iterable[Talk]) -> Programme:
        """The same programme with these talks only."""
        kept = list(wanted)
        ids = {talk.id for talk in kept}
        return replace(
            self, talks=kept, placements=[p for p in self.placements if p.talk_id in ids]
        )
