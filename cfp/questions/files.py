"""What somebody hands over as a file: known by its bytes, never by its name."""

from __future__ import annotations

import re
import unicodedata

# How the kinds begin that we take, what they are, and how their names end.
BEGINNINGS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)
ZIPPED = {
    b"application/vnd.oasis.opendocument.presentation": ("odp", "oasis.opendocument.presentation"),
    b"application/vnd.oasis.opendocument.text": ("odt", "oasis.opendocument.text"),
}
ACCEPT = ".pdf,.png,.jpg,.jpeg,.odp,.odt,.pptx"


def kind_of(data: bytes) -> tuple[str, str] | None:
    """The media type and the ending of a file that we take; None for every other one."""
    for beginning, media_type, ending in BEGINNINGS:
        if data.startswith(beginning):
            return media_type, ending
    if data.startswith(b"PK\x03\x04"):
        for mark, (ending, name) in ZIPPED.items():
            if mark in data[:200]:
                return f"application/vnd.{name}", ending
        if b"ppt/" in data:
            slides = "openxmlformats-officedocument.presentationml.presentation"
            return f"application/vnd.{slides}", "pptx"
    return None


def clean_name(name: str, ending: str) -> str:
    """A name that is safe in a header and on a disk, with the ending that its bytes deserve."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = base.rpartition(".")[0] or base
    stem = re.sub(r"[^\w .()-]", "", stem).strip(" .")[:80]
    return f"{stem or 'file'}.{ending}"
