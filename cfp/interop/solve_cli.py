"""``flask schedule solve``: plans an edition's draft, or a conference from a file alone."""

from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from cfp import clock
from cfp.interop import replan, schedule_json, schedule_xml
from cfp.interop.imported import BrokenFile
from cfp.schedule.cli import schedule, solve_edition
from cfp.schedule.interrupted import beside, told_to_end
from cfp.schedule.problem import Problem, Timetable
from cfp.schedule.rules import clashes

if TYPE_CHECKING:
    from cfp.schedule.solver.run import Result

__all__ = ["schedule"]
LEAST_SECONDS = 0.5  # to plan in, however long reading took
A_FILE = click.Path(dir_okay=False, path_type=Path)


@schedule.command(with_appcontext=False)
@click.option("--conference", "slug", help="The edition's short name; its draft is planned.")
@click.option(
    "--import",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A schedule.xml, schedule.json, pretalx JSON: planned anew, no database needed.",
)
@click.option("--out", type=A_FILE, help="The plan of the imported file; .xml or .json.")
@click.option("--seconds", default=30, show_default=True, type=click.IntRange(1, 3600))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
def solve(slug: str | None, source: Path | None, out: Path | None, seconds: int, seed: int) -> None:
    """Plan all that is not pinned, into the draft or into a file."""
    if (slug is None) == (source is None):
        raise click.UsageError("Name either an edition (--conference) or a file (--import).")
    if source is not None:
        _solve_file(source, out, seconds, seed)
    elif slug is not None:
        if wrong := current_app.config.get("WRONG_SETTING"):
            raise click.ClickException(wrong)
        with_appcontext(solve_edition)(slug, seconds, seed)


def _solve_file(source: Path, out: Path | None, seconds: int, seed: int) -> None:
    began = monotonic()
    # OR-Tools is loaded only when asked for
    from cfp.schedule.solver import run  # noqa: PLC0415

    try:
        imported = replan.read(source.name, source.read_bytes())
        puzzle = replan.puzzle_of(imported)
    except BrokenFile as broken:
        raise click.ClickException(f"{source.name}: {broken}") from broken
    left, enough = max(LEAST_SECONDS, seconds - (monotonic() - began)), Event()
    with told_to_end(enough.set):
        found = beside(
            lambda: run.solve(puzzle.problem, seconds=left, seed=seed, should_stop=enough.is_set)
        )
    if out:
        release = replan.as_release(imported, puzzle.problem, found.timetable, clock.now())
        write = schedule_json.write if out.suffix.lower() == ".json" else schedule_xml.write
        out.write_bytes(write(release))
    _tell(puzzle, found.timetable, found)
    click.echo(f"{monotonic() - began:.1f} s in all.")


def _tell(puzzle: replan.Puzzle, plan: Timetable, found: "Result") -> None:
    problem = puzzle.problem
    click.echo(f"{len(plan)} of {len(problem.talks)} talks have a place.")
    if found.complete_after is not None:
        click.echo(f"The first complete plan came after {found.complete_after:.2f} s.")
    for name, reason in found.unplaced:
        click.echo(f"  {problem.talk[name].title}: {reason}")
    for sentence in _not_all(problem) if found.unplaced else ():
        click.echo(f"Not all can have a place. {sentence}")
    forbidden = [clash.sentence for clash in clashes(problem, plan)]
    click.echo(f"{len(forbidden)} clashes.")
    for key, cost in found.cost.items():
        if cost:
            click.echo(f"  {key}: {cost}")
    proven = "optimal" if found.optimal else f"at least {list(found.bound)}"
    click.echo(f"Cost by tier {list(found.objective)} ({proven}).")


def _not_all(problem: Problem) -> list[str]:
    """What counting tells about talks for which there can be no place."""
    from cfp.schedule.solver.checks import necessary_checks  # noqa: PLC0415  (OR-Tools)
    from cfp.schedule.solver.grid import Grid  # noqa: PLC0415

    return necessary_checks(Grid(problem))
