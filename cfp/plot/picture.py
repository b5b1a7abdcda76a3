"""A picture being drawn: marks, escaped words, colours that also work without our style sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from zlib import crc32

from cfp.plot.wording import ENGLISH, Wording

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Look:
    """How a picture is to be drawn: its words, and whether it stands without our style sheet."""

    wording: Wording = ENGLISH
    standalone: bool = False
    key: str = ""  # tells apart two pictures of the same title on one page


PLAIN = Look()


@dataclass(frozen=True)
class Plot:
    """A finished picture, once for wide and once for narrow screens, and the numbers behind it."""

    title: str
    svg: str
    narrow: str
    rows: Rows


@dataclass(frozen=True)
class Size:
    """Width and height in units that are pixels where the picture is shown at its own size."""

    width: int
    height: int
    text: int = 13

    @property
    def is_narrow(self) -> bool:
        return self.width < 480

    def room_for(self, words: str) -> float:
        """About how wide the words will be; our face takes a little over half its size a letter."""
        return len(words) * self.text * 0.58


WIDE, NARROW, SMALL = Size(680, 300), Size(340, 260), Size(240, 56)

INK, SOFT, GRID, REST = "#1d2230", "#565d6b", "#e3e5ea", "#d5d8de"
SERIES = ("#2f63c8", "#b8661a", "#1d8a63", "#a13fa8", "#737985")
FACE = "Inter, Helvetica, Arial, sans-serif"
NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HALO = {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}

# What a class means where no style sheet reaches: in a mail, in a PDF.
FALLBACK: dict[str, dict[str, str]] = {
    "plot-grid": {"stroke": GRID},
    "plot-axis": {"stroke": "#8a909c"},
    "plot-text": {"fill": SOFT},
    "plot-label": {"fill": INK, "font-weight": "600", **HALO},
    "plot-line": {"fill": "none", "stroke": "series", "stroke-width": "2"},
    "is-expected": {"stroke-dasharray": "5 4"},
    "plot-dot": {"fill": "series", "stroke": "#ffffff", "stroke-width": "2"},
    "plot-band": {"fill": "series", "fill-opacity": "0.16"},
    "plot-bar": {"fill": "series"},
    "is-rest": {"fill": REST},
    "plot-series-label": {"fill": "series", "font-weight": "600", **HALO},
    "plot-now": {"stroke": "#c62f2f", "stroke-width": "1.5"},
    "plot-now-label": {"fill": "#b02222", "font-weight": "600", **HALO},
    "plot-target": {"stroke": SOFT, "stroke-dasharray": "2 3"},
    "plot-cell": {"fill": "series"},
    "plot-cell-empty": {"fill": "#f1f2f5"},
}


@dataclass
class Canvas:
    """Collects marks; every text that enters is escaped."""

    size: Size
    look: Look
    marks: list[str] = field(default_factory=list)

    def add(
        self, tag: str, classes: str, words: str | None = None, **attributes: float | str
    ) -> None:
        """One mark; an attribute's underscore is a hyphen."""
        given = {"class": classes} | {k.replace("_", "-"): v for k, v in attributes.items()}
        if self.look.standalone:
            given = {**self._colours(classes), **given}
        text = " ".join(f'{name}="{_value(value)}"' for name, value in given.items())
        self.marks.append(
            f"<{tag} {text}/>" if words is None else f"<{tag} {text}>{_clean(words)}</{tag}>"
        )

    def text(
        self, x: float, y: float, words: str, classes: str = "plot-text", anchor: str = "start"
    ) -> None:
        self.add("text", classes, words, x=x, y=y, text_anchor=anchor)

    def _colours(self, classes: str) -> dict[str, str]:
        names = classes.split()
        series = next((int(n[7:]) for n in names if n.startswith("series-")), 1)
        colour = SERIES[(series - 1) % len(SERIES)]
        found: dict[str, str] = {}
        for name in names:
            found |= FALLBACK.get(name, {})
        return {k: colour if v == "series" else v for k, v in found.items()}

    def finish(self, title: str, description: str) -> str:
        """The whole picture, with its name and what it says for those who hear it."""
        body = "".join(self.marks)
        seen = f"{self.look.key}{title}{description}{body}".encode("utf-8", "replace")
        name, said = (f"plot-{crc32(seen):08x}-{part}" for part in ("title", "desc"))
        width, height, text = self.size.width, self.size.height, self.size.text
        head = f'class="plot" viewBox="0 0 {width} {height}" font-size="{text}"'
        if self.look.standalone:
            head += f' width="{width}" height="{height}" font-family="{FACE}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {head} role="img"'
            f' aria-labelledby="{name} {said}"><title id="{name}">{_clean(title)}</title>'
            f'<desc id="{said}">{_clean(description)}</desc>{body}</svg>'
        )


def _value(value: float | str) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def _clean(words: str) -> str:
    """Escaped, and without the characters that XML cannot hold."""
    return escape(NOT_IN_XML.sub("", words))


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through the points."""
    return "".join(f"{'L' if n else 'M'}{_value(x)} {_value(y)}" for n, (x, y) in enumerate(points))


def has_room(words: str, size: Size, room: float) -> bool:
    return shortened(words, size, room) == words


def shortened(words: str, size: Size, room: float) -> str:
    """The words as far as there is room for them."""
    most = max(1, int(room / (size.text * 0.58)))
    return (
        words
        if len(words) <= most
        else words[: max(1, most - 1)].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    )
