"""What was sold and what may come, over other years' curves, with the days that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cfp.plot import scale
from cfp.plot.curves import Band, Series
from cfp.plot.frame import (
    BOTTOM,
    TOP,
    Frame,
    apart,
    brief_words,
    drawn,
    framed,
    mark_now,
    number_words,
)
from cfp.plot.frame import x_words as day_words
from cfp.plot.picture import PLAIN, Canvas, Look, Plot, Rows, has_room, path, shortened
from cfp.plot.scale import X


@dataclass(frozen=True)
class Mark:
    """A day that matters, with its name; drawn as a thin line through the picture."""

    at: X
    label: str


@dataclass(frozen=True)
class Ahead:
    """The parts of the picture: this edition, its forecast, the earlier ones on the same days."""

    observed: Series
    median: Series
    band: Band
    earlier: Sequence[Series] = ()
    marks: Sequence[Mark] = ()


def ahead(
    title: str, parts: Ahead, *, unit: str = "", now: X | None = None, look: Look = PLAIN
) -> Plot:
    """Earlier editions as quiet lines behind this one's curve and its fan."""
    if not len(parts.band.low) == len(parts.band.high) == len(parts.median.points):
        raise ValueError("A band has a low and a high for each point of the median.")

    def draw(canvas: Canvas) -> None:
        _draw(canvas, parts, unit, now)

    return drawn(title, _described(parts, unit, look), _rows(parts, look), look, draw)


def _draw(canvas: Canvas, parts: Ahead, unit: str, now: X | None) -> None:
    lines = [parts.observed, parts.median, *parts.earlier]
    xs = [x for one in lines for x, _ in one.points]
    if not xs:
        middle = canvas.size.width / 2, canvas.size.height / 2
        canvas.text(*middle, canvas.look.wording.no_data, anchor="middle")
        return
    ys = [y for one in lines for _, y in one.points] + [*parts.band.low, *parts.band.high]
    ys.append(max(ys) * _headroom(canvas, len({mark.label for mark in parts.marks})))
    named = [one for one in lines if one.points]
    sample = "{}" if canvas.size.is_narrow else "{} 9999"
    room = max(canvas.size.room_for(sample.format(one.label)) for one in named) + 18
    frame = framed(canvas, xs, ys, unit=unit, right=min(room, canvas.size.width * 0.3))
    for one in parts.earlier:
        _line(frame, one, "plot-line plot-earlier series-5")
    points = parts.median.points
    over = [frame.place(x, y) for (x, _), y in zip(points, parts.band.high, strict=True)]
    under = [frame.place(x, y) for (x, _), y in zip(points, parts.band.low, strict=True)]
    if over:
        canvas.add("path", "plot-band series-1", d=path([*over, *reversed(under)]) + "Z")
    _marks(frame, parts.marks, now)
    _line(frame, parts.median, "plot-line series-1 is-expected")
    _line(frame, parts.observed, "plot-line series-1")
    _names(frame, parts)


def _headroom(canvas: Canvas, marks: int) -> float:
    """How much higher the picture reaches, so that the names of the days stand above its lines."""
    height = canvas.size.height - TOP - BOTTOM
    names = canvas.size.text * (0.5 + 1.25 * marks) if marks else 0.0
    return 1 / (1 - min(0.4, names / height))


def _line(frame: Frame, one: Series, classes: str) -> None:
    if one.points:
        frame.canvas.add("path", classes, d=path([frame.place(x, y) for x, y in one.points]))


def _marks(frame: Frame, marks: Sequence[Mark], now: X | None) -> None:
    """Lines for the days that matter; each name has a row, so that none covers another.

    Days of one name share it; where there is no room for it twice the last one bears it.
    """
    canvas = frame.canvas
    inside = [m for m in marks if frame.x.low <= scale.as_number(m.at) <= frame.x.high]
    rows: dict[str, list[tuple[float, float, str, bool]]] = {}
    for mark in inside:
        at = frame.x(scale.as_number(mark.at))
        canvas.add("line", "plot-target", x1=at, x2=at, y1=TOP, y2=frame.y.start)
        right = at > canvas.size.width * 0.55
        room = at - frame.x.start if right else frame.x.end - at
        words = shortened(mark.label, canvas.size, max(0.0, room - 8))
        place, wide = (at - 5 if right else at + 5), canvas.size.room_for(words)
        begins = place - wide if right else place
        named = rows.setdefault(mark.label, [])
        while named and begins < named[-1][1] + 4:
            named.pop()
        named.append((place, begins + wide, words, right))
    for n, named in enumerate(rows.values()):
        height = TOP + canvas.size.text * (1 + 1.25 * n)
        for place, _ends, words, right in named:
            canvas.text(place, height, words, "plot-label", "end" if right else "start")
    mark_now(frame, now)


def _names(frame: Frame, parts: Ahead) -> None:
    """Each line's name and last number at its end; two rows where there is no room for one."""
    canvas, text = frame.canvas, frame.canvas.size.text
    foreseen = (
        [(parts.median, "series-1")] if parts.median.points else [(parts.observed, "series-1")]
    )
    ends = [
        (one.label, one.points[-1], colour)
        for one, colour in [*foreseen, *((one, "series-5") for one in parts.earlier)]
        if one.points
    ]
    named = [
        (label, brief_words(float(round(value)), canvas.look.wording), colour)
        for label, (_, value), colour in ends
    ]
    places = [frame.place(*end) for _, end, _ in ends]
    fits = all(
        has_room(f"{label} {number}", canvas.size, canvas.size.width - x - 9)
        for (label, number, _), (x, _) in zip(named, places, strict=True)
    )
    rows = 1 if fits and not canvas.size.is_narrow else 2
    heights = apart([y for _, y in places], text * 1.25 * rows, text, frame.y.start - text * rows)
    for (label, number, colour), (x, _), y in zip(named, places, heights, strict=True):
        room = canvas.size.width - x - 9
        for n, words in enumerate([label, number] if rows == 2 else [f"{label} {number}"]):
            at = y + text * (0.35 + 1.2 * n - 0.5 * (rows - 1))
            canvas.text(
                x + 9, at, shortened(words, canvas.size, room), f"plot-series-label {colour}"
            )
    if parts.observed.points and parts.median.points:
        x, y = frame.place(*parts.observed.points[-1])
        canvas.add("circle", "plot-dot series-1", cx=x, cy=y, r=4)


def _described(parts: Ahead, unit: str, look: Look) -> str:
    lines = [one for one in (parts.observed, parts.median, *parts.earlier) if one.points]
    said = [
        f"{one.label}: {number_words(one.points[-1][1], look.wording)} {unit}".strip()
        for one in lines
    ]
    said += [f"{mark.label}: {day_words(mark.at, look.wording)}" for mark in parts.marks]
    return "; ".join(said) or look.wording.no_data


def _rows(parts: Ahead, look: Look) -> Rows:
    lines = [parts.observed, parts.median, *parts.earlier]
    columns = [{x: number_words(y, look.wording) for x, y in one.points} for one in lines]
    ends = zip(parts.median.points, parts.band.low, parts.band.high, strict=True)
    dash = " \N{EN DASH} "
    columns.append(
        {x: dash.join(number_words(v, look.wording) for v in (a, b)) for (x, _), a, b in ends}
    )
    head = ("", *(one.label for one in lines), parts.band.label)
    places = sorted({x for column in columns for x in column}, key=scale.as_number)
    return (
        head,
        *((day_words(x, look.wording), *(c.get(x, "") for c in columns)) for x in places),
    )
