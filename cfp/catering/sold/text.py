"""What stands in a file, whatever wrote it: a spreadsheet's encodings, words fit to be kept."""

from __future__ import annotations

import codecs
import io

WORDS = 80  # characters of a product's or a tier's name


def decoded(content: bytes) -> str:
    """UTF-8, or what spreadsheets write instead: UTF-16 with its mark, else Windows' Latin."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").replace("\0", "")
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").replace("\0", "")


def opened(text: str) -> tuple[io.StringIO, str]:
    """The lines of a table, whatever ends them, and what stands between its cells."""
    first = next(io.StringIO(text, newline=None), "")
    return io.StringIO(text, newline=None), max(",;\t", key=first.count)


def words(text: str) -> str:
    """The name of a product: no more than is kept, and nothing that no database takes."""
    kept = text.replace("\0", "").encode("utf-8", "ignore").decode()
    return kept.strip()[:WORDS]
