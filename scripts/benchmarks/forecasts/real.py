"""Real editions, each foreseen from earlier ones of its series, and with constants held out.

The constants of kinds that the model knows little of were chosen after looking at these editions.
So each family of editions is also foreseen with the constants that the other families alone give,
by the same rule: where such series lie (mean of their means, at 30, 14 and 7 days), how they grow
(root mean square), and how far paid conferences lie from the table (root mean square).
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from unittest.mock import patch

from cfp.catering.forecast import reference, size
from cfp.catering.forecast.editions import Edition
from cfp.catering.forecast.pooling import observed
from cfp.catering.replay import Asked, ask

from .cells import Try, attempt

Key = tuple[str, str]
DAYS = (60, 30, 14, 7, 3)


@dataclass(frozen=True)
class Question:
    """An edition so many days before its doors, and what came."""

    kind: str
    family: Key
    edition: str
    days: int
    asked: Asked
    final: int

    def answered(self) -> Try:
        return attempt(self.asked.situation, self.asked.earlier, self.final)


@dataclass(frozen=True)
class Family:
    """What one family shows: offsets from the table, and logarithms of its growth."""

    offsets: tuple[float, ...]
    growth: tuple[float, ...]


def questions(folder: Path, *, history: bool = True) -> list[Question]:
    """Every edition at every horizon at which somebody had looked."""
    curves, editions = _tables(folder)
    found = []
    for row in editions:
        kind = "meetups" if row["kind"].endswith("small") else row["kind"].partition("_")[0]
        for days in DAYS:
            name = f"{row['series']} {row['edition']}"
            asked = ask(curves, editions, name, days, history=history)
            if asked.situation.seen:
                family = row["series"], kind
                final = int(row["final"])
                found.append(Question(kind, family, row["edition"], days, asked, final))
    return found


def _tables(folder: Path) -> tuple[list[dict[str, str]], ...]:
    return tuple(
        list(csv.DictReader((folder / "sales" / name).open(encoding="utf-8-sig", newline="")))
        for name in ("booking_curves.csv", "editions.csv")
    )


def held_out(asked: Sequence[Question]) -> list[str]:
    """Lines of a table: the constants by the other families, and what they cover of this one."""
    families = {one.family: _family(asked, one.family) for one in asked}
    lines = []
    for mine in sorted(families):
        constants = _chosen({key: one for key, one in families.items() if key != mine})
        late = [one for one in asked if one.family == mine and one.days <= 30]
        shipped = [one.answered() for one in late]
        with ExitStack() as stack:
            constants.used_instead(stack)
            found = [one.answered() for one in late]
        cells = [
            f"{mine[0]}, {mine[1]}",
            str(len(late)),
            f"{constants.otherwise.middle:+.2f}",
            f"{constants.growth:.2f}",
            f"{constants.stranger.series:.2f}",
            *(f"{100 * fmean(one.errors[0] for one in each):.1f}" for each in (shipped, found)),
            *(f"{100 * fmean(one.in80 for one in each):.0f}" for each in (shipped, found)),
            *(f"{100 * fmean(one.in95 for one in each):.0f}" for each in (shipped, found)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _family(asked: Sequence[Question], key: Key) -> Family:
    mine = [one for one in asked if one.family == key and one.days in (30, 14, 7)]
    offsets = []
    for one in mine:
        situation = one.asked.situation
        looked = situation.known[-1].days
        edition = Edition(one.edition, situation.known, one.final, 0.0, situation.steps)
        seen = observed(edition, looked) if looked - one.days < 7 else None
        if seen is not None:
            offsets.append(seen.offset)
    starts = {one.edition: (one.asked.edition.start, one.final) for one in mine}
    sizes = [math.log(final) for _, final in sorted(starts.values())]
    return Family(tuple(offsets), tuple(after - before for before, after in pairwise(sizes)))


@dataclass(frozen=True)
class Constants:
    """Three constants of the model, by the editions that were asked for them."""

    otherwise: reference.Spread
    growth: float
    stranger: reference.Spread

    def used_instead(self, stack: ExitStack) -> None:
        stack.enter_context(patch.object(reference, "ELSE", self.otherwise))
        stack.enter_context(patch.object(reference, "STRANGER", self.stranger))
        stack.enter_context(patch.object(size, "GROWTH_ELSE", self.growth))


def _chosen(families: dict[Key, Family]) -> Constants:
    others = {key: one for key, one in families.items() if key[1] != "paid"}
    paid = [offset for key, one in families.items() if key[1] == "paid" for offset in one.offsets]
    growth = [step for one in others.values() for step in one.growth]
    far = math.sqrt(max(0.0, _square(paid) - reference.STRANGER.edition**2))
    middle = fmean(fmean(one.offsets) for one in others.values())
    return Constants(
        replace(reference.ELSE, middle=middle),
        math.sqrt(_square(growth)),
        replace(reference.STRANGER, series=far),
    )


def _square(values: Sequence[float]) -> float:
    return fmean(value**2 for value in values)


def needs(asked: Sequence[Question]) -> list[str]:
    """How many times its own interval each question of the last 30 days needed, by kind."""
    found = defaultdict[str, defaultdict[str, list[float]]](lambda: defaultdict(list))
    for one in asked:
        if one.days <= 30:
            found[one.kind][one.edition].append(one.answered().needed)
    return [calibrated(kind, found[kind]) for kind in sorted(found)]


def calibrated(kind: str, needed: dict[str, list[float]]) -> str:
    """How often intervals cover, each stretched by what all other editions of its kind needed."""
    everything = [one for found in needed.values() for one in found]
    held = [
        one <= max(1.0, four_in_five([n for e in needed if e != name for n in needed[e]]))
        for name, found in needed.items()
        for one in found
    ]
    shares = [100 * fmean(one <= 1 for one in everything), 100 * fmean(held)]
    need = four_in_five(everything)
    return f"| {kind} | {len(everything)} | {need:.2f} | {shares[0]:.0f} | {shares[1]:.0f} |"


def four_in_five(values: list[float]) -> float:
    ordered = sorted(values) or [1.0]
    return ordered[max(0, math.ceil(0.8 * len(ordered)) - 1)]
