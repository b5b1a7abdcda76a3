"""Which blocks to plan anew while the others stay: tracks, sessions, rooms, what costs most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from random import Random

from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.layout import Around, Layout
from cfp.schedule.csplib.troubles import troubles

SMALLEST, LARGEST = 1.0, 40.0


class Sight:
    """A layout as neighbourhoods look at it."""

    def __init__(self, instance: Instance, layout: Layout) -> None:
        self.layout = layout
        self.tracks = sorted({talk.track for talk in instance.talks})
        self.sessions = list(range(len(instance.sessions)))
        self.troubles = troubles(instance, layout.plan)

    def part(
        self, tracks: Collection[int], sessions: Collection[int], *, rooms_only: bool = False
    ) -> Around:
        free = frozenset((track, session) for track in tracks for session in sessions)
        return Around(self.layout, free, rooms_only)


Kind = Callable[[Random, Sight, int], Around]


def some_tracks(rng: Random, sight: Sight, size: int) -> Around:
    """Tracks in all their sessions."""
    return sight.part(_some(rng, sight.tracks, 1 + size), sight.sessions)


def some_sessions(rng: Random, sight: Sight, size: int) -> Around:
    """Everything in a few sessions."""
    return sight.part(sight.tracks, _some(rng, sight.sessions, 1 + size // 4))


def neighbouring_sessions(rng: Random, sight: Sight, size: int) -> Around:
    """Some tracks in sessions that follow each other."""
    many = min(len(sight.sessions), 2 + size // 3)
    first = rng.randrange(len(sight.sessions) - many + 1)
    return sight.part(_some(rng, sight.tracks, 2 + 2 * size), range(first, first + many))


def what_costs(rng: Random, sight: Sight, size: int) -> Around:
    """The tracks of something that costs, and those who could make room for them."""
    if not sight.troubles:
        return some_tracks(rng, sight, size)
    # by what it costs, or whatever costs anything
    prices = [price for price, _ in sight.troubles] if rng.random() < 0.6 else None
    tracks = set(rng.choices([tracks for _, tracks in sight.troubles], prices)[0])
    part = sight.part(tracks | _some(rng, sight.tracks, size), sight.sessions)
    beside = sight.part(_some(rng, sight.tracks, 4 * size), _some(rng, sight.sessions, 1))
    return Around(sight.layout, part.free | beside.free)


def company(rng: Random, sight: Sight, size: int) -> Around:
    """Tracks that share sessions with one track: they could change places with it."""
    first = rng.choice(sight.tracks)
    rooms = sight.layout.rooms
    sessions = [session for session in sight.sessions if rooms.get((first, session))]
    beside = [t for t in sight.tracks if any(rooms.get((t, session)) for session in sessions)]
    return sight.part({first} | _some(rng, beside, size), sight.sessions)


def only_rooms(rng: Random, sight: Sight, size: int) -> Around:
    """Many tracks, each at its times: their rooms are chosen anew."""
    return sight.part(_some(rng, sight.tracks, 3 + 2 * size), sight.sessions, rooms_only=True)


KINDS: tuple[Kind, ...] = (
    some_tracks,
    some_sessions,
    neighbouring_sessions,
    what_costs,
    company,
    only_rooms,
)


@dataclass
class Choice:
    """Chooses kinds by their luck, and how much to free by how soon it was solved."""

    rng: Random
    luck: dict[Kind, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 1.0))
    size: dict[Kind, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 3.0))

    def next(self, sight: Sight) -> tuple[Kind, Around]:
        kind = self.rng.choices(list(self.luck), list(self.luck.values()))[0]
        return kind, kind(self.rng, sight, max(1, round(self.size[kind])))

    def learn(self, kind: Kind, *, better: bool, finished: bool, quick: bool) -> None:
        """What helped is tried more often; what was solved quickly may be larger."""
        self.luck[kind] = max(0.2, 0.95 * self.luck[kind] + (0.4 if better else 0))
        if quick and not better:
            self.size[kind] = min(LARGEST, 1.1 * self.size[kind])
        elif not finished:
            self.size[kind] = max(SMALLEST, 0.85 * self.size[kind])


def _some(rng: Random, many: Sequence[int], size: int) -> set[int]:
    return set(rng.sample(many, min(len(many), size)))
