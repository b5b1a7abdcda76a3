"""QR codes as pictures that stand in a page of ours."""

from __future__ import annotations

import io
from base64 import b64encode


def qr_png(text: str, scale: int = 8, border: int = 4) -> str:
    """A QR code as an embedded PNG: black on white, with the quiet edge that cameras need."""
    import segno  # noqa: PLC0415

    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=scale, border=border)
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"
