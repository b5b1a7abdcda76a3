"""What organisers decided by hand, as the draft's row keeps it: the rules, each session's needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cfp.schedule.models import Schedule
from cfp.schedule.problem import Level, RuleBook, Setting, Waiver
from cfp.schedule.rules import RULES, Rule

# Who consents may be recorded; that is a reason for a room that records, not a condition.
# What stars foretell of an audience is a guess: it warns, and popularity is the wish.
OURS = {
    "recording": Setting(Level.WISH, weight=2, tier=4),
    "capacity": Setting(Level.WARN),
}
BLOCK = "one-track-a-block"
KNOWN = frozenset(rule.key for rule in RULES)
USUAL_TIER = 4  # of a rule that organisers made a wish


@dataclass(frozen=True)
class Condition:
    """What a session needs, and what its people wish; ids as the database has them."""

    plenary: bool = False
    sponsored: bool = False
    equipment: tuple[str, ...] = ()
    rooms: tuple[int, ...] = ()
    audience: int | None = None
    chairs: tuple[int, ...] = ()
    after: int | None = None  # the session whose next part it is
    wish_from: datetime | None = None
    wish_until: datetime | None = None
    zone: str | None = None  # of those who speak from afar


@dataclass(frozen=True)
class Way:
    """Minutes to walk between two rooms, or (``b`` None) between one room and any other."""

    a: int
    b: int | None
    minutes: int


@dataclass(frozen=True)
class Decided:
    """The rule book of an edition, and the numbers that its rules go by."""

    levels: Mapping[str, Setting] = field(default_factory=dict)
    waivers: frozenset[Waiver] = frozenset()
    changeover: int = 0
    talks_per_day: int | None = None
    similar: tuple[tuple[int, int], ...] = ()  # pairs of tracks
    parallel: Mapping[int, int] = field(default_factory=dict)  # sessions at once, by room
    blocks: bool = False
    chairs: Mapping[int, int] = field(default_factory=dict)  # who chairs each track's blocks
    walks: tuple[Way, ...] = ()  # those that take other than the usual minutes
    conditions: Mapping[str, Condition] = field(default_factory=dict)

    @property
    def rules(self) -> RuleBook:
        """As the rule book knows it."""
        blocks = {BLOCK: Setting(Level.FORBID)} if self.blocks else {}
        return RuleBook({**OURS, **blocks, **self.levels}, self.waivers)

    def of(self, talk: str) -> Condition:
        """What was said of a session."""
        return self.conditions.get(talk, Condition())

    def people(self) -> set[int]:
        """Everybody who chairs something."""
        named = {person for one in self.conditions.values() for person in one.chairs}
        return named | set(self.chairs.values())


def decided(draft: Schedule | None) -> Decided:
    """What the draft's row says."""
    if draft is None:
        return Decided()
    told = draft.rulebook or {}
    return Decided(
        levels={
            key: _setting(key, *kept)
            for key, kept in told.get("levels", {}).items()
            if key in KNOWN
        },
        waivers=frozenset(Waiver(*pair) for pair in draft.waivers or ()),
        changeover=told.get("changeover") or 0,
        talks_per_day=told.get("talks_per_day"),
        similar=tuple((a, b) for a, b in told.get("similar", ())),
        parallel={int(room): many for room, many in told.get("parallel", {}).items()},
        blocks=bool(told.get("blocks")),
        chairs={int(track): person for track, person in told.get("chairs", {}).items()},
        walks=tuple(Way(*way) for way in told.get("walks", ())),
        conditions={name: condition(kept) for name, kept in (draft.conditions or {}).items()},
    )


def condition(kept: Mapping[str, Any]) -> Condition:
    """A condition as it is kept."""
    return Condition(
        plenary=bool(kept.get("plenary")),
        sponsored=bool(kept.get("sponsored")),
        equipment=tuple(kept.get("equipment") or ()),
        rooms=tuple(kept.get("rooms") or ()),
        audience=kept.get("audience"),
        chairs=tuple(kept.get("chairs") or ()),
        after=kept.get("after"),
        wish_from=_moment(kept.get("wish_from")),
        wish_until=_moment(kept.get("wish_until")),
        zone=kept.get("zone"),
    )


def usual(rule: Rule) -> Setting:
    """How a rule is taken where nobody decided anything."""
    return OURS.get(rule.key, rule.default)


def changed_levels(chosen: Mapping[str, tuple[Level, int]]) -> dict[str, list[Any]]:
    """What to keep of these levels and weights: those that are not as usual."""
    return {
        rule.key: [level.value, weight]
        for rule in RULES
        for level, weight in [chosen.get(rule.key, (usual(rule).level, usual(rule).weight))]
        if (level, weight) != (usual(rule).level, usual(rule).weight)
    }


def parts_of(
    conditions: Mapping[str, Condition], talks: Iterable[str]
) -> dict[str, tuple[str, int]]:
    """For each session in several parts: the name of the first, and the number of its part."""
    here = set(talks)
    before = {
        name: str(one.after)
        for name, one in conditions.items()
        if one.after is not None and name in here and str(one.after) in here
    }
    found: dict[str, tuple[str, int]] = {}
    for name in {*before, *before.values()}:
        first, number = name, 1
        while first in before and number <= len(before):
            first, number = before[first], number + 1
        found[name] = (first, number)
    return found


def _setting(key: str, level: str, weight: int) -> Setting:
    known = next(usual(rule) for rule in RULES if rule.key == key)
    tier = known.tier if known.level is Level.WISH else USUAL_TIER
    return Setting(Level(level), weight=weight, tier=tier)


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
