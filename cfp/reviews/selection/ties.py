"""Between which proposals the lot really decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from cfp.reviews.selection.places import Choice, Places, points
from cfp.reviews.selection.quotas import Candidate, Key, Tie
from cfp.reviews.selection.table import Cell

Node = tuple[Cell, bool]  # those of a cell that are in, or those that are out


def find_ties(
    candidates: Sequence[Candidate], order: Sequence[Key], choice: Choice, places: Places
) -> tuple[Tie, ...]:
    """Two proposals tie if they have the same score and either can stand in for the other.

    Seldom, whole combinations tie (4 and 2 points, or 3 and 3): undecided proposals that no plain
    tie explains make such a group.
    """
    counts = Counter(_cell(each) for each in candidates if each.id in choice.chosen)
    levels = defaultdict[int | None, list[Candidate]](list)
    for candidate in candidates:
        if candidate.id in choice.undecided:
            levels[points(candidate)].append(candidate)
    found: list[tuple[set[Key], float | None]] = []
    for _, level in sorted(levels.items(), key=lambda item: item[0] or 0, reverse=True):
        for group in _linked(_swaps(level, counts, choice, places)):
            members = {
                each.id for each in level if (_cell(each), each.id in choice.chosen) in group
            }
            found.append((members, level[0].score))
    explained = set[Key]().union(*(members for members, _ in found))
    if combined := choice.undecided - explained:
        found.append((set(combined), None))
    return tuple(_tie(members, order, choice, score) for members, score in found)


def _swaps(
    level: Sequence[Candidate], counts: Counter[Cell], choice: Choice, places: Places
) -> list[tuple[Node, Node]]:
    """Which cells' proposals of one score can stand in for which others'."""
    inside = dict.fromkeys(_cell(each) for each in level if each.id in choice.chosen)
    outside = dict.fromkeys(_cell(each) for each in level if each.id not in choice.chosen)
    return [
        ((here, True), (there, False))
        for here in inside
        for there in outside
        if places.can_swap(counts, here, there)
    ]


def _cell(candidate: Candidate) -> Cell:
    return candidate.format, candidate.track


def _tie(members: set[Key], order: Sequence[Key], choice: Choice, score: float | None) -> Tie:
    drawn = tuple(key for key in order if key in members)
    return Tie(drawn, tuple(key for key in drawn if key in choice.chosen), score)


def _linked(links: Iterable[tuple[Node, Node]]) -> list[set[Node]]:
    """The connected groups."""
    groups: list[set[Node]] = []
    for link in links:
        touched = [group for group in groups if group & set(link)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(link).union(*touched))
    return groups
