"""Soft goals: so many for beginners, so many by people who never spoke here, at what price.

A quota is kept; a goal has a price in points. The best line-up within the quotas is the one with
the highest sum of scores, plus the price for every place of a goal that is met: so a proposal that
serves a goal is preferred to one that scored up to the price more, as long as the goal is open.

Goals lie across formats and tracks, and three groupings at once are no network any more. So this
choice is an integer programme, solved to proven optimality by HiGHS (Q. Huangfu and J. A. J. Hall,
Parallelizing the dual revised simplex method, Mathematical Programming Computation 10 (2018),
119-142); what it fills of the quotas is what the network of the table fills. The lot then takes, of
all equally good line-ups, the one with the proposal drawn first, and so on, as it always does.

Proposals that nothing tells apart, with one score, format, track and marks, are a group: the
programme says how many of it are in, and the lot which. So many ties make it small, not slow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cfp.reviews.selection.equals import Equals
from cfp.reviews.selection.places import Choice, Places
from cfp.reviews.selection.programme import Programme
from cfp.reviews.selection.quotas import Candidate, Key


def fill_with_goals(
    candidates: Sequence[Candidate], order: Sequence[Key], places: Places
) -> Choice:
    """The best choice within the quotas, goals and their price counted in; of equals by the lot.

    The candidates come in the order of the lot.
    """
    base = places.fill(candidates, order)
    if not base.chosen:
        return base
    programme = Programme(candidates, places, base)
    best = programme.best()
    if best is None:
        return base
    equals = Equals.of(programme, best)
    group_of: Mapping[Key, int] = {
        one.id: number for number, group in enumerate(programme.groups) for one in group
    }
    loose = equals.loose()
    drawn = equals.draw([group_of[key] for key in order])
    return Choice(
        frozenset(
            one.id
            for number, group in zip(drawn, programme.groups, strict=False)
            for one in group[:number]
        ),
        frozenset(key for key in order if group_of[key] in loose),
    )
