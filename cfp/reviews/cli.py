"""``flask reviews assign|rank|draw``: the committee's arithmetic on files, without a database."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click
from flask.cli import AppGroup

from cfp.reviews import selection
from cfp.reviews.scoring import Score, tally

reviews = AppGroup("reviews", help="Assignment, ranking and lots on files.")
Table = list[dict[str, str]]


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

    problem, wishes = _problem(_read(bids_file), per_submission), assignment.Wishes(balance / 100)
    plan = assignment.assign(problem, wishes, seed=seed)
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

    scores = [_score(n, row) for n, row in enumerate(_read(scores_file), 2)]
    if not scores:
        raise click.ClickException("The table of scores has no lines.")
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
        listed = [line.strip().lstrip("\ufeff") for line in codes if line.strip()]
    except UnicodeDecodeError:
        raise click.ClickException("The codes are not written in UTF-8.") from None
    if len(set(listed)) < len(listed):
        raise click.ClickException("A code stands here twice.")
    for code in selection.lot_order(seed, listed):
        click.echo(f"{code}  {selection.lot_of(seed, code)}")


def _problem(rows: Table, per_submission: int) -> Any:
    """The table of bids as the plan wants it; an empty cell is no bid."""
    from cfp.reviews.assignment import Bid, Problem, Proposal, Reviewer  # noqa: PLC0415

    cells = _cells(rows)
    words = {word.value for word in Bid}
    for (reviewer, submission), word in cells.items():
        if word not in words | {"", "conflict"}:
            raise click.ClickException(f"{reviewer}, {submission}: “{word}” is no bid.")
    return Problem(
        submissions=tuple(Proposal(name) for name in rows[0] if name != "reviewer"),
        reviewers=tuple(Reviewer(row["reviewer"]) for row in rows),
        per_submission=per_submission,
        conflicts=frozenset(pair for pair, word in cells.items() if word == "conflict"),
        bids={pair: Bid(word) for pair, word in cells.items() if word in words},
    )


def _cells(rows: Table) -> dict[tuple[str, str], str]:
    """(reviewer, submission) to what stands there, in lower case."""
    if not rows:
        raise click.ClickException("The table of bids has no lines.")
    if "reviewer" not in rows[0]:
        raise click.ClickException("The first column must be headed “reviewer”.")
    cells: dict[tuple[str, str], str] = {}
    for row in rows:
        reviewer = row["reviewer"] = (row["reviewer"] or "").strip()
        if not reviewer:
            raise click.ClickException("A line names no reviewer.")
        if None in row:
            raise click.ClickException(f"{reviewer}: there are more cells than columns.")
        mine = {(reviewer, name): (row[name] or "").strip().lower() for name in row}
        del mine[reviewer, "reviewer"]
        if mine.keys() & cells.keys():
            raise click.ClickException(f"{reviewer} stands here twice.")
        cells |= mine
    return cells


def _score(line: int, row: dict[str, str]) -> Score:
    try:
        return Score(row["submission"].strip(), row["reviewer"].strip(), float(row["score"]))
    except (KeyError, AttributeError):
        raise click.ClickException(
            f"Line {line}: submission, reviewer and score are needed."
        ) from None
    except (TypeError, ValueError):
        raise click.ClickException(f"Line {line}: “{row['score']}” is no number.") from None


def _read(path: Path) -> Table:
    """The rows of a table, with or without a mark at its beginning, with commas or semicolons."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path.name} is not written in UTF-8.") from None
    head = text.partition("\n")[0]
    cut = ";" if head.count(";") > head.count(",") else ","
    try:
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=cut, strict=True)
        names = [(name or "").strip().strip("\ufeff") for name in table.fieldnames or ()]
        table.fieldnames = names
        rows = list(table)
    except csv.Error as broken:
        raise click.ClickException(f"{path.name} is no table: {broken}.") from None
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise click.ClickException(f"Two columns are headed “{twice}”.")
    return rows


@contextmanager
def _writing(path: Path, *head: str) -> Iterator[Any]:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        yield writer.writerow


@contextmanager
def _refusing() -> Iterator[None]:
    """What a noun calls wrong is said to the person at the terminal, without a traceback."""
    try:
        yield
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
