"""What all public pages share: their blueprint, and what they say of themselves to machines."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from cfp.display import LANGUAGES
from cfp.site.kept import Kept
from cfp.site.release import Release

pages = Blueprint("site", __name__)
fragments: Kept[Any] = Kept(64)


@pages.context_processor
def for_templates() -> dict[str, Any]:
    """The page's one true address, and where it stands in each language."""
    here = request.url_root.rstrip("/") + request.path
    spoken = [(code, f"{here}?lang={code}") for code in LANGUAGES]
    return {"canonical": here, "alternates": spoken}


def key_of(release: Release, *more: str) -> tuple[str, ...]:
    """What a fragment depends on besides the release."""
    return (release.digest, g.conference.slug, str(get_locale()), *more)


def talks_url() -> str:
    """What stands before a talk's code in its address: url_for once, not once a talk."""
    return url_for("site.talk", code="_").removesuffix("_/")


def safe(page: str) -> Markup:
    return Markup(page)  # noqa: S704  (our own templates)
