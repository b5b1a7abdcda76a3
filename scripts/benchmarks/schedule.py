"""Measures the planning: real conferences from nothing, after a cancellation, and CSPLib's blocks.

``scripts/bench schedule --data FOLDER``: FOLDER holds ``schedules/*/`` (published schedules) and
``solver/*.xlsx`` (instances of CSPLib); neither is part of this repository. ``--part plans``,
``changes`` or ``blocks`` is one table, ``--only NAME`` one line of it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from os import cpu_count, getloadavg
from pathlib import Path
from time import monotonic, process_time

from cfp.interop import replan
from cfp.schedule.csplib import blocks, instance
from cfp.schedule.problem import Problem, Timetable
from cfp.schedule.rules import clashes
from cfp.schedule.solver.best import Best
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.grid import Grid
from cfp.schedule.solver.run import solve

SOURCES = ("schedule.xml", "schedule.json", "norm.json")  # the first that there is
NEWS_SECONDS = 4


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="where the files are")
    parser.add_argument("--seconds", type=int, default=60, help="for each plan")
    parser.add_argument("--only", default="", help="the one conference or instance of this name")
    parser.add_argument("--part", choices=PARTS, help="only this table")
    asked = parser.parse_args()
    for part, table in PARTS.items():
        if asked.part in {None, part}:
            table(asked.data, asked.only, asked.seconds)
            print(f"\nLoad of the machine: {getloadavg()[0]:.1f} on {cpu_count()} cores.\n")


def from_nothing(data: Path, only: str, seconds: int) -> None:
    """Every talk, room, day and person of the file, but not its plan."""
    print("| conference | talks | complete after s | placed | clashes | proven best | s, CPU s |")
    print("|---|---:|---:|---:|---:|---|---:|")
    for name, puzzle in _puzzles(data, only):
        problem = puzzle.problem
        began, cpu = monotonic(), process_time()
        found = solve(problem, seconds=seconds, seed=1)
        after = "never" if found.complete_after is None else f"{found.complete_after:.2f}"
        wrong = len(list(clashes(problem, found.timetable)))
        row = [name, len(problem.talks), after, len(found.timetable), wrong]
        _row(*row, "yes" if found.optimal else "no", _took(began, cpu))


def after_news(data: Path, only: str, seconds: int) -> None:
    """The file's own plan without the first who speaks alone and the room that is used least."""
    del seconds
    print("| one speaker cancels, one room is lost | talks | had to move | moved | no place | s |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, puzzle in _puzzles(data, only):
        _change(name, puzzle.problem, _sound(puzzle))


def in_blocks(data: Path, only: str, seconds: int) -> None:
    """CSPLib's instances."""
    print("| blocks | objective | bound | s |")
    print("|---|---:|---:|---:|")
    for path in sorted((data / "solver").glob("*.xlsx")):
        if only in path.stem:
            _blocks(path, seconds)


PARTS = {"plans": from_nothing, "changes": after_news, "blocks": in_blocks}


def _puzzles(data: Path, only: str) -> Iterator[tuple[str, replan.Puzzle]]:
    for folder in sorted((data / "schedules").iterdir()):
        sources = [path for name in SOURCES for path in folder.glob(name)]
        if only in folder.name and sources:
            yield (
                folder.name,
                replan.puzzle_of(replan.read(sources[0].name, sources[0].read_bytes())),
            )


def _sound(puzzle: replan.Puzzle) -> Timetable:
    """The file's own plan, without talks that clash in it."""
    grid = Grid(puzzle.problem)
    best = Best(grid, Budget(1))
    best.offer_sound_part(grid.positions(puzzle.own))
    return grid.timetable(best.positions)


def _change(name: str, problem: Problem, plan: Timetable) -> None:
    began = monotonic()
    alone = next((talk.speakers[0] for talk in problem.talks if len(talk.speakers) == 1), None)
    talks = tuple(talk for talk in problem.talks if talk.speakers != (alone,))
    stays = Timetable((talk.id, plan[talk.id]) for talk in talks if talk.id in plan)
    uses = [place.room for place in stays.values()]
    lost = min(set(uses), key=uses.count)
    openings = tuple(opening for opening in problem.openings if opening.room != lost)
    news = replace(problem, talks=talks, openings=openings, published=stays)
    found = solve(news, seconds=NEWS_SECONDS, seed=1).timetable
    moved = sum(found[talk] != place for talk, place in stays.items() if talk in found)
    away = len(talks) - len(found)
    _row(name, len(talks), uses.count(lost), moved, away, f"{monotonic() - began:.1f}")


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
