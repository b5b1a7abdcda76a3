"""How far the forecast is off and how often its interval covers, as Markdown tables.

``scripts/bench forecast [--families N] [--data FOLDER]`` simulates families of editions (parameters
and sources: ``forecasts/families.py`` and ``forecasts/kitchen.py``) and asks about each of them as
it stood so many days before its doors. With FOLDER, which holds sales/booking_curves.csv and
sales/editions.csv, it replays real editions that the model has never seen. Bold misses its bar.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from time import process_time

import numpy as np

from cfp.catering.forecast.editions import Situation
from cfp.catering.forecast.tickets import forecast

from .forecasts.cells import Try, attempt, line, mark
from .forecasts.families import family
from .forecasts.kitchen import SIZES, Served, served
from .forecasts.real import Question, held_out, needs, questions
from .forecasts.vague import vagueness

HEAD = (
    "| case | n | error % | bar | bias % | plain | additive | multiplicative | 80 % | 95 % "
    "| plain 80 % | additive 80 % | multiplicative 80 % |\n|---|" + "---:|" * 12
)
SEED = 20270510
Bars = dict[int, float | None]
# Name, earlier editions, a late step or none, and the bar of the error by days before the doors.
FAMILIES: tuple[tuple[str, int, bool, Bars], ...] = (
    ("step, one earlier edition", 1, True, {60: None, 30: 9.0, 14: 4.5, 7: 3.2, 3: None}),
    ("step, three earlier", 3, True, {60: None, 30: 9.0, 14: 4.5, 7: 3.2, 3: None}),
    ("no step, one earlier edition", 1, False, {60: None, 30: 9.5, 14: 7.0, 7: 5.0, 3: None}),
    ("no step, three earlier", 3, False, {60: None, 30: 9.5, 14: 7.0, 7: 5.0, 3: None}),
    ("step, first edition with a target", 0, True, {60: 20.0, 30: 12.0, 14: 9.0, 7: 5.5}),
    ("no step, first edition with a target", 0, False, {60: 20.0, 30: 12.0, 14: 9.0, 7: 5.5}),
)
KITCHENS = (  # late step, claim deadline, mail; bars: error, within 10 of 300, saving
    ("no step", False, False, False, (6.2, 45.0, 35.0)),
    ("step", True, False, False, (5.0, 45.0, 45.0)),
    ("no step, claim deadline", False, True, False, (6.2, 45.0, 35.0)),
    ("no step, mail", False, False, True, (6.2, 45.0, 35.0)),
    ("step, claim deadline, mail", True, True, True, (5.0, 65.0, 45.0)),
)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="scripts/bench forecast", description=__doc__)
    parser.add_argument("--families", type=int, default=400, help="in each case (%(default)s)")
    parser.add_argument("--data", type=Path, help="the folder with real sales")
    asked = parser.parse_args()
    print(f"### Tickets, {asked.families} simulated families each\n\n{HEAD}", flush=True)
    for name, editions, step, bars in FAMILIES:
        simulated(name, editions, bars, asked.families, step=step)
    print("\n### Heads at a meal of about 300, seven days before\n")
    print("| case | error % | bar | within 10 of 300 % | bar | 80 % | cost of being wrong |")
    print("|---|---:|---:|---:|---:|---:|---:|", flush=True)
    meals = [(name, bars, kitchen(asked.families, *case)) for name, *case, bars in KITCHENS]
    savings(meals)
    if asked.data:
        print(f"\n### Real editions, each foreseen from the others\n\n{HEAD}")
        real(asked.data)
    speed()


def simulated(name: str, editions: int, bars: Bars, families: int, *, step: bool) -> None:
    random = np.random.default_rng([SEED, editions, int(step)])
    tries = defaultdict[int, list[Try]](list)
    for _ in range(families):
        one = family(random, editions, step=step)
        for days in bars:
            target = None if editions else one.target
            asked = Situation(float(days), one.points, one.steps, target=target)
            tries[days].append(attempt(asked, one.earlier, one.final))
    for days, bar in bars.items():
        print(line(f"{name}, {days} days", tries[days], bar), flush=True)


def kitchen(families: int, step: bool, claims: bool, mail: bool) -> list[Served]:  # noqa: FBT001
    random = np.random.default_rng([SEED, 7])
    return [
        served(random, family(random, 2, step=step, sizes=SIZES), claims=claims, mail=mail)
        for _ in range(families)
    ]


def savings(meals: list[tuple[str, tuple[float, float, float], list[Served]]]) -> None:
    """The table of meals, then what the orders saved."""
    for name, (error, near, _), found in meals:
        off = 100 * fmean(abs(one.median - one.heads) / one.heads for one in found)
        within = 100 * fmean(abs(one.median - one.heads) <= one.heads / 30 for one in found)
        covered = 100 * fmean(one.covered for one in found)
        cells = [
            name,
            mark(f"{off:.1f}", missed=off > error),
            f"{error:g}",
            mark(f"{within:.0f}", missed=within < near),
            f"{near:g}",
            mark(f"{covered:.0f}", missed=not 75 <= round(covered) <= 92),
            f"{fmean(one.cost for one in found):.0f}",
        ]
        print(f"| {' | '.join(cells)} |")
    print("\n| case | saved % against all with a ticket | all entitled | bar", end="")
    print(" | no-shows known | final number known | diets % | bar |\n|---|" + "---:|" * 7)
    for name, (_, _, bar), found in meals:
        ours = fmean(one.cost for one in found)
        saved = [100 * (1 - ours / fmean(costs)) for costs in usual(found)]
        fed = 100 * fmean(one.nobody_short for one in found)
        oracles = [fmean(costs) for costs in zip(*(one.oracles for one in found), strict=True)]
        knowing = [f"{100 * (1 - cost / fmean(usual(found)[0])):.0f}" for cost in oracles]
        words = [mark(f"{share:.0f}", missed=share < bar) for share in saved]
        diets = mark(f"{fed:.0f}", missed=round(fed) < 95)
        print(f"| {name} | {' | '.join(words)} | {bar:g} | {' | '.join(knowing)} | {diets} | 95 |")


def usual(found: list[Served]) -> tuple[list[float], list[float]]:
    return [one.usual for one in found], [one.entitled for one in found]


def real(folder: Path) -> None:
    """Every edition at every horizon at which somebody had looked."""
    asked = questions(folder)
    table(asked)
    print(f"\n### The same, as if each were the first edition\n\n{HEAD}")
    table(questions(folder, history=False))
    print("\n| in the last 30 days | n | four in five need | 80 % | calibrated by the others |")
    print("|---|---:|---:|---:|---:|")
    print("\n".join(needs(asked)))
    print("\n| family held out | n | middle | growth | stranger | error % | held out", end="")
    print(" | 80 % | held out | 95 % | held out |\n|---|" + "---:|" * 10)
    print("\n".join(held_out(asked)))
    print(
        "\n| family held out | size | series | loss % | held out | error % | held out | 80 %",
        end="",
    )
    print(" | held out | 95 % | held out |\n|---|" + "---:|" * 10)
    print("\n".join(vagueness(folder)))


def table(asked: list[Question]) -> None:
    """A line for each kind of edition and horizon."""
    tries = defaultdict[tuple[str, int], list[Try]](list)
    for one in asked:
        tries[one.kind, one.days].append(one.answered())
    for kind, days in sorted(tries, key=lambda key: (key[0], -key[1])):
        print(line(f"{kind}, {days} days", tries[kind, days]))


def speed() -> None:
    """500 tickets and five earlier editions."""
    random = np.random.default_rng(SEED)
    asked = Situation(14.0)
    while asked.sold < 500:
        one = family(random, 5, step=True, sizes=(500, 501))
        asked = Situation(14.0, one.points, one.steps)
    forecast(asked, one.earlier)
    began = process_time()
    for _ in range(20):
        forecast(asked, one.earlier)
    took = (process_time() - began) / 20 * 1000
    print(f"\n{asked.sold} tickets sold, five earlier editions: {took:.1f} ms of CPU a forecast.")


if __name__ == "__main__":
    main()
