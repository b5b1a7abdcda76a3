"""How a release says lengths and tracks in both schedule formats."""

from __future__ import annotations

from cfp.interop.released.release import Release
from cfp.interop.text import slug

_LONGEST = 99 * 60 + 59  # two digits of hours are all that apps read


def clock_words(minutes: int) -> str:
    """``HH:MM``."""
    hours, rest = divmod(min(minutes, _LONGEST), 60)
    return f"{hours:02}:{rest:02}"


def track_slugs(release: Release) -> dict[str, str]:
    """A slug for each track's name, beginning with a letter, no two alike."""
    slugs: dict[str, str] = {}
    for number, track in enumerate(release.tracks, start=1):
        name = slug(track.name)
        fits = len(name) > 1 and name[0].isalpha()
        found = name if fits else f"track-{name}".rstrip("-")
        slugs[track.name] = f"{found}-{number}" if found in slugs.values() else found
    return slugs
