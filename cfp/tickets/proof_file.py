"""What somebody sends to show that they study: judged by its content, kept as little as possible.

A picture is drawn anew, so that nothing of the file survives but what can be seen; a PDF stays as
it is, and is only ever handed out as a file to save.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from cfp.errors import Refused
from cfp.sentences import say

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LARGEST = (1600, 1600)
FORMATS = ("PNG", "JPEG", "WEBP")
JPEG, PDF = "image/jpeg", "application/pdf"


@dataclass(frozen=True)
class ProofPicture:
    """What is kept of it."""

    media_type: str
    data: bytes


def taken_in(sent: bytes) -> ProofPicture:
    """The file as it may be kept; :class:`Refused` for anything else."""
    if not sent:
        raise Refused(say("Please choose a file."), field="proof")
    if len(sent) > MOST_BYTES:
        raise Refused(say("The file is larger than 5 MB."), field="proof")
    if sent.startswith(b"%PDF-"):
        if b"%%EOF" not in sent[-2048:]:
            raise Refused(say("This PDF is not complete."), field="proof")
        return ProofPicture(PDF, sent)
    return ProofPicture(JPEG, _redrawn(sent))


def _redrawn(sent: bytes) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    wrong = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow says of broken files
            with Image.open(BytesIO(sent), formats=FORMATS) as given:
                if given.width * given.height > MOST_PIXELS:
                    raise Refused(say("The picture has too many pixels."), field="proof")
                given.load()
                plain = (ImageOps.exif_transpose(given) or given).convert("RGB")
    except (*wrong, Image.DecompressionBombError, OverflowError):
        sentence = say("This can be read neither as a picture (PNG, JPEG, WebP) nor as a PDF.")
        raise Refused(sentence, field="proof") from None
    fresh = Image.new("RGB", plain.size)
    fresh.paste(plain)
    fresh.thumbnail(LARGEST)
    target = BytesIO()
    fresh.save(target, "JPEG", quality=80)
    return target.getvalue()
