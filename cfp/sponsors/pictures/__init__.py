"""Logos as they come in: told by their content, made safe, and written anew."""

from __future__ import annotations

from dataclasses import dataclass

from cfp.sentences import say

MOST_BYTES = 5 * 1024 * 1024
PNG, SVG = "image/png", "image/svg+xml"


class Unusable(Exception):  # noqa: N818  (it is the picture that says no)
    """This cannot be a logo; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Picture:
    """A logo that may be shown: its bytes are ours, whatever was sent."""

    media_type: str
    data: bytes
    width: int
    height: int


def take_in(sent: bytes) -> Picture:
    """A picture that is safe to show, made from what was sent; :class:`Unusable` for the rest."""
    if len(sent) > MOST_BYTES:
        raise Unusable(say("The logo is larger than 5 MB."))
    if is_drawing(sent):
        from cfp.sponsors.pictures.drawing import cleaned  # noqa: PLC0415  (lxml)

        return cleaned(sent)
    from cfp.sponsors.pictures.raster import redrawn  # noqa: PLC0415  (Pillow)

    return redrawn(sent)


def is_drawing(sent: bytes) -> bool:
    """Whether it begins as XML or SVG does, in any encoding that a parser would follow."""
    start = sent[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")
