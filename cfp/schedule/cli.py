"""``flask schedule release``, ``benchmark``: the programme from the command line."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from cfp import clock
from cfp.conference import queries as conferences
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.schedule import service, tasks
from cfp.schedule.interrupted import beside, told_to_end
from cfp.sentences import restored

if TYPE_CHECKING:
    from cfp.schedule.csplib.blocks import Outcome
    from cfp.schedule.csplib.halt import Halt
    from cfp.schedule.csplib.instance import Instance

schedule = AppGroup("schedule", help="The programme.")
LEAST_SECONDS = 0.5  # to plan in, however long reading took
AROUND = 1.5  # seconds for starting and writing, which nobody sees from inside
SLUG = click.option("--conference", "slug", required=True, help="The edition's short name.")


class Terminal:
    """Watches a job and tells how far it is, a line whenever that changed."""

    said = ""

    def progress(self, share: float, text: str = "") -> None:
        if text and text != self.said:
            click.echo(f"{share:4.0%}  {text}")
            self.said = text

    def is_cancelled(self) -> bool:
        return False


def solve_edition(slug: str, seconds: int, seed: int) -> None:
    """Plan all that is not pinned, into the draft; the command stands in interop/solve_cli.py."""
    with transaction():
        conference_id = _get(slug).id
    found = tasks.solve(Terminal(), conference_id=conference_id, seconds=seconds, seed=seed)
    result = found or {}
    click.echo(f"{result['placed']} of {result['talks']} sessions have a place.")
    for unplaced in result["unplaced"]:
        click.echo(f"  {unplaced['title']}: {restored(unplaced['reason'])}")
    if not result["adopted"]:
        raise click.ClickException("The draft was edited meanwhile; nothing was changed.")


@schedule.command()
@SLUG
@click.option("--version", required=True, help="Its name, 1.0 for example.")
@click.option("--note", default="", help="What is new.")
@click.option("--unconfirmed", is_flag=True, help="Announce unconfirmed sessions, too.")
def release(slug: str, version: str, note: str, *, unconfirmed: bool) -> None:
    """Freeze the draft as a version and tell the speakers concerned."""
    try:
        with transaction():
            here = _get(slug)
            gone = service.taken_back(service.read_programme(here))
            made = service.release(here, None, clock.now(), version, note, unconfirmed=unconfirmed)
            talks = len(made.placements)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from refused
    click.echo(f"Version {version} is released with {talks} sessions.")
    for session in gone:
        click.echo(f"  No longer announced: {session.title}")


@schedule.command(with_appcontext=False)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(1, 3600))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The plan's file.")
def benchmark(source: Path, seconds: int, seed: int, out: Path | None) -> None:
    """Plan a conference of blocks from a CSPLib file; reading and writing count as time, too.

    Ctrl-C ends the search early and takes the best plan so far.
    """
    from cfp.schedule.csplib.halt import Halt  # noqa: PLC0415  the web process never loads it

    began, enough = monotonic(), Halt()
    with told_to_end(enough.pull):
        ends = began + seconds - min(AROUND, seconds / 20)
        puzzle, found = beside(lambda: _planned(source, out, ends, seed, enough))
    _tell(puzzle, found, monotonic() - began)


def _planned(
    source: Path, out: Path | None, ends: float, seed: int, enough: "Halt"
) -> "tuple[Instance, Outcome]":
    """Read, plan and write; the first plan is written at once, the best in the end."""
    # OR-Tools is loaded only when asked for
    from cfp.schedule.csplib import blocks, instance, shortage, solution  # noqa: PLC0415

    try:
        puzzle = instance.read(source)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    kept: list[Outcome] = []

    def keep(outcome: "Outcome") -> None:
        if out and not kept:
            solution.write(out, puzzle, outcome.plan)
        kept.append(outcome)
        click.echo(str(outcome))

    left = max(LEAST_SECONDS, ends - monotonic())
    found = blocks.solve(puzzle, left, seed, keep, enough)
    if found is None:
        why = shortage.shortage(puzzle) or "No plan was found in the time."
        raise click.ClickException(why)
    if out:
        solution.write(out, puzzle, found.plan)
    return puzzle, found


def _tell(puzzle: "Instance", found: "Outcome", seconds: float) -> None:
    """Each penalty by its name, and what all of them come to."""
    from cfp.schedule.csplib import penalties  # noqa: PLC0415

    for key, value in penalties.evaluate(puzzle, found.plan).values.items():
        weight = puzzle.weights[key]
        click.echo(f"{key:>8} {value:>8} x {weight:>8} = {penalties.plain(value * weight):>10}")
    proven = "optimal" if found.is_optimal else f"at least {found.bound}"
    click.echo(f"{found.objective} ({proven}) in {seconds:.0f} s")


def _get(slug: str) -> Conference:
    found = db.session.scalar(conferences.by_slug(slug))
    if found is None:
        raise click.ClickException(f"There is no conference {slug}.")
    return found
