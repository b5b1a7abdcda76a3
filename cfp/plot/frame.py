"""The frame of a picture: two axes that say their units, and today."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cfp.plot import scale
from cfp.plot.picture import NARROW, WIDE, Canvas, Look, Plot, Rows, Size
from cfp.plot.scale import Scale, X
from cfp.plot.wording import Wording

TOP, BOTTOM, X_UNIT = 30, 30, 16


@dataclass
class Frame:
    """A canvas with its axes already drawn."""

    canvas: Canvas
    x: Scale
    y: Scale
    unit_ends: float = 0.0  # where the unit above the axis ends

    def place(self, x: X, y: float) -> tuple[float, float]:
        return self.x(scale.as_number(x)), self.y(scale.as_number(y))


def drawn(
    title: str, describe: str, rows: Rows, look: Look, draw: Callable[[Canvas], None]
) -> Plot:
    """Draw twice, wide and narrow."""

    def picture(size: Size) -> str:
        canvas = Canvas(size, look)
        draw(canvas)
        return canvas.finish(title, describe)

    return Plot(title, picture(WIDE), picture(NARROW), rows)


def decimals_of(distance: float) -> int:
    """How many decimals the ticks of an axis need."""
    return 0 if distance >= 1 else min(9, math.ceil(-math.log10(distance) - 1e-9))


def framed(
    canvas: Canvas,
    xs: Sequence[X],
    ys: Sequence[float],
    *,
    unit: str,
    x_unit: str = "",
    right: float = 0,
) -> Frame:
    """Axes for these values; ``right`` is the room that labels at the ends of lines want."""
    size, wording = canvas.size, canvas.look.wording
    low, high = scale.rounded(*scale.domain([scale.as_number(y) for y in ys], zero=True), 4)
    ticks = scale.number_ticks(low, high, 4)
    decimals = decimals_of(scale.step(low, high, 4))
    labels = [wording.number(tick, decimals) for tick in ticks]
    left = min(size.width * 0.3, 10 + max((size.room_for(label) for label in labels), default=0))
    edge = size.width - min(size.width * 0.4, max(14.0, right))
    y = Scale(low, high, size.height - BOTTOM - (X_UNIT if x_unit else 0), TOP)
    for tick, label in zip(ticks, labels, strict=True):
        at = y(tick)
        canvas.add(
            "line", "plot-axis" if tick == 0 else "plot-grid", x1=left, x2=edge, y1=at, y2=at
        )
        canvas.text(left - 8, at + size.text * 0.35, label, anchor="end")
    if unit:
        canvas.text(0, size.text, unit)
    days = scale.is_time(xs)
    x = Scale(*scale.domain([scale.as_number(v) for v in xs]), left, edge)
    _x_axis(canvas, x, y.start, days=days)
    if x_unit:
        canvas.text(edge, size.height - 4, x_unit, anchor="end")
    return Frame(canvas, x, y, size.room_for(unit))


def _x_axis(canvas: Canvas, x: Scale, ground: float, *, days: bool) -> None:
    size, wording = canvas.size, canvas.look.wording
    most = 4 if size.is_narrow else 8
    foot = ground + 22
    if not days:
        ticks = scale.number_ticks(x.low, x.high, most)
        decimals = decimals_of(scale.step(x.low, x.high, most))
        for tick in ticks:
            canvas.text(
                x(tick), foot, wording.number(tick, decimals), anchor=_anchor(x(tick), size)
            )
        return
    marks = scale.day_ticks(x.low, x.high, most)
    last_year = None
    for on in marks:
        at = x(on.toordinal())
        canvas.add("line", "plot-grid", x1=at, x2=at, y1=ground, y2=ground + 5)
        words = wording.day(on, with_year=last_year is not None and on.year != last_year)
        canvas.text(at, foot, words, anchor=_anchor(at, size))
        last_year = on.year


def _anchor(at: float, size: Size) -> str:
    if at < 24:
        return "start"
    return "end" if at > size.width - 28 else "middle"


def mark_now(frame: Frame, now: X | None) -> None:
    """Today, if it lies within the picture."""
    if now is None or not frame.x.low <= scale.as_number(now) <= frame.x.high:
        return
    canvas, at = frame.canvas, frame.x(scale.as_number(now))
    canvas.add("line", "plot-now", x1=at, x2=at, y1=TOP - 8, y2=frame.y.start)
    words, anchor = canvas.look.wording.today, _anchor(at, canvas.size)
    begins = at - canvas.size.room_for(words) * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    if begins < frame.unit_ends + 8:
        at, anchor = max(at + 6, frame.unit_ends + 8), "start"
    canvas.text(at, TOP - 12, words, "plot-now-label", anchor)


def mark_day(frame: Frame, day: X, words: str, row: int = 0) -> None:
    """Another day that matters, with its name near the foot of its line, in a row of its own."""
    canvas, at = frame.canvas, frame.x(scale.as_number(day))
    canvas.add("line", "plot-target", x1=at, x2=at, y1=TOP, y2=frame.y.start)
    is_late = at > canvas.size.width / 2
    place, anchor = (at - 6, "end") if is_late else (at + 6, "start")
    foot = frame.y.start - 8 - row * (canvas.size.text + 6)
    canvas.text(place, foot, words, "plot-label", anchor)


def mark_target(frame: Frame, target: tuple[str, float] | None) -> None:
    """A line to reach, with its name."""
    if target is None:
        return
    words, value = target
    at = frame.y(scale.as_number(value))
    frame.canvas.add("line", "plot-target", x1=frame.x.start, x2=frame.x.end, y1=at, y2=at)
    frame.canvas.text(frame.x.start + 6, max(at - 6, frame.canvas.size.text), words, "plot-label")


def x_words(x: X, wording: Wording) -> str:
    """A place on the axis in words, for the table."""
    if scale.is_time([x]):
        return wording.day(scale.day_of(scale.as_number(x)), with_year=True)
    return number_words(scale.as_number(x), wording)


def number_words(value: float, wording: Wording) -> str:
    """The number behind the picture: two decimals unless it is whole."""
    return wording.number(value, 0 if float(value).is_integer() else 2)


def brief_words(value: float, wording: Wording) -> str:
    """The number in the picture: three digits say enough."""
    size = abs(value)
    return wording.number(value, 0 if value.is_integer() or size >= 100 else 1 if size >= 10 else 2)


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places near the wanted, ``least`` apart, none beyond the bounds: labels do not overlap."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    least = min(least, (high - low) / max(1, len(wanted) - 1))
    found = [0.0] * len(wanted)
    floor = low
    for n in order:
        found[n] = max(wanted[n], floor)
        floor = found[n] + least
    ceiling = high
    for n in reversed(order):
        found[n] = min(found[n], ceiling)
        ceiling = found[n] - least
    return found
