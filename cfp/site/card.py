"""The picture that other places show beside a link to a talk or to the conference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_datetime

from cfp.interop.released.content import TRACK_COLOURS
from cfp.site.programme import local, zone_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parents[1] / "static" / "vendor" / "inter"
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
HUES = (255, 32, 152, 310, 78, 198, 358, 122, 232, 285, 55)  # of the tracks, see tokens.css
INK, SOFT, PAPER = "#14181f", "#565d69", "#ffffff"
# Which file has which letters; the first that has one draws it. What none has is left out.
FACES: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("latin", ((0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2000, 0x206F))),
    ("latin-ext", ((0x100, 0x2BA), (0x1E00, 0x1EFF), (0x20A0, 0x20C0))),
    ("greek", ((0x370, 0x3FF),)),
    ("cyrillic", ((0x400, 0x45F), (0x490, 0x491), (0x4B0, 0x4B1))),
)


def of_talk(talk: Mapping[str, Any], content: Mapping[str, Any]) -> bytes:
    """What is said, by whom, when and where."""
    tracks = {track["id"]: track for track in content["tracks"]}
    track = tracks.get(talk["track_id"])
    names = ", ".join(speaker["name"] for speaker in talk["speakers"])
    colour = TRACK_COLOURS[track["colour"] - 1 if track else 11]
    about = content["conference"]["name"]
    return draw(about, talk["title"], names, place(talk, content), colour)


def draw(above: str, title: str, under: str, foot: str, colour: str) -> bytes:
    """A PNG of 1200 by 630 pixels, as every place that previews links wants it."""
    # Drawing is wanted by few requests of a process; others do without the library.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = Pen(ImageDraw.Draw(picture))
    pen.draw.rectangle((0, 0, 24, HEIGHT), colour)
    pen.line(above, 32, 600, SOFT, MARGIN)
    top = 150
    for size, most in ((76, 3), (60, 4), (48, 5)):
        lines = list(pen.wrapped(title, size, 750))
        if len(lines) <= most:
            break
    for line in lines[:most]:
        pen.line(line, size, 750, INK, top)
        top += round(size * 1.18)
    for line in list(pen.wrapped(under, 34, 500))[:2]:
        pen.line(line, 34, 500, SOFT, max(top + 18, 0))
        top += 44
    pen.line(foot, 30, 550, INK, HEIGHT - MARGIN - 36)
    file = BytesIO()
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def place(talk: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """When and where, in English: a picture has one language."""
    starts, _ends = local(talk, zone_of(content))
    rooms = {room["id"]: room["name"] for room in content["rooms"]}
    when = format_datetime(starts, "EEEE d MMMM y, HH:mm", locale="en")
    return " · ".join(filter(None, (when, rooms.get(talk["room_id"], ""))))


def colour_of(hue: int) -> str:
    """The track's colour that is nearest to a conference's own hue."""
    near = min(range(len(HUES)), key=lambda n: abs((HUES[n] - hue + 180) % 360 - 180))
    return TRACK_COLOURS[near]


@cache
def face(name: str, size: int, weight: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    font = ImageFont.truetype(FONTS / f"inter-{name}-opsz-normal.woff2", size)
    font.set_variation_by_axes([min(max(size, 14), 32), weight])
    return font


def face_of(letter: str) -> str | None:
    code = ord(letter)
    return next((n for n, spans in FACES if any(a <= code <= b for a, b in spans)), None)


@dataclass
class Pen:
    """Writes a line with whichever fonts have its letters."""

    draw: ImageDraw

    def line(self, text: str, size: int, weight: int, colour: str, top: int) -> None:
        left: float = MARGIN
        for name, run in runs(text):
            font = face(name, size, weight)
            self.draw.text((left, top), run, colour, font)
            left += font.getlength(run)

    def wrapped(self, text: str, size: int, weight: int) -> Iterator[str]:
        """The text in lines that fit between the margins."""
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and width(longer, size, weight) > WIDTH - 2 * MARGIN:
                yield line
                longer = word
            line = longer
        if line:
            yield line


def width(text: str, size: int, weight: int) -> float:
    return sum(face(name, size, weight).getlength(run) for name, run in runs(text))


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Stretches of letters that one font has."""
    known: list[tuple[str, str]] = []
    for letter in text:
        name = face_of(letter)
        if name is None:
            continue
        if known and known[-1][0] == name:
            known[-1] = (name, known[-1][1] + letter)
        else:
            known.append((name, letter))
    yield from known
