"""Measures the planning: real conferences from nothing, after a cancellation, and CSPLib's blocks.

``scripts/bench schedule --data FOLDER``: FOLDER holds ``schedules/*/`` (published schedules) and
``solver/*.xlsx`` (instances of CSPLib); neither is part of this repository.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, process_time

from cfp.interop import replan
from cfp.schedule.csplib import blocks, instance
from cfp.schedule.problem import Problem, Timetable
from cfp.schedule.rules import clashes
from cfp.schedule.solver.run import solve

SUFFIXES = (".xml", ".json")
NEWS_SECONDS = 4


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="where the files are")
    parser.add_argument("--seconds", type=int, default=60, help="for each plan")
    parser.add_argument("--only", default="", help="the one conference or instance of this name")
    asked = parser.parse_args()
    print("| conference | talks | complete after s | placed | clashes | proven best | s, CPU s |")
    print("|---|---:|---:|---:|---:|---|---:|")
    plans = dict(_planned(asked.data / "schedules", asked.only, asked.seconds))
    print("\n| one speaker cancels, one room is lost | talks | had to move | moved | s, CPU s |")
    print("|---|---:|---:|---:|---:|")
    for name, (problem, plan) in plans.items():
        _change(name, problem, plan)
    print("\n| blocks | objective | bound | s |")
    print("|---|---:|---:|---:|")
    for path in sorted((asked.data / "solver").glob("*.xlsx")):
        if asked.only in path.stem:
            _blocks(path, asked.seconds)


def _planned(
    folder: Path, only: str, seconds: int
) -> Iterator[tuple[str, tuple[Problem, Timetable]]]:
    for source in sorted(folder.glob("*/schedule.*")):
        name = source.parent.name
        if source.suffix not in SUFFIXES or only not in name:
            continue
        problem = replan.puzzle_of(replan.read(source.name, source.read_bytes())).problem
        began, cpu = monotonic(), process_time()
        found = solve(problem, seconds=seconds, seed=1)
        after = "never" if found.complete_after is None else f"{found.complete_after:.2f}"
        wrong = len(list(clashes(problem, found.timetable)))
        row = [name, len(problem.talks), after, len(found.timetable), wrong]
        _row(*row, "yes" if found.optimal else "no", _took(began, cpu))
        yield name, (problem, found.timetable)


def _change(name: str, problem: Problem, plan: Timetable) -> None:
    """Without the first person who speaks alone, and without the room that is used least."""
    alone = next((talk.speakers[0] for talk in problem.talks if len(talk.speakers) == 1), None)
    talks = tuple(talk for talk in problem.talks if talk.speakers != (alone,))
    stays = Timetable((talk.id, plan[talk.id]) for talk in talks if talk.id in plan)
    uses = [place.room for place in stays.values()]
    lost = min(set(uses), key=uses.count)
    openings = tuple(opening for opening in problem.openings if opening.room != lost)
    news = replace(problem, talks=talks, openings=openings, published=stays)
    began, cpu = monotonic(), process_time()
    found = solve(news, seconds=NEWS_SECONDS, seed=1).timetable
    moved = sum(found.get(talk) != place for talk, place in stays.items())
    _row(name, len(talks), uses.count(lost), moved, _took(began, cpu))


def _blocks(path: Path, seconds: int) -> None:
    began = monotonic()
    found = blocks.solve(instance.read(path), seconds, 1)
    if found:
        _row(path.stem, found.objective, found.bound, f"{monotonic() - began:.1f}")


def _took(began: float, cpu: float) -> str:
    return f"{monotonic() - began:.1f}, {process_time() - cpu:.1f}"


def _row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
