"""The price ladder: what it costs now, when it rises, and to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cfp.plot import scale
from cfp.plot.frame import Frame, drawn, framed, mark_day, mark_now, number_words, x_words
from cfp.plot.picture import PLAIN, Canvas, Look, Plot, Rows, path, shortened
from cfp.plot.scale import X


@dataclass(frozen=True)
class Step:
    """A price from one day until another, and what it is called."""

    label: str
    start: X
    end: X
    price: float


def ladder(
    title: str,
    steps: Sequence[Step],
    *,
    unit: str = "EUR",
    now: X | None = None,
    marks: Sequence[tuple[X, str]] = (),
    look: Look = PLAIN,
) -> Plot:
    """Steps over time with the price on each; the one that holds now is filled.

    ``marks`` are other days that matter on the same axis, with their names.
    """
    if any(scale.as_number(step.end) < scale.as_number(step.start) for step in steps):
        raise ValueError("A step ends after it starts.")

    def draw(canvas: Canvas) -> None:
        if not steps:
            middle = canvas.size.width / 2, canvas.size.height / 2
            canvas.text(*middle, look.wording.no_data, anchor="middle")
            return
        xs = [x for step in steps for x in (step.start, step.end)]
        xs += [x for x, _words in marks]
        frame = framed(canvas, xs, [step.price for step in steps], unit=unit)
        mark_now(frame, now)
        for x, words in marks:
            mark_day(frame, x, words)
        line = None if now is None else frame.x(scale.as_number(now))
        for n, step in enumerate(steps):
            before = steps[n - 1] if n else None
            _step(frame, step, unit, line, holds=_holds(step, now), before=before)

    return drawn(title, _described(steps, unit, look), _rows(steps, unit, look), look, draw)


def _holds(step: Step, now: X | None) -> bool:
    return now is not None and scale.as_number(step.start) <= scale.as_number(
        now
    ) < scale.as_number(step.end)


def _step(
    frame: Frame, step: Step, unit: str, now: float | None, *, holds: bool, before: Step | None
) -> None:
    canvas, size = frame.canvas, frame.canvas.size
    left, top = frame.place(step.start, step.price)
    right, _ = frame.place(step.end, step.price)
    ground = max(top, frame.y(0.0))
    if holds:
        canvas.add(
            "rect", "plot-band series-1", x=left, y=top, width=right - left, height=ground - top
        )
    points = [(left, top), (right, top)]
    if before is not None and scale.as_number(before.end) == scale.as_number(step.start):
        points = [frame.place(before.end, before.price), *points]
    canvas.add("path", f"plot-line series-{1 if holds else 5}", d=path(points))
    left, right = _beside(left, right, now)
    price = number_words(step.price, canvas.look.wording) + (f" {unit}" if holds and unit else "")
    half = min(size.width, size.room_for(price)) / 2
    middle = min(size.width - half, max(half, (left + right) / 2))
    canvas.text(
        middle, max(size.text, top - 9), shortened(price, size, size.width), "plot-label", "middle"
    )
    if right - left > size.text * 4:
        words = shortened(step.label, size, right - left - 6)
        canvas.text(middle, min(frame.y.start - 4, top + size.text + 6), words, anchor="middle")


def _beside(left: float, right: float, line: float | None) -> tuple[float, float]:
    """The larger part of a step that today's line runs through: words do not stand on it."""
    if line is None or not left < line < right:
        return left, right
    return (left, line) if line - left > right - line else (line, right)


def _described(steps: Sequence[Step], unit: str, look: Look) -> str:
    parts = [
        f"{step.label}: {number_words(step.price, look.wording)} {unit}, "
        f"{x_words(step.start, look.wording)} \N{EN DASH} {x_words(step.end, look.wording)}"
        for step in steps
    ]
    return "; ".join(parts) or look.wording.no_data


def _rows(steps: Sequence[Step], unit: str, look: Look) -> Rows:
    body = (
        (
            step.label,
            x_words(step.start, look.wording),
            x_words(step.end, look.wording),
            number_words(step.price, look.wording),
        )
        for step in steps
    )
    return (("", look.wording.start, look.wording.end, unit), *body)
