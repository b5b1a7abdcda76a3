"""Lines over time or numbers: sales curves, forecasts with their fans, lines beside a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from cfp.plot import scale
from cfp.plot.frame import (
    Frame,
    apart,
    brief_words,
    drawn,
    framed,
    mark_day,
    mark_now,
    mark_target,
    number_words,
    x_words,
)
from cfp.plot.picture import PLAIN, SMALL, Canvas, Look, Plot, Rows, has_room, path, shortened
from cfp.plot.scale import Scale, X


@dataclass(frozen=True)
class Series:
    """One line with its name. ``expected``: not measured but foreseen, drawn dashed."""

    label: str
    points: Sequence[tuple[X, float]]
    expected: bool = False


End = tuple[str, str, str, tuple[float, float]]  # name, last value, colour, place


@dataclass(frozen=True)
class Band:
    """Between two quantiles: "80 %" with a low and a high at each place of the median."""

    label: str
    low: Sequence[float]
    high: Sequence[float]


def line(
    title: str,
    series: Sequence[Series],
    *,
    unit: str = "",
    now: X | None = None,
    target: tuple[str, float] | None = None,
    marks: Sequence[tuple[X, str]] = (),
    look: Look = PLAIN,
) -> Plot:
    """One or more lines, named at their ends; ``marks`` are days that matter, with their names."""

    def draw(canvas: Canvas) -> None:
        _curves(canvas, series, (), unit=unit, now=now, target=target, marks=marks)

    return drawn(title, _described(series, unit, look), _rows(series, (), look), look, draw)


def fan(  # noqa: PLR0913 (a forecast is all of this, and each has its name)
    title: str,
    median: Series,
    bands: Sequence[Band],
    *,
    observed: Series | None = None,
    unit: str = "",
    now: X | None = None,
    target: tuple[str, float] | None = None,
    look: Look = PLAIN,
) -> Plot:
    """A forecast: its median, the bands around it (widest first), what was seen so far."""
    for band in bands:
        if not len(band.low) == len(band.high) == len(median.points):
            raise ValueError("A band has a low and a high for each point of the median.")
    foreseen = Series(median.label, median.points, expected=True)
    series = [foreseen] if observed is None else [foreseen, observed]

    def draw(canvas: Canvas) -> None:
        _curves(canvas, series, bands, unit=unit, now=now, target=target)

    return drawn(title, _described(series, unit, look), _rows(series, bands, look), look, draw)


def spark(title: str, values: Sequence[float], *, look: Look = PLAIN) -> Plot:
    """A line without axes, beside a figure that says how much."""
    canvas = Canvas(SMALL, look)
    xs = Scale(0, max(1, len(values) - 1), 4, SMALL.width - 6)
    numbers = [scale.as_number(v) for v in values]
    ys = Scale(*scale.domain(numbers), SMALL.height - 6, 6)
    points = [(xs(n), ys(v)) for n, v in enumerate(numbers)]
    if points:
        canvas.add("path", "plot-line series-1", d=path(points))
        canvas.add("circle", "plot-dot series-1", cx=points[-1][0], cy=points[-1][1], r=4)
    words = [number_words(v, look.wording) for v in numbers]
    svg = canvas.finish(title, ", ".join(words) or look.wording.no_data)
    return Plot(title, svg, svg, ((title,), *((word,) for word in words)))


def _curves(
    canvas: Canvas,
    series: Sequence[Series],
    bands: Sequence[Band],
    *,
    unit: str,
    now: X | None,
    target: tuple[str, float] | None,
    marks: Sequence[tuple[X, str]] = (),
) -> None:
    xs = [x for one in series for x, _ in one.points]
    if not xs:
        canvas.text(
            canvas.size.width / 2,
            canvas.size.height / 2,
            canvas.look.wording.no_data,
            anchor="middle",
        )
        return
    ys = [y for one in series for _, y in one.points]
    ys += [y for band in bands for y in (*band.low, *band.high)]
    ys += [target[1]] if target else []
    sample = "{}" if canvas.size.is_narrow else "{} 9999"
    room = max(canvas.size.room_for(sample.format(one.label)) for one in series) + 18
    frame = framed(canvas, xs, ys, unit=unit, right=min(room, canvas.size.width * 0.3))
    for band in bands:
        over = [frame.place(x, y) for (x, _), y in zip(series[0].points, band.high, strict=True)]
        under = [frame.place(x, y) for (x, _), y in zip(series[0].points, band.low, strict=True)]
        canvas.add("path", "plot-band series-1", d=path([*over, *reversed(under)]) + "Z")
    mark_target(frame, target)
    for row, (day, words) in enumerate(marks):
        mark_day(frame, day, words, row)
    mark_now(frame, now)
    _lines(frame, series, same=bool(bands))


def _lines(frame: Frame, series: Sequence[Series], *, same: bool) -> None:
    """The lines and, at their ends, their names. ``same``: in one colour, told apart by dashes."""
    canvas = frame.canvas
    ends: list[End] = []
    for n, one in enumerate(series, 1):
        points = [frame.place(x, y) for x, y in one.points]
        if not points:
            continue
        colour = f"series-{1 if same else (n - 1) % 5 + 1}"
        dashes = " is-expected" if one.expected else ""
        canvas.add("path", f"plot-line {colour}{dashes}", d=path(points))
        if not one.expected:
            canvas.add("circle", f"plot-dot {colour}", cx=points[-1][0], cy=points[-1][1], r=4)
        value = brief_words(scale.as_number(one.points[-1][1]), canvas.look.wording)
        ends.append((one.label, value, colour, points[-1]))
    _named(frame, ends)


def _named(frame: Frame, ends: Sequence[End]) -> None:
    """The name and last value of each line; in two rows where there is no room for one."""
    canvas, text = frame.canvas, frame.canvas.size.text
    fits = all(
        has_room(f"{label} {value}", canvas.size, canvas.size.width - x - 9)
        for label, value, _, (x, _) in ends
    )
    rows = 1 if fits and not canvas.size.is_narrow else 2
    heights = apart(
        [y for *_, (_, y) in ends], text * 1.25 * rows, text, frame.y.start - text * rows
    )
    for (label, value, colour, (x, own)), y in zip(ends, heights, strict=True):
        named = f"plot-series-label {colour}"
        if x < frame.x.end - 2:  # other lines go on from here: its name stands back
            place, anchor = (x - 8, "end") if x > canvas.size.width / 3 else (x + 8, "start")
            canvas.text(place, max(text, own - 10), f"{label} {value}", named, anchor)
            continue
        room = canvas.size.width - x - 9
        words = [label, value] if rows == 2 else [f"{label} {value}"]
        for n, row in enumerate(words):
            at = y + text * (0.35 + 1.2 * n - 0.5 * (rows - 1))
            canvas.text(x + 9, at, shortened(row, canvas.size, room), named)


def _described(series: Sequence[Series], unit: str, look: Look) -> str:
    ends = [
        f"{one.label}: {number_words(one.points[-1][1], look.wording)} {unit}".strip()
        + f" ({x_words(one.points[-1][0], look.wording)})"
        for one in series
        if one.points
    ]
    return "; ".join(ends) or look.wording.no_data


def _rows(series: Sequence[Series], bands: Sequence[Band], look: Look) -> Rows:
    said = partial(number_words, wording=look.wording)
    columns = [{x: said(y) for x, y in one.points} for one in series]
    for band in bands:
        ends = zip(series[0].points, band.low, band.high, strict=True)
        columns.append({x: f"{said(low)} \N{EN DASH} {said(high)}" for (x, _), low, high in ends})
    head = ("", *(one.label for one in series), *(band.label for band in bands))
    places = sorted({x for column in columns for x in column}, key=scale.as_number)
    return (
        head,
        *((x_words(x, look.wording), *(column.get(x, "") for column in columns)) for x in places),
    )
