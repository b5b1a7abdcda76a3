"""The shape of what organisers say about one session: what it needs, who chairs it, its wishes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from cfp import clock
from cfp.forms import InRange
from cfp.people.models import Person
from cfp.schedule.decided import Condition
from cfp.schedule.forms import EditForm
from cfp.schedule.puzzle import Programme
from cfp.submissions.models import Talk

# One or two large cities for each part of the day in which people live.
ZONES = (
    *("Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi"),
    *("America/Anchorage", "America/Bogota", "America/Chicago", "America/Denver"),
    *("America/Halifax", "America/Los_Angeles", "America/Mexico_City", "America/New_York"),
    *("America/Sao_Paulo", "Asia/Bangkok", "Asia/Dhaka", "Asia/Dubai", "Asia/Karachi"),
    *("Asia/Kolkata", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Atlantic/Azores"),
    *("Australia/Sydney", "Europe/Athens", "Europe/Berlin", "Europe/Istanbul", "Europe/London"),
    *("Europe/Moscow", "Pacific/Auckland", "Pacific/Honolulu"),
)
WALL = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


def number(text: str) -> int | None:
    """A choice that is a number, or none."""
    return int(text) if text else None


def written(text: str | None) -> str | None:
    """A choice by its name; the empty one is none."""
    return text or None


def several(label: str, **more: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), **more
    )


def moment(label: str) -> DateTimeLocalField:
    return DateTimeLocalField(label, [Optional()], format=WALL)


class ConditionForm(EditForm):
    """What a session needs on stage, and what its people wish."""

    plenary = BooleanField(_l("Everybody hears it: nothing runs beside it"))
    sponsored = BooleanField(_l("It is sponsored: no other sponsored session beside it"))
    equipment = several(_l("Equipment"))
    rooms = several(_l("Only in these rooms"), coerce=int)
    audience = IntegerField(_l("Expected audience"), [Optional(), InRange(1, 100_000)])
    chair = SelectField(_l("Chair"), coerce=number)
    whole_block = BooleanField(
        _l("They chair the whole block"),
        description=_l("All sessions in this room between the same two breaks."),
    )
    after = SelectField(
        _l("Next part of"),
        coerce=number,
        description=_l("It follows that session in the same room; a break may lie between."),
    )
    wish_from = moment(_l("Rather not before"))
    wish_until = moment(_l("Rather over by"))
    zone = SelectField(
        _l("Time zone of those who speak from afar"),
        coerce=written,
        description=_l("They are rather asked from 8 to 22 o'clock there."),
    )

    def offer(self, programme: Programme, talk: Talk, people: Iterable[Person]) -> None:
        """Fill the choices; what was said once stays a choice, though no room has it any more."""
        known = programme.decided.of(str(talk.id))
        there = {str(thing) for room in programme.rooms for thing in room.equipment}
        wanted = sorted(there | set(known.equipment))
        self.equipment.choices = [SelectChoice(thing, thing) for thing in wanted]
        self.rooms.choices = [SelectChoice(room.id, room.name) for room in programme.rooms]
        chairs = {person.id: person for person in [*people, *programme.chairs.values()]}
        named = sorted(chairs.values(), key=lambda person: (person.name.casefold(), person.id))
        nobody = SelectChoice("", _("nobody"))
        self.chair.choices = [nobody, *(SelectChoice(p.id, p.name) for p in named)]
        others = [SelectChoice(one.id, one.title) for one in programme.talks if one is not talk]
        self.after.choices = [SelectChoice("", _("no other session")), *others]
        here, zones = SelectChoice("", _("they come here")), {*ZONES, known.zone or ZONES[0]}
        named = [SelectChoice(zone, zone.replace("_", " ")) for zone in sorted(zones)]
        self.zone.choices = [here, *named]
        self.conference = programme.conference

    def validate_wish_until(self, field):
        if field.data and self.wish_from.data and field.data < self.wish_from.data:
            raise ValidationError(_("This is before the other time."))

    def said(self) -> dict[str, Any]:
        """As the draft keeps it."""
        return {
            "plenary": self.plenary.data,
            "sponsored": self.sponsored.data,
            "equipment": self.equipment.data,
            "rooms": self.rooms.data,
            "audience": self.audience.data,
            "chairs": [self.chair.data] if self.chair.data else [],
            "after": self.after.data,
            "wish_from": self._kept(self.wish_from.data),
            "wish_until": self._kept(self.wish_until.data),
            "zone": self.zone.data,
        }

    def _kept(self, wall: datetime | None) -> str | None:
        return clock.from_wall(wall, self.conference.timezone).isoformat() if wall else None


def shown(condition: Condition, zone: str) -> dict[str, Any]:
    """What the fields show of a condition."""

    def wall(moment: datetime | None) -> datetime | None:
        return clock.local(moment, zone) if moment else None

    return {
        "plenary": condition.plenary,
        "sponsored": condition.sponsored,
        "equipment": list(condition.equipment),
        "rooms": list(condition.rooms),
        "audience": condition.audience,
        "chair": next(iter(condition.chairs), None),
        "after": condition.after,
        "wish_from": wall(condition.wish_from),
        "wish_until": wall(condition.wish_until),
        "zone": condition.zone or "",
    }
