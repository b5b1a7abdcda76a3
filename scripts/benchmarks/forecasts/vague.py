"""How vague to be where little is known: each family foreseen with what the others choose.

Two constants: how little is known of the size of an edition without a past, and how far series lie
apart that are no conferences. For each family of real editions the pair is taken that is best for
all *other* families: of the pairs whose 80 % interval covers at least 85 % of theirs the one with
the least pinball loss (mean over the five quantiles, in percent of what came). Families count
alike, and so do questions with earlier editions and without, as if each edition were the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import fmean
from unittest.mock import patch

from cfp.catering.forecast import reference, size
from cfp.catering.forecast.pooling import Estimate
from cfp.catering.forecast.tickets import forecast

from .real import Key, Question, questions

Pair = tuple[float, float]
Score = tuple[float, float, float, float]  # loss, error, 80 % and 95 % covered
SIZES, SERIES = (1.1, 1.4, 1.8, 2.2), (0.75, 0.9, 1.05, 1.2)
ENOUGH = 0.85
DAYS = (60, 30, 14, 7)
QUANTILES = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}
SHIPPED: Pair = (size.UNKNOWN.deviation, reference.ELSE.series)


def vagueness(folder: Path) -> list[str]:
    """Lines of a table: what the others choose, and loss, error and coverage with it."""
    asked = [one for known in (True, False) for one in questions(folder, history=known)]
    asked = [one for one in asked if one.days in DAYS]
    scores = {pair: _by_family(asked, pair) for pair in product(SIZES, SERIES)}
    return [_line(scores, family) for family in sorted(scores[SHIPPED])]


def _line(scores: dict[Pair, dict[Key, Score]], mine: Key) -> str:
    others = {
        pair: [
            fmean(values) for values in zip(*(s for k, s in one.items() if k != mine), strict=True)
        ]
        for pair, one in scores.items()
    }
    enough = [pair for pair, means in others.items() if means[2] >= ENOUGH] or list(others)
    pair = min(enough, key=lambda pair: others[pair][0])
    both = zip(scores[SHIPPED][mine], scores[pair][mine], strict=True)
    numbers = [
        f"{100 * share:.{1 if n < 2 else 0}f}" for n, two in enumerate(both) for share in two
    ]
    return f"| {mine[0]}, {mine[1]} | {pair[0]:g} | {pair[1]:g} | {' | '.join(numbers)} |"


def _by_family(asked: Sequence[Question], pair: Pair) -> dict[Key, Score]:
    found = defaultdict[Key, list[Score]](list)
    unknown = (Estimate(one.mean, pair[0]) for one in (size.UNKNOWN, size.UNKNOWN_SMALL))
    with ExitStack() as stack:
        for name, value in zip(("UNKNOWN", "UNKNOWN_SMALL"), unknown, strict=True):
            stack.enter_context(patch.object(size, name, value))
        series = replace(reference.ELSE, series=pair[1])
        stack.enter_context(patch.object(reference, "ELSE", series))
        for one in asked:
            found[one.family].append(_score(one))
    return {
        key: (
            fmean(one[0] for one in scores),
            fmean(one[1] for one in scores),
            fmean(one[2] for one in scores),
            fmean(one[3] for one in scores),
        )
        for key, scores in found.items()
    }


def _score(one: Question) -> Score:
    said, came = forecast(one.asked.situation, one.asked.earlier), one.final
    losses = [
        2 * max(share * (came - number), (share - 1) * (came - number))
        for share, number in ((share, getattr(said, name)) for name, share in QUANTILES.items())
    ]
    return (
        fmean(losses) / came,
        abs(said.q50 - came) / came,
        float(said.q10 - 0.5 <= came <= said.q90 + 0.5),
        float(said.q025 - 0.5 <= came <= said.q975 + 0.5),
    )
