"""A file that somebody hands over: known by its bytes, never by its name, and kept harmless.

A picture is drawn anew, so that nothing of the file survives but what can be seen (no place where
it was taken, nothing behind its end). A PDF has to be whole. What is a zip inside (slides, texts)
is looked at by its directory alone: so many entries, so large, packed no denser than such files
are, no macros; it is never unpacked. All of them are only ever handed out as a file to save.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from io import BytesIO

from cfp.errors import Refused
from cfp.sentences import say

MEGABYTE = 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 5_000, 300 * MEGABYTE, 200
OPENDOCUMENT = "application/vnd.oasis.opendocument."
OPENXML = "application/vnd.openxmlformats-officedocument."


class Sort(Enum):
    """What we take, and how its name ends."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    ODP = "odp"
    ODT = "odt"
    PPTX = "pptx"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Sort.PDF: "application/pdf",
    Sort.PNG: "image/png",
    Sort.JPEG: "image/jpeg",
    Sort.WEBP: "image/webp",
    Sort.ODP: f"{OPENDOCUMENT}presentation",
    Sort.ODT: f"{OPENDOCUMENT}text",
    Sort.PPTX: f"{OPENXML}presentationml.presentation",
}
ENDS = {Sort.PNG: b"IEND\xaeB`\x82", Sort.JPEG: b"\xff\xd9"}
PICTURES = frozenset({Sort.PNG, Sort.JPEG, Sort.WEBP})
SLIDES = frozenset({Sort.PDF, Sort.ODP, Sort.PPTX})
DOCUMENTS = frozenset({*SLIDES, Sort.ODT, Sort.PNG, Sort.JPEG})


@dataclass(frozen=True)
class Sent:
    """A file as somebody sent it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Taken:
    """A file as it may be kept: its name has the ending that its bytes deserve."""

    sort: Sort
    name: str
    data: bytes


def accepted(sorts: Collection[Sort]) -> str:
    """What a browser should offer to choose."""
    endings = [f".{one.value}" for one in Sort if one in sorts]
    return ",".join([*endings, ".jpeg"] if Sort.JPEG in sorts else endings)


def take_in(sent: Sent, sorts: Collection[Sort], *, most: int, field: str) -> Taken:
    """The file as it may be kept; :class:`Refused` at ``field`` for anything else.

    ``most`` counts megabytes. Read one byte more than that and no further.
    """
    if not sent.data:
        raise Refused(say("Please choose a file."), field)
    if len(sent.data) > most * MEGABYTE:
        raise Refused(say("Please send a file of at most %(n)s MB.", n=most), field)
    sort = sort_of(sent.data)
    if sort is None or sort not in sorts:
        names = ", ".join(one.name for one in Sort if one in sorts)
        raise Refused(
            say("This is none of the files that can be taken: %(names)s.", names=names), field
        )
    try:
        data = _checked(sort, sent.data)
    except Refused as wrong:
        raise Refused(wrong.sentence, field) from wrong
    return Taken(sort, clean_name(sent.name, sort.value), data)


def sort_of(data: bytes) -> Sort | None:
    """What a file is by its bytes; None for everything that we do not take."""
    beginnings = (
        (b"%PDF-", Sort.PDF),
        (b"\x89PNG\r\n\x1a\n", Sort.PNG),
        (b"\xff\xd8\xff", Sort.JPEG),
    )
    for beginning, sort in beginnings:
        if data.startswith(beginning):
            return sort
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Sort.WEBP
    return _zipped(data) if data.startswith(b"PK\x03\x04") else None


def clean_name(name: str, ending: str) -> str:
    """A name that is safe in a header and on a disk."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = base.rpartition(".")[0] or base
    stem = re.sub(r"[^\w .()-]", "", stem).strip(" .")[:80]
    return f"{stem or 'file'}.{ending}"


def _zipped(data: bytes) -> Sort | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    for sort in (Sort.ODP, Sort.ODT):  # they say so first, and unpacked
        if data[30 : 38 + len(sort.media_type)] == b"mimetype" + sort.media_type.encode():
            return sort
    is_pptx = {"[Content_Types].xml", "ppt/presentation.xml"} <= names
    return Sort.PPTX if is_pptx else None


def _checked(sort: Sort, data: bytes) -> bytes:
    if sort in PICTURES:
        return redrawn(data, sort)
    if sort is Sort.PDF:
        if b"%%EOF" not in data[-2048:]:
            raise Refused(say("This PDF is not complete."))
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(data)):
        raise Refused(say("There is more packed into this file than slides need."))
    if any("vbaproject" in e.filename.lower() or e.filename.startswith("Basic/") for e in entries):
        raise Refused(say("There are macros in this file. Please save it without them."))
    return data


def _is_whole(data: bytes) -> bool:
    """Whether a picture has its end; WeasyPrint lets Pillow invent the rest in all of a process."""
    sort = sort_of(data)
    if sort is Sort.WEBP:
        return int.from_bytes(data[4:8], "little") + 8 <= len(data)
    return sort in ENDS and ENDS[sort] in data


def redrawn(data: bytes, sort: Sort, *, fit: tuple[int, int] | None = None) -> bytes:
    """What can be seen of a picture, upright and inside ``fit``, written anew as ``sort``."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    wrong = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError)
    formats = tuple("JPEG" if one is Sort.JPEG else one.name for one in PICTURES)
    mode = "RGB" if sort is Sort.JPEG else "RGBA"
    if not _is_whole(data):
        raise Refused(say("This picture cannot be read."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow says of broken files
            with Image.open(BytesIO(data), formats=formats) as given:
                if given.width * given.height > MOST_PIXELS:
                    raise Refused(say("The picture has too many pixels."))
                given.load()
                plain = (ImageOps.exif_transpose(given) or given).convert(mode)
    except (*wrong, Image.DecompressionBombError, OverflowError):
        raise Refused(say("This picture cannot be read.")) from None
    fresh = Image.new(mode, plain.size)
    fresh.paste(plain)
    if fit is not None:
        fresh.thumbnail(fit)
    target = BytesIO()
    fresh.save(target, "JPEG" if sort is Sort.JPEG else sort.name, quality=85)
    return target.getvalue()
