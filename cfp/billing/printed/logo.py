"""The seller's logo as PDF/A allows it: sRGB, opaque, of a size that fits."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING

from cfp.errors import Refused
from cfp.sentences import say

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
LARGEST = (900, 360)  # three times what is printed, in CSS pixels
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")


def embedded(data: bytes) -> str:
    """The logo as a ``data:`` address; CMYK and transparency are turned into plain sRGB."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    if len(data) > MOST_BYTES:
        raise Refused(say("The logo is larger than 5 MB."))
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as given:
            if given.width * given.height > MOST_PIXELS:
                raise Refused(say("The logo has more than 40 million pixels."))
            given.load()
            plain = _plain(given)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused(say("The logo is no picture that can be read; PNG and JPEG can.")) from None
    plain.thumbnail(LARGEST)
    target = BytesIO()
    plain.save(target, "PNG", optimize=False)
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode()


def _plain(given: Image) -> Image:
    """RGB on white; colours by the picture's own profile where it has a usable one."""
    from PIL import Image, ImageCms  # noqa: PLC0415

    profile = given.info.get("icc_profile")
    picture = given
    if profile and given.mode in {"CMYK", "RGB"}:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(given, own, srgb, outputMode="RGB")
            picture = converted or given
        except (ImageCms.PyCMSError, OSError, ValueError):
            picture = given  # a broken profile: the plain conversion is near enough
    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, "white")
    ground.alpha_composite(layered)
    return ground.convert("RGB")
