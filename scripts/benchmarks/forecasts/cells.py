"""Cells of the table: what was forecast, what came, and whether the bars are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from cfp.catering.forecast.calibration import Kept
from cfp.catering.forecast.editions import Edition, Situation
from cfp.catering.forecast.tickets import forecast

from .rivals import rivals


@dataclass(frozen=True)
class Try:
    """One forecast and what came: relative errors of ours and the rivals', what was covered."""

    errors: tuple[float, float, float, float]
    rivals80: tuple[bool, bool, bool]
    bias: float
    in80: bool
    in95: bool
    width: float
    needed: float  # times the 80 % interval, to reach what came


def attempt(asked: Situation, earlier: tuple[Edition, ...], final: int) -> Try:
    """Whole people: an interval covers a number if it reaches to its nearest half."""
    found = forecast(asked, earlier)
    others = rivals(asked, earlier)
    plain, additive, multiplicative = (abs(one.likely - final) / final for one in others)
    return Try(
        errors=(abs(found.q50 - final) / final, plain, additive, multiplicative),
        rivals80=(others[0].holds(final), others[1].holds(final), others[2].holds(final)),
        bias=(found.q50 - final) / final,
        in80=found.q10 - 0.5 <= final <= found.q90 + 0.5,
        in95=found.q025 - 0.5 <= final <= found.q975 + 0.5,
        width=(found.q90 - found.q10) / max(1.0, found.q50),
        needed=Kept(found.q10, found.q50, found.q90, float(final)).needed,
    )


def line(name: str, tries: Sequence[Try], bar: float | None = None) -> str:
    """A row of the table; what misses its bar is bold."""
    ours, plain, additive, multiplicative = (
        100 * fmean(t.errors[n] for t in tries) for n in range(4)
    )
    in80, in95 = (
        100 * fmean(held) for held in zip(*((t.in80, t.in95) for t in tries), strict=True)
    )
    cells = [
        name,
        str(len(tries)),
        mark(f"{ours:.1f}", missed=bar is not None and ours > bar),
        "" if bar is None else f"{bar:g}",
        f"{100 * fmean(t.bias for t in tries):+.1f}",
        f"{plain:.1f}",
        f"{additive:.1f}",
        f"{multiplicative:.1f}",
        mark(f"{in80:.0f}", missed=bar is not None and not 75 <= round(in80) <= 92),
        mark(f"{in95:.0f}", missed=bar is not None and round(in95) < 93),
        *(f"{100 * fmean(t.rivals80[n] for t in tries):.0f}" for n in range(3)),
    ]
    return f"| {' | '.join(cells)} |"


def mark(text: str, *, missed: bool) -> str:
    return f"**{text}**" if missed else text
