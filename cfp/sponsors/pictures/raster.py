"""Logos of pixels: limits before decoding, colours turned to sRGB, written anew as PNG."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from cfp.sentences import say
from cfp.sponsors.pictures import PNG, Picture, Unusable

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF")
MOST_PIXELS = 16_000_000
LEAST = 400  # of the longer side
LARGEST = (1600, 800)


def redrawn(sent: bytes) -> Picture:
    """The first picture of the file in sRGB, transparency kept, nothing else of it."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    wrong = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow says of broken files
            with Image.open(BytesIO(sent), formats=FORMATS) as given:
                _check_size(*given.size)
                given.load()
                upright = ImageOps.exif_transpose(given)
                plain = _srgb(upright)
    except (*wrong, Image.DecompressionBombError, OverflowError):
        sentence = say("This is no picture that can be read. PNG, JPEG, WebP and SVG can.")
        raise Unusable(sentence) from None
    plain.thumbnail(LARGEST)
    target = BytesIO()
    plain.save(target, "PNG")
    return Picture(PNG, target.getvalue(), *plain.size)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unusable(say("The logo has more than 16 million pixels."))
    if max(width, height) < LEAST:
        raise Unusable(
            say(
                "The logo is %(width)s by %(height)s pixels. It needs %(least)s on its longer"
                " side, or be an SVG.",
                width=width,
                height=height,
                least=LEAST,
            )
        )


def _srgb(given: Image) -> Image:
    """Pixels of their own in RGBA: no profile, no text, no place where it was taken."""
    from PIL import Image, ImageCms  # noqa: PLC0415

    profile, picture = given.info.get("icc_profile"), given
    if profile and given.mode in {"CMYK", "RGB", "RGBA"}:
        mode = "RGBA" if given.mode == "RGBA" else "RGB"
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(given, own, srgb, outputMode=mode) or given
        except (ImageCms.PyCMSError, OSError, ValueError):
            picture = given  # a broken profile: the plain conversion is near enough
    layered = picture.convert("RGBA")
    fresh = Image.new("RGBA", layered.size)
    fresh.paste(layered)
    return fresh
