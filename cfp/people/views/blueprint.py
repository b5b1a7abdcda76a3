"""What all pages of an account share: where they hang, and that no redirect leads elsewhere."""

from urllib.parse import urlsplit

from flask import Blueprint, url_for

pages = Blueprint("people", __name__)


def own_path(target: str | None) -> str:
    """``target`` if it is a path of ours, else the front page: no redirect leads elsewhere."""
    parts = urlsplit(target or "")
    odd = (
        parts.scheme or parts.netloc or not (target or "").startswith("/") or "\\" in (target or "")
    )
    return url_for("conference.editions") if odd or (target or "").startswith("//") else str(target)
