"""Which talks the same visitors want, beyond what their popularity alone would bring about.

For every pair: how many lists hold both, the lift (how many times more than chance would bring),
and the q-value: Fisher's exact test, one-sided, corrected for the number of pairs that were looked
at by Benjamini and Hochberg (1995). Pairs that fewer than five visitors want say too much about
single people and too little about the crowd; they are neither tested nor told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import comb, exp, lgamma

LEAST = 5
LIFT = 1.5
FALSE_SHARE = 0.05
MANY = 2000  # pairs that a plan is asked to keep apart; beyond them few would notice

Count = tuple[int, int, int]  # two talks, the smaller id first, and how many want both


@dataclass(frozen=True, slots=True)
class Pair:
    """Two talks, the smaller id first, and how many want both."""

    a: int
    b: int
    both: int
    lift: float
    q: float


def wanted_together(
    lists: Iterable[frozenset[int]],
    *,
    least: int = LEAST,
    lift: float = LIFT,
    false_share: float = FALSE_SHARE,
) -> list[Pair]:
    """The pairs that stand out, the most wanted first."""
    filled = [wanted for wanted in lists if wanted]
    single = Counter(talk for wanted in filled for talk in wanted)
    known = {talk for talk, count in single.items() if count >= least}
    both = Counter(pair for wanted in filled for pair in combinations(sorted(wanted & known), 2))
    total = len(filled)
    tested = {
        pair: chance(n, single[pair[0]], single[pair[1]], total)
        for pair, n in both.items()
        if n >= least
    }
    looked_at = comb(len(known), 2)
    found = [
        Pair(*pair, both[pair], both[pair] * total / (single[pair[0]] * single[pair[1]]), q)
        for pair, q in corrected(tested, looked_at).items()
    ]
    standing_out = [pair for pair in found if pair.lift >= lift and pair.q <= false_share]
    return sorted(standing_out, key=lambda pair: (-pair.both, -pair.lift, pair.a, pair.b))


def together(lists: Iterable[frozenset[int]], *, many: int = MANY) -> list[Count]:
    """The pairs that the most visitors want, be they few: for a plan to heed, never to be told."""
    both = Counter(pair for wanted in lists for pair in combinations(sorted(wanted), 2))
    order = sorted(both.items(), key=lambda counted: (-counted[1], counted[0]))
    return [(*pair, n) for pair, n in order[:many]]


def chance(both: int, a: int, b: int, total: int) -> float:
    """That ``both`` or more of ``total`` want two talks, wanted by a and b, if it were by chance.

    The upper tail of the hypergeometric distribution.
    """
    highest = min(a, b)
    if both <= max(0, a + b - total):
        return 1.0
    fixed = _log_choose(total, b)
    terms = (
        exp(_log_choose(a, k) + _log_choose(total - a, b - k) - fixed)
        for k in range(both, highest + 1)
    )
    return min(1.0, sum(terms))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def corrected(
    chances: dict[tuple[int, int], float], looked_at: int
) -> dict[tuple[int, int], float]:
    """The q-value of each: the share of false finds if this one and all better are believed."""
    order = sorted(chances, key=lambda pair: (chances[pair], pair))
    found: dict[tuple[int, int], float] = {}
    lowest = 1.0
    for rank in range(len(order), 0, -1):
        pair = order[rank - 1]
        lowest = min(lowest, chances[pair] * looked_at / rank)
        found[pair] = lowest
    return found
