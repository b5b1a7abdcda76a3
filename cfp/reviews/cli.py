"""``flask reviews assign|rank|draw``: the committee's arithmetic on files, without a database."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click
from flask.cli import AppGroup

from cfp.reviews import selection
from cfp.reviews.conflicts import Key
from cfp.reviews.scoring import Score, tally
from cfp.reviews.tables import MARK, Row, read

reviews = AppGroup("reviews", help="Assignment, ranking and lots on files.")
SCORED = ("submission", "reviewer", "score")
NUMBER = re.compile(r"[+-]?\d+(\.\d*)?", re.ASCII)
MOST = 1_000_000


@reviews.command(with_appcontext=False)
@click.option(
    "--bids",
    "bids_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
)
@click.option("--per-submission", type=click.IntRange(1, 9), default=3, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option(
    "--balance",
    type=click.IntRange(0, 100),
    default=100,
    show_default=True,
    help="100: loads as equal as can be, bids choose among those; 0 the other way round.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def assign(bids_file: Path, per_submission: int, seed: int, balance: int, out: Path) -> None:
    """Assign reviewers by a table of bids: a row a reviewer; yes, maybe, no or conflict."""
    from cfp.reviews import assignment  # noqa: PLC0415  (OR-Tools takes seconds to load)

    problem = _problem(*_bids(bids_file), per_submission)
    plan = assignment.assign(problem, assignment.Wishes(balance / 100), seed=seed)
    with _writing(out, "submission", "reviewer") as write:
        for reviewer, submission in plan.pairs:
            write([submission, reviewer])
    loads = sorted(plan.loads.values()) or [0]
    click.echo(f"{len(plan.pairs)} reviews; {loads[0]} to {loads[-1]} for each reviewer.")
    for short in plan.shortfalls:
        missing = per_submission - short.missing
        click.echo(
            f"{short.submission}: {missing} of {per_submission} reviewers. {short.reason}", err=True
        )
    if plan.shortfalls:
        sys.exit(1)


@reviews.command(with_appcontext=False)
@click.option(
    "--scores",
    "scores_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def rank(scores_file: Path, out: Path) -> None:
    """Rank proposals by scores (submission, reviewer, score), severity of reviewers taken out."""
    from cfp.reviews.scoring.severity import adjust  # noqa: PLC0415  (NumPy takes a moment to load)

    scores = _scores(scores_file)
    with _refusing():
        tallies, adjusted = tally(scores), adjust(scores).submissions
    best_first = sorted(adjusted, key=lambda code: (-adjusted[code].value, str(code)))
    with _writing(out, "submission", "mean", "adjusted", "low", "high", "spread") as write:
        for code in best_first:
            plain, estimate = tallies[code], adjusted[code]
            figures = (plain.mean, estimate.value, estimate.low, estimate.high, plain.deviation)
            write([code, *("" if figure is None else f"{figure:.4f}" for figure in figures)])
    click.echo(f"{len(best_first)} proposals ranked by {len(scores)} scores.")


@reviews.command(with_appcontext=False)
@click.option("--seed", required=True, help="The seed as the log of selections shows it.")
@click.argument("codes", type=click.File("r", encoding="utf-8"), default="-")
def draw(seed: str, codes: TextIO) -> None:
    """Repeat a lot: codes, one a line, from a file or standard input, in the order drawn."""
    try:
        listed = [line.strip().lstrip(MARK) for line in codes if line.strip()]
    except UnicodeDecodeError:
        raise click.ClickException("The codes are not written in UTF-8.") from None
    if not listed:
        raise click.ClickException("There is nothing to draw: write the codes, one a line.")
    if len(set(listed)) < len(listed):
        raise click.ClickException("A code stands here twice.")
    for code in selection.lot_order(seed, listed):
        click.echo(f"{code}  {selection.lot_of(seed, code)}")


def _problem(proposals: list[str], rows: list[Row], per_submission: int) -> Any:
    """The table of bids as the plan wants it; an empty cell is no bid."""
    from cfp.reviews.assignment import Bid, Problem, Proposal, Reviewer  # noqa: PLC0415

    words = {word.value for word in Bid}
    bids: dict[tuple[Key, Key], Bid] = {}
    conflicts, reviewers = set[tuple[Key, Key]](), dict[str, Reviewer]()
    for line, cells in rows:
        name = cells["reviewer"]
        if not name:
            raise click.ClickException(f"Line {line} names no reviewer.")
        if name in reviewers:
            raise click.ClickException(f"{name} stands here twice.")
        reviewers[name] = Reviewer(name)
        for proposal in proposals:
            word = cells[proposal].lower()
            if word in words:
                bids[name, proposal] = Bid(word)
            elif word == "conflict":
                conflicts.add((name, proposal))
            elif word:
                raise click.ClickException(f"{name}, {proposal}: “{word}” is no bid.")
    return Problem(
        submissions=tuple(map(Proposal, proposals)),
        reviewers=tuple(reviewers.values()),
        per_submission=per_submission,
        conflicts=frozenset(conflicts),
        bids=bids,
    )


def _bids(path: Path) -> tuple[list[str], list[Row]]:
    """The proposals that are headed, and a row a reviewer."""
    with _refusing():
        heads, rows = read(path, "reviewer")
    if not rows:
        raise click.ClickException("The table of bids has no lines.")
    if "reviewer" not in heads:
        raise click.ClickException("The first column must be headed “reviewer”.")
    proposals = [head for head in heads if head != "reviewer"]
    if not proposals:
        raise click.ClickException("The table of bids names no proposals.")
    return proposals, rows


def _scores(path: Path) -> list[Score]:
    with _refusing():
        _heads, rows = read(path, *SCORED)
    if not rows:
        raise click.ClickException("The table of scores has no lines.")
    return [_score(row) for row in rows]


def _score(row: Row) -> Score:
    """Any scale will do, as long as more is better."""
    submission, reviewer, number = (row.cells.get(name, "") for name in SCORED)
    if not (submission and reviewer and number):
        raise click.ClickException(f"Line {row.line}: submission, reviewer and score are needed.")
    if not NUMBER.fullmatch(number):
        raise click.ClickException(f"Line {row.line}: “{number}” is no number.")
    if abs(float(number)) > MOST:
        raise click.ClickException(f"Line {row.line}: {number} is no score.")
    return Score(submission, reviewer, float(number))


@contextmanager
def _writing(path: Path, *head: str) -> Iterator[Any]:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            yield writer.writerow
    except OSError as failure:
        said = f"{path} cannot be written: {failure.strerror}."
        raise click.ClickException(said) from failure


@contextmanager
def _refusing() -> Iterator[None]:
    """What a noun calls wrong is said to the person at the terminal, without a traceback."""
    try:
        yield
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
