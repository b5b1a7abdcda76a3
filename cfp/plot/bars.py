"""Amounts side by side: bars with their names, histograms, heat strips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cfp.plot import scale
from cfp.plot.frame import drawn, framed, number_words
from cfp.plot.picture import NARROW, PLAIN, WIDE, Canvas, Look, Plot, Size, shortened
from cfp.plot.scale import Scale


@dataclass(frozen=True)
class Bar:
    """An amount with its name; ``of`` is what it could be at most, shown as the empty rest."""

    label: str
    value: float
    of: float | None = None


def bars(title: str, amounts: Sequence[Bar], *, unit: str = "", look: Look = PLAIN) -> Plot:
    """Lying bars, longest name at the left, the number at the end of each."""
    said = [_said(bar, unit, look) for bar in amounts]
    describe = "; ".join(f"{b.label}: {words}" for b, words in zip(amounts, said, strict=True))

    def picture(size: Size) -> str:
        canvas = Canvas(size, look)
        _bars(canvas, amounts, said)
        return canvas.finish(title, describe or look.wording.no_data)

    height = max(1, len(amounts)) * 30 + 4
    wide, narrow = Size(WIDE.width, height), Size(NARROW.width, max(1, len(amounts)) * 48 + 4)
    rows = (("", unit), *((bar.label, words) for bar, words in zip(amounts, said, strict=True)))
    return Plot(title, picture(wide), picture(narrow), rows)


def _said(bar: Bar, unit: str, look: Look) -> str:
    words = number_words(scale.as_number(bar.value), look.wording)
    if bar.of is not None:
        words += f" / {number_words(scale.as_number(bar.of), look.wording)}"
    return f"{words} {unit}".strip()


def _bars(canvas: Canvas, amounts: Sequence[Bar], said: Sequence[str]) -> None:
    size = canvas.size
    if not amounts:
        canvas.text(
            size.width / 2, size.height / 2 + 4, canvas.look.wording.no_data, anchor="middle"
        )
        return
    names = (
        0.0
        if size.is_narrow
        else min(size.width * 0.36, 12 + max(size.room_for(b.label) for b in amounts))
    )
    numbers = min(size.width * 0.3, 12 + max(size.room_for(words) for words in said))
    values = [scale.as_number(v) for b in amounts for v in (b.value, b.of) if v is not None]
    x = Scale(*scale.domain(values, zero=True), names, size.width - numbers)
    each = (size.height - 4) / len(amounts)
    for n, (bar, words) in enumerate(zip(amounts, said, strict=True)):
        top = 2 + n * each
        thick, y = (14.0, top + each - 20) if size.is_narrow else (18.0, top + (each - 18) / 2)
        if size.is_narrow:
            canvas.text(0, y - 7, shortened(bar.label, size, size.width), "plot-text")
        else:
            canvas.text(
                names - 10, y + 13.5, shortened(bar.label, size, names - 10), "plot-text", "end"
            )
        if bar.of is not None:
            _lying(canvas, "plot-bar is-rest", x, bar.of, y, thick)
        _lying(canvas, "plot-bar series-1", x, bar.value, y, thick)
        end = x(max(0.0, *(scale.as_number(v) for v in (bar.value, bar.of or 0))))
        canvas.text(end + 8, y + thick / 2 + 4.5, words, "plot-label")


def _lying(canvas: Canvas, classes: str, x: Scale, value: float, y: float, thick: float) -> None:
    ends = sorted((x(0.0), x(scale.as_number(value))))
    canvas.add("rect", classes, x=ends[0], y=y, width=ends[1] - ends[0], height=thick, rx=3)


def histogram(
    title: str,
    values: Sequence[float],
    edges: Sequence[float],
    *,
    unit: str = "",
    count: str = "",
    look: Look = PLAIN,
) -> Plot:
    """How many values fall between neighbouring edges; the last bin includes its upper edge."""
    if len(edges) < 2 or any(a >= b for a, b in pairwise(edges)):
        raise ValueError("A histogram needs two edges or more, rising.")
    heights = [sum(a <= v < b or (v == b == edges[-1]) for v in values) for a, b in pairwise(edges)]
    words = [number_words(scale.as_number(edge), look.wording) for edge in edges]
    names = [f"{a} \N{EN DASH} {b} {unit}".strip() for a, b in pairwise(words)]

    def draw(canvas: Canvas) -> None:
        frame = framed(canvas, list(edges), [0, *heights], unit=count, x_unit=unit)
        for (a, b), height in zip(pairwise(edges), heights, strict=True):
            left, top = frame.place(a, height)
            right, foot = frame.place(b, 0)
            gap = 1.0 if right - left > 4 else 0.0
            canvas.add(
                "rect",
                "plot-bar series-1",
                x=left + gap,
                y=top,
                width=max(0.0, right - left - 2 * gap),
                height=foot - top,
            )

    rows = ((unit, count), *((name, str(n)) for name, n in zip(names, heights, strict=True)))
    said = "; ".join(f"{name}: {n}" for name, n in zip(names, heights, strict=True))
    return drawn(title, said, rows, look, draw)


def heat(
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    unit: str = "",
    look: Look = PLAIN,
) -> Plot:
    """A strip of cells for each row, darker where there is more; None is an empty cell."""
    if len(values) != len(rows) or any(len(strip) != len(columns) for strip in values):
        raise ValueError("There is one value for each row and column.")
    height = max(1, len(rows)) * 30 + 26

    def picture(width: int) -> str:
        canvas = Canvas(Size(width, height), look)
        _heat(canvas, rows, columns, values)
        return canvas.finish(title, describe)

    table = [
        (row, *("" if v is None else number_words(scale.as_number(v), look.wording) for v in strip))
        for row, strip in zip(rows, values, strict=True)
    ]
    describe = "; ".join(f"{row[0]}: {', '.join(row[1:])} {unit}".strip() for row in table)
    describe = describe or look.wording.no_data
    return Plot(title, picture(WIDE.width), picture(NARROW.width), ((unit, *columns), *table))


def _heat(
    canvas: Canvas,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
) -> None:
    size = canvas.size
    if not rows or not columns:
        canvas.text(size.width / 2, size.height / 2, canvas.look.wording.no_data, anchor="middle")
        return
    names = min(size.width * 0.32, 12 + max(size.room_for(row) for row in rows))
    wide = (size.width - names) / len(columns)
    every = max(1, round(size.text * 3.6 / wide + 0.5)) if wide < size.text * 3.6 else 1
    for n, column in enumerate(columns):
        if n % every == 0:
            canvas.text(
                names + (n + 0.5) * wide, 15, shortened(column, size, wide * every), anchor="middle"
            )
    known = [scale.as_number(v) for strip in values for v in strip if v is not None]
    dark = Scale(*scale.domain(known, zero=True), 0.08, 1.0)
    for m, (row, strip) in enumerate(zip(rows, values, strict=True)):
        top = 24 + m * 30
        canvas.text(names - 10, top + 19, shortened(row, size, names - 10), anchor="end")
        for n, value in enumerate(strip):
            kind = "plot-cell-empty" if value is None else "plot-cell series-1"
            shade = 1.0 if value is None else dark(scale.as_number(value))
            canvas.add(
                "rect",
                kind,
                x=names + n * wide + 1,
                y=top,
                width=max(0.0, wide - 2),
                height=26,
                rx=3,
                fill_opacity=f"{shade:.2f}",
            )
