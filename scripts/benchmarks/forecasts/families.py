"""Families of editions that sell as real conferences do: what is simulated, and where it is from.

* Shares sold at 60/30/14/7/3 days without a late step: about 43/64/80/87/93 %. Real paid
  conferences: 69/86/91 % at 30/14/7 days over both sorts, 7 to 21 % unsold at 7 days without step.
* A late step 25 to 15 days before the doors leaves 1.2 to 6.7 % unsold at 7 days: it pulls 55 to
  78 % of the later buyers before itself. Spikes before each step: 11 to 13 % of all in four days.
* Launch: 8 % in the first week. Weekly trough: a Saturday or Sunday sells 35 % of a working day.
* Over-dispersion: Fano factor 2.6. Growth between editions: deviation 0.29 of the logarithm.
* Series lie apart by 0.27 on the logit scale; editions of one series by 0.22 (the rest of the range
  of real editions at 7 days), and by 0.12 more in their slope (assumed).
* The organiser's target misses the truth with a deviation of 0.25 (assumed: a little better than
  growth alone).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cfp.catering.forecast.editions import Count, Edition

Floats = NDArray[np.float64]
LAUNCH = 130
SHARES = (
    (130, 0.002),
    (122, 0.10),
    (60, 0.43),
    (30, 0.64),
    (14, 0.80),
    (7, 0.873),
    (3, 0.93),
    (0, 0.998),
)
SERIES, WITHIN, SLOPE, GROWTH, TARGET, FANO = 0.27, 0.22, 0.12, 0.29, 0.25, 2.6
WEEKEND = 0.35


@dataclass(frozen=True)
class Family:
    """Earlier editions, oldest first, and the one that is asked about; daily counts."""

    earlier: tuple[Edition, ...]
    points: tuple[Count, ...]
    steps: tuple[float, ...]
    final: int
    target: int


def family(
    random: np.random.Generator,
    editions: int,
    *,
    step: bool,
    sizes: tuple[float, float] = (180, 450),
) -> Family:
    """A series with so many editions behind it."""
    series = random.normal(0, SERIES)
    size = math.log(random.uniform(*sizes))
    sold = []
    for _ in range(editions + 1):
        size += random.normal(0, GROWTH)
        steps = (float(random.integers(60, 76)),) + (
            (float(random.integers(15, 26)),) if step else ()
        )
        sold.append((steps, sales(random, math.exp(size), series, steps)))
    steps, counts = sold.pop()
    ages = range(editions, 0, -1)
    earlier = tuple(
        Edition(f"edition {age} years ago", past, past[-1].sold, float(age), then)
        for age, (then, past) in zip(ages, sold, strict=True)
    )
    target = max(20, round(math.exp(size + random.normal(0, TARGET))))
    return Family(earlier, counts, steps, counts[-1].sold, target)


def sales(
    random: np.random.Generator, size: float, series: float, steps: tuple[float, ...]
) -> tuple[Count, ...]:
    """The counts of one edition at the end of each day, from the launch to the doors."""
    days = np.arange(LAUNCH, -1, -1, dtype=np.float64)
    expected = daily(random, days, series, steps) * size
    clumps = random.negative_binomial(expected / (FANO - 1) + 1e-9, 1 / FANO)
    return tuple(Count(float(d), int(n)) for d, n in zip(days, np.cumsum(clumps), strict=True))


def daily(
    random: np.random.Generator, days: Floats, series: float, steps: tuple[float, ...]
) -> Floats:
    """The share of all tickets that is expected on each day."""
    at, shares = np.array(SHARES).T
    middle = (np.log(days + 3) - math.log(17)) / math.log(4)
    moved = series + random.normal(0, WITHIN) + random.normal(0, SLOPE) * middle
    logits = np.interp(-days, -at, np.log(shares / (1 - shares))) + moved
    curve = 1 / (1 + np.exp(-logits))
    share = np.diff(curve / curve[-1], prepend=0.0)
    weekday = (days + random.integers(0, 7)) % 7
    share *= np.where(weekday < 2, WEEKEND, 1.0)
    for step in steps:
        share = pull(random, days, share / share.sum(), step)
    return np.asarray(share / share.sum(), dtype=np.float64)


def pull(random: np.random.Generator, days: Floats, share: Floats, step: float) -> Floats:
    """Buyers after the step come before it: most of them in its last four days."""
    later, before = days < step, days >= step
    spike = random.uniform(0.11, 0.13)
    late = step < 40
    rest = share[later].sum()
    pulled = rest * random.uniform(0.55, 0.78) if late else min(spike, 0.6 * rest)
    rush = np.where(before, np.exp(-(days - step) / 2.0), 0.0)
    early = np.where(before, np.exp(-(days - step) / 12.0), 0.0)
    spike = min(spike, pulled)
    moved = share.copy()
    if late:
        moved[later] *= 1 - pulled / rest
    else:  # an early bird takes mostly from the weeks that follow
        following = np.where(later, np.exp(-(step - days) / 15.0), 0.0) * share
        taken = np.minimum(following / following.sum() * pulled, share * 0.8)
        moved -= taken
        pulled = taken.sum()
        spike = min(spike, pulled)
    moved += rush / rush.sum() * spike + early / early.sum() * (pulled - spike)
    return moved
