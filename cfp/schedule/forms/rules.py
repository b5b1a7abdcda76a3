"""The shape of the rule book: a level and a weight for each rule, and what the rules go by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from cfp.display import said
from cfp.forms import InRange
from cfp.people.models import Person
from cfp.schedule.decided import BLOCK, Decided, usual
from cfp.schedule.forms import EditForm
from cfp.schedule.problem import Level
from cfp.schedule.puzzle import Programme
from cfp.schedule.rules import RULES

MORE_WAYS = 3  # empty rows for ways between rooms
TABLE = tuple(rule for rule in RULES if rule.key != BLOCK)  # that one is the mode
LEVELS = {
    Level.FORBID: _l("forbids"),
    Level.BLOCK_RELEASE: _l("blocks a release"),
    Level.WARN: _l("warns"),
    Level.WISH: _l("is a wish"),
    Level.OFF: _l("is off"),
}


def known(text: str) -> int | None:
    """A choice that is a person or a room, or none."""
    return int(text) if text else None


class RulesForm(EditForm):
    """What the rules go by; ``rules_form`` adds a level and a weight for each rule."""

    changeover = IntegerField(
        _l("Minutes between two sessions in a room"), [Optional(), InRange(0, 120)]
    )
    talks_per_day = IntegerField(
        _l("Sessions a person and day, at most"), [Optional(), InRange(1, 20)]
    )
    blocks = BooleanField(
        _l("Sessions come in blocks"),
        description=_l("A room between two breaks holds one track, with one chair."),
    )
    similar = SelectMultipleField(
        _l("Tracks for the same audience"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def chosen(self) -> dict[str, tuple[Level, int]]:
        """The level and the weight of each rule."""
        return {
            rule.key: (Level(self[f"level-{rule.key}"].data), self[f"weight-{rule.key}"].data)
            for rule in TABLE
        }

    def told(self, programme: Programme) -> dict[str, Any]:
        """Everything else, as the draft keeps it."""
        tracks, rooms = programme.conference.tracks, programme.rooms
        return {
            "changeover": self.changeover.data,
            "talks_per_day": self.talks_per_day.data,
            "blocks": self.blocks.data,
            "similar": [[int(one) for one in pair.split("-")] for pair in self.similar.data],
            "parallel": {room.id: self[f"parallel-{room.id}"].data or 1 for room in rooms},
            "chairs": {track.id: self[f"chair-{track.id}"].data for track in tracks},
            "walks": [way for row in self.ways() if (way := walk(*row)) is not None],
        }

    def ways(self) -> list[tuple[Any, Any, Any]]:
        """The fields of the ways from room to room, a row for each."""
        rows = sum(name.startswith("walk-from-") for name in self._fields)
        parts = ("from", "to", "minutes")
        return [tuple(self[f"walk-{part}-{n}"] for part in parts) for n in range(rows)]


def walk(start: Any, end: Any, minutes: Any) -> tuple[int, int | None, int] | None:
    """A way as somebody filled it in; without two rooms, or without minutes, a row is none."""
    if start.data in {None, end.data} or minutes.data is None:
        return None
    return start.data, end.data, minutes.data


def ways(programme: Programme) -> dict[str, Any]:
    """Fields for the ways that are known, and a few to fill in."""
    rooms = [SelectChoice(room.id, room.name) for room in programme.rooms]
    fields: dict[str, Any] = {}
    for n in range(len(programme.decided.walks) + MORE_WAYS):
        for name, label, nobody in (
            ("from", _("From"), _("no room")),
            ("to", _("To"), _("any other room")),
        ):
            fields[f"walk-{name}-{n}"] = SelectField(
                label, coerce=known, choices=[SelectChoice("", nobody), *rooms]
            )
        fields[f"walk-minutes-{n}"] = IntegerField(_("Minutes"), [Optional(), InRange(0, 120)])
    return fields


def rules_form(programme: Programme, people: Iterable[Person], **more: Any) -> RulesForm:
    """A form with fields for the rules, rooms and tracks of this edition."""
    fields: dict[str, Any] = {}
    levels = [SelectChoice(level.value, name) for level, name in LEVELS.items()]
    for rule in TABLE:
        name = said(rule.name)
        fields[f"level-{rule.key}"] = SelectField(name, choices=levels)
        weight = _("Weight: %(rule)s", rule=name)
        fields[f"weight-{rule.key}"] = IntegerField(weight, [InRange(1, 100)])
    for room in programme.rooms:
        fields[f"parallel-{room.id}"] = IntegerField(room.name, [Optional(), InRange(1, 500)])
    named = sorted({one.id: one for one in people}.values(), key=lambda one: one.name.casefold())
    chairs = [SelectChoice("", _("nobody")), *(SelectChoice(p.id, p.name) for p in named)]
    for track in programme.conference.tracks:
        fields[f"chair-{track.id}"] = SelectField(track.name, coerce=known, choices=chairs)
    form = type("FullRulesForm", (RulesForm,), fields | ways(programme))(**more)
    tracks = programme.conference.tracks
    form.similar.choices = [
        SelectChoice(f"{a.id}-{b.id}", _("%(a)s and %(b)s", a=a.name, b=b.name))
        for number, a in enumerate(tracks)
        for b in tracks[number + 1 :]
    ]
    return form


def shown(programme: Programme) -> dict[str, Any]:
    """What the fields show of what was decided."""
    told: Decided = programme.decided
    values: dict[str, Any] = {
        "edit": programme.edit,
        "changeover": told.changeover or None,
        "talks_per_day": told.talks_per_day,
        "blocks": told.blocks,
        "similar": [f"{min(pair)}-{max(pair)}" for pair in told.similar],
    }
    for rule in TABLE:
        setting = told.rules.settings.get(rule.key) or usual(rule)
        values[f"level-{rule.key}"] = setting.level.value
        values[f"weight-{rule.key}"] = setting.weight
    for room in programme.rooms:
        values[f"parallel-{room.id}"] = told.parallel.get(room.id, 1)
    for track in programme.conference.tracks:
        values[f"chair-{track.id}"] = told.chairs.get(track.id)
    for n, way in enumerate(told.walks):
        values |= {f"walk-from-{n}": way.a, f"walk-to-{n}": way.b, f"walk-minutes-{n}": way.minutes}
    return values
