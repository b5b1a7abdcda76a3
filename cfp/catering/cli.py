"""``flask catering replay`` and ``order``: the kitchen's arithmetic on files and figures."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import click
from flask.cli import AppGroup

catering = AppGroup("catering", help="Head-count forecast and the order to the caterer.")
PEOPLE = click.FloatRange(0, 100_000)
EUROS = click.FloatRange(0, 1e6, min_open=True)
TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _finite(_context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """NaN is in no range and beyond none."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter("this is no number.", param=option)
    return value


@catering.command(with_appcontext=False)
@click.argument("curves", type=TABLE)
@click.argument("editions", type=TABLE)
@click.option("--edition", required=True, help="“Series edition”, or the edition alone.")
@click.option("--days-before", "days", type=click.IntRange(-30, 1000), required=True)
@click.option("--no-history", is_flag=True, help="As if this were the first edition.")
def replay(curves: Path, editions: Path, edition: str, days: int, *, no_history: bool) -> None:
    """Forecast a past edition from what was known so many days before, as one JSON object."""
    from cfp.catering.forecast.tickets import forecast  # noqa: PLC0415  (NumPy takes a moment)
    from cfp.catering.replay import ask  # noqa: PLC0415

    try:
        sold = _read(curves, "series", "edition", "cum")
        known = _read(editions, "series", "edition", "start")
        asked = ask(sold, known, edition, days, history=not no_history)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    found = forecast(asked.situation, asked.earlier)
    names = ("q025", "q10", "q50", "q90", "q975")
    history = [
        {"edition": one.name, "final": one.final, "age": round(one.age, 2)} for one in asked.earlier
    ]
    answer = {
        "sold": found.sold,
        **{name: round(getattr(found, name), 1) for name in names},
        "strength": found.strength.value,
        "seen": asked.situation.seen,
        "history": history,
    }
    click.echo(json.dumps(answer, ensure_ascii=False))


@catering.command(with_appcontext=False)
@click.option("--low", type=PEOPLE, callback=_finite, required=True, help="One in ten is below.")
@click.option("--likely", type=PEOPLE, callback=_finite, required=True, help="Half are below.")
@click.option("--high", type=PEOPLE, callback=_finite, required=True, help="One in ten is above.")
@click.option("--tolerance", type=click.IntRange(0, 100_000), default=10, show_default=True)
@click.option("--price", type=EUROS, callback=_finite, required=True)
@click.option(
    "--shortage",
    type=click.FloatRange(0, 1e6),
    callback=_finite,
    help="What a missing portion costs; twice the price, if left out.",
)
def order(
    low: float, likely: float, high: float, tolerance: int, price: float, shortage: float | None
) -> None:
    """How many portions to order, from a low, a likely and a high number of heads."""
    from cfp.catering.portions.order import Costs, best_order, expected_cost  # noqa: PLC0415
    from cfp.catering.portions.spread import between  # noqa: PLC0415

    costs = Costs(price, 2 * price if shortage is None else shortage, tolerance)
    try:
        heads = between(low, likely, high)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    best = best_order(heads, costs)
    click.echo(f"Order: {best} portions")
    click.echo(f"Served up to {best + tolerance}, billed at least {max(0, best - tolerance)}.")
    click.echo(f"Expected cost of being wrong: {expected_cost(heads, costs, best):.2f}")
    click.echo(
        f"Read as: {likely:.10g} is the median, {low:.10g} and {high:.10g} the 10 % and 90 % "
        "quantiles; half a normal distribution on either side."
    )
    click.echo(
        f"Costs: {costs.portion:.10g} for a portion too many, "
        f"{costs.shortage:.10g} for one too few."
    )


def _read(path: Path, *columns: str) -> list[dict[str, str | None]]:
    """The lines of a table with commas, semicolons or tabs; its head names these columns."""
    from cfp.catering.sold.text import decoded, opened  # noqa: PLC0415

    text, delimiter = opened(decoded(path.read_bytes()))
    lines = csv.DictReader(text, delimiter=delimiter)
    try:
        lines.fieldnames = [name.strip().casefold() for name in lines.fieldnames or []]
        missing = [name for name in columns if name not in lines.fieldnames]
        if missing:
            raise click.ClickException(f"{path.name}: no column “{missing[0]}” in the first line.")
        return [row for row in lines if any(isinstance(cell, str) for cell in row.values())]
    except csv.Error as wrong:
        raise click.ClickException(f"{path.name}: line {lines.line_num}: {wrong}.") from wrong
