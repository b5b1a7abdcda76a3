"""How seriously the organisers take each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How seriously the organisers take a rule."""

    FORBID = "forbid"
    BLOCK_RELEASE = "block release"
    WARN = "warn"
    WISH = "wish"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule's level; weight and tier count for wishes (a lower tier is met first)."""

    level: Level
    weight: int = 1
    tier: int = 4


@dataclass(frozen=True, slots=True)
class Waiver:
    """For this subject (a talk, a person, a break) the rule does not hold: accepted by hand."""

    rule: str
    subject: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What these organisers changed, by rule key; every other rule keeps its default."""

    settings: Mapping[str, Setting] = field(default_factory=dict)
    waivers: frozenset[Waiver] = frozenset()
