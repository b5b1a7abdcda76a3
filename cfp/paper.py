"""Paper: HTML becomes a PDF that fetches nothing but our own static files. For the worker only."""

from __future__ import annotations

import mimetypes
import os
import threading
import unicodedata
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

STATIC = Path(__file__).resolve().parent / "static"
FONTS = STATIC / "vendor" / "paper"  # what they cover stands in docs/decisions.md


JOINER = "\u200d"
_opened = threading.local()


class Unfetched(Exception):  # noqa: N818  (it ends a rendering; no rule of the conference spoke)
    """A page for paper asked for something that is not ours."""


def to_pdf(html: str, **options: Any) -> bytes:
    """``html`` as a PDF; ``options`` are those of WeasyPrint's ``write_pdf``.

    Stylesheets, fonts and pictures are named relative to ``cfp/static`` (``css/paper.css``), or
    embedded as ``data:``. Anything else raises `Unfetched`: a page that silently lacks a picture,
    or that reads a stranger's address or file, must not come out.
    """
    warm_up()
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    document = HTML(
        string=_with_glyphs(html), base_url=f"{STATIC.as_uri()}/", url_fetcher=_fetcher()
    )
    try:
        with warnings.catch_warnings():  # WeasyPrint leaves its own colour profile open
            warnings.simplefilter("ignore", ResourceWarning)
            return bytes(document.write_pdf(font_config=_fonts(), **options))
    except FatalURLFetchingError as refused:
        raise Unfetched(str(refused)) from None


def warm_up() -> None:
    """Load what prints: 40 MB and half a second, the first time. For the worker only.

    What is printed is set in our own fonts alone: the same on every machine, and embeddable.
    """
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    import weasyprint  # noqa: F401, PLC0415

    _give_back()
    _say_what_is_drawn()


@cache
def _give_back() -> None:
    """Let WeasyPrint give back what it asks of Pango for figures of one width.

    For each line of text with ``font-feature-settings`` it makes an attribute and a list of them
    and frees neither: 80 kB an invoice, which a worker would keep until it ends.
    """
    from weasyprint.text import line_break  # noqa: PLC0415
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415

    ffi.cdef("PangoAttribute* pango_attribute_copy (const PangoAttribute*);")
    line_break.pango = _Thrifty(pango)


@cache
def _say_what_is_drawn() -> None:
    """Put the letters as they were written beside the pictures of a script that moves them about.

    What is copied out of a PDF is read from glyphs in their order on paper: of Devanagari not what
    anybody wrote. ``ActualText`` (ISO 32000-1, 14.9.4) says it. Of scripts that run leftwards it
    does not help: readers turn it round as they turn the glyphs.
    """
    import pydyf  # type: ignore[import-untyped]  # noqa: PLC0415
    from weasyprint import draw  # noqa: PLC0415

    paint = draw.draw_text

    def draw_text(stream: Any, textbox: Any, *how: Any) -> None:
        if not any("\u0900" <= letter <= "\u0dff" for letter in textbox.text):
            paint(stream, textbox, *how)
            return
        said = pydyf.Dictionary({"ActualText": pydyf.String(textbox.text)})
        stream.begin_marked_content("Span", said)
        paint(stream, textbox, *how)
        stream.end_marked_content()

    draw.draw_text = draw_text


class _Thrifty:
    """Pango, but for the two calls whose results WeasyPrint forgets to free."""

    def __init__(self, pango: Any) -> None:
        self._pango, self._features = pango, dict[bytes, Any]()
        self._mine = threading.local()  # the list that is made for one layout, and not yet given

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pango, name)
        setattr(self, name, found)
        return found

    def pango_attr_font_features_new(self, features: bytes) -> Any:
        """One attribute for each wish, however often it is made."""
        if features not in self._features:
            self._features[features] = self._pango.pango_attr_font_features_new(features)
        return self._features[features]

    def pango_attr_list_insert(self, several: Any, attribute: Any) -> None:
        """A list owns what is in it, so it gets a copy."""
        self._pango.pango_attr_list_insert(several, self._pango.pango_attribute_copy(attribute))
        self._mine.list = several

    def pango_layout_set_attributes(self, layout: Any, several: Any) -> None:
        """The layout holds the list from now on; nobody else does."""
        self._pango.pango_layout_set_attributes(layout, several)
        if several is getattr(self._mine, "list", None):
            self._pango.pango_attr_list_unref(several)
            self._mine.list = None


def printable(character: str) -> bool:
    """Whether one of our fonts has it; what joins others has no picture of its own."""
    is_usual = ord(character) <= 0x17F or character == JOINER
    return is_usual or any(ord(character) in covered for covered in _coverage())


@cache
def _coverage() -> tuple[frozenset[int], ...]:
    """What each font of ours has, read once."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415

    paths = sorted(FONTS.glob("*.ttf"), key=lambda path: path.stat().st_size)
    found = []
    for path in paths:
        if "Bold" not in path.name:
            with TTFont(path, lazy=True) as font:
                found.append(frozenset(font.getBestCmap()))
    return tuple(found)


def _with_glyphs(html: str) -> str:
    """A question mark where no font of ours has a picture: never an empty box (.notdef)."""
    strange = {
        ord(character): "" if unicodedata.category(character) in {"Cf", "Mn"} else "?"
        for character in set(html)
        if not printable(character)
    }
    return html.translate(strange) if strange else html


def _fonts() -> Any:
    """Our fonts, opened once in each thread.

    WeasyPrint would open them anew for each document, and Pango gives a third of a megabyte of that
    back to nobody.
    """
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    if not hasattr(_opened, "fonts"):
        _opened.fonts = FontConfiguration()
    return _opened.fonts


def static_file(url: str) -> Path | None:
    """The file of ours that an address on paper names, if it names one."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return None
    path = Path(unquote(parts.path)).resolve()
    return path if path.is_relative_to(STATIC) and path.is_file() else None


@cache
def _fetcher() -> Any:
    from weasyprint.urls import (  # noqa: PLC0415
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class OnlyOurs(URLFetcher):  # type: ignore[misc]
        """Opens our static files and what is embedded, and nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = static_file(url)
            if path is None:
                raise FatalURLFetchingError(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OnlyOurs(allowed_protocols=["data"], allow_redirects=False)
