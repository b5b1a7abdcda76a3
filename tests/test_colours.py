"""The colours of every theme, accent and track: contrast as WCAG 2.2 counts it, from the sheets."""

from __future__ import annotations

import math
import re
from itertools import product
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "cfp" / "static"

NUMBER = r"([\d.]+|var\([^)]*\)|calc\([^()]*\([^)]*\)\))"
OKLCH = rf"oklch\(([\d.]+)% {NUMBER} {NUMBER}\)"
TOKEN = re.compile(rf"--([a-z-]+): light-dark\({OKLCH}, {OKLCH}\);")


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Of an OKLCH colour as an sRGB screen clips it (Ottosson 2020, WCAG 2.2)."""
    a, b = (chroma * f(math.radians(hue)) for f in (math.cos, math.sin))
    long, medium, short = (
        (lightness + x * a + y * b) ** 3
        for x, y in (
            (0.3963377774, 0.2158037573),
            (-0.1055613458, -0.0638541728),
            (-0.0894841775, -1.291485548),
        )
    )
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short
    clip = [min(1.0, max(0.0, value)) for value in (red, green, blue)]
    return 0.2126 * clip[0] + 0.7152 * clip[1] + 0.0722 * clip[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def number(text: str, variables: dict[str, float]) -> float:
    text = re.sub(r"var\(--([a-z-]+)\)", lambda found: str(variables[found[1]]), text)
    factors = re.fullmatch(r"calc\(([\d.]+) \* ([\d.]+)\)", text)
    return float(factors[1]) * float(factors[2]) if factors else float(text)


def palette(theme: int, **variables: float) -> dict[str, float]:
    """The luminance of every token of a theme: 0 light, 1 dark."""
    names = {name.replace("_", "-"): value for name, value in variables.items()}
    sheet = (STATIC / "css/tokens.css").read_text()
    return {
        found[1]: luminance(
            float(found[2 + 3 * theme]) / 100,
            number(found[3 + 3 * theme], names),
            number(found[4 + 3 * theme], names),
        )
        for found in TOKEN.finditer(sheet)
    }


def accents() -> list[dict[str, float]]:
    sheet = (STATIC / "css/accent.css").read_text()
    rows = re.findall(r"--hue: ([\d.]+); --chroma: ([\d.]+); --chroma-light: ([\d.]+)", sheet)
    return [
        dict(zip(("hue", "chroma", "chroma_light"), map(float, row), strict=True)) for row in rows
    ]


def tracks() -> list[dict[str, float]]:
    sheet = (STATIC / "css/tokens.css").read_text()
    rows = re.findall(r"--track-hue: ([\d.]+); --track-chroma: ([\d.]+)", sheet)
    return [dict(zip(("track_hue", "track_chroma"), map(float, row), strict=True)) for row in rows]


def test_there_are_twenty_four_accents_and_twelve_tracks():
    assert [one["hue"] for one in accents()] == [*range(0, 360, 15)]
    assert len(tracks()) == 12


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_read_on_every_ground_whatever_the_accent(theme):
    for accent in accents():
        seen = palette(theme, track_hue=0, track_chroma=0, **accent)
        for ink, ground in product(
            ("ink", "ink-soft", "accent-ink"), ("ground", "surface", "sunken", "raised")
        ):
            assert contrast(seen[ink], seen[ground]) >= 4.5, (ink, ground, accent)
        assert contrast(seen["accent-ink"], seen["accent-soft"]) >= 4.5, accent
        assert contrast(seen["accent"], 1.0) >= 4.5, accent
        assert contrast(seen["accent-hover"], 1.0) >= 4.5, accent
        for mark in ("accent-mark", "line-strong"):
            assert contrast(seen[mark], seen["surface"]) >= 3, (mark, accent)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_states_read_on_their_own_ground(theme):
    seen = palette(theme, track_hue=0, track_chroma=0, **accents()[17])
    for tone in ("good", "warn", "bad", "info"):
        assert contrast(seen[tone], seen[f"{tone}-soft"]) >= 4.5, tone
        assert contrast(seen["ink"], seen[f"{tone}-soft"]) >= 4.5, tone


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_tracks_read_on_their_own_ground_and_on_the_page(theme):
    for track in tracks():
        seen = palette(theme, **track, **accents()[17])
        for ink, ground in product(
            ("track-ink", "ink", "ink-soft"), ("track-soft", "surface", "ground")
        ):
            assert contrast(seen[ink], seen[ground]) >= 4.5, (ink, ground, track)
        assert contrast(seen["track"], seen["surface"]) >= 3, track
