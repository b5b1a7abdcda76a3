"""The demo while it is being filled in: its files, its people, its clock."""

import csv
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from cfp import clock
from cfp.conference.models import Conference
from cfp.people import service as people
from cfp.people.models import Person

PASSWORD = "a-night-at-the-theatre"  # noqa: S105  (known to everybody: nobody's secret)
LOGINS = (
    ("Ines Kulisse", "organiser@example.org", "organiser and chair"),
    ("Marit Solvåg", "marit.solvaag@example.org", "reviewer (and speaker)"),
    ("Tilda Rampe", "speaker@example.org", "speaker with nothing proposed yet"),
)


@dataclass
class Demo:
    """The demo while it is being filled in."""

    folder: Path
    at: datetime
    password_hash: str
    plan: dict[str, Any]
    conference: Conference
    people: dict[str, Person]

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def moment(self, day: int, wall: str) -> datetime:
        """The moment at which a clock at the conference shows ``wall`` on its n-th day."""
        on = self.conference.days[day - 1]
        return clock.from_wall(
            datetime.combine(on, time.fromisoformat(wall)), self.conference.timezone
        )

    def person(self, name: str, email: str, employer: str = "") -> Person:
        if email not in self.people:
            self.people[email] = people.add_person(
                name,
                email,
                at=self.at,
                employer=employer,
                email_confirmed_at=self.at,
                password_hash=self.password_hash,
            )
        return self.people[email]
