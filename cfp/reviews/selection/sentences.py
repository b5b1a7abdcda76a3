"""What a selection could not do, in sentences for the chair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from cfp.reviews.selection.quotas import Candidate, Key, Quotas
from cfp.sentences import say


def unmet(
    candidates: Iterable[Candidate],
    accepted: Collection[Key],
    forced_out: Collection[Key],
    quotas: Quotas,
    names: Mapping[Key, str],
) -> Iterator[str]:
    """A sentence for each quota that is missed, and why; first formats, then tracks, then all."""
    eligible = [each for each in candidates if each.id not in forced_out]
    chosen = [each for each in eligible if each.id in accepted]
    formats = Counter(each.format for each in chosen)
    supply = Counter(each.format for each in eligible)
    for key, wanted in quotas.formats.items():
        yield from _sentences(names.get(key, str(key)), formats[key], supply[key], wanted, wanted)
    tracks = Counter(each.track for each in chosen)
    supply = Counter(each.track for each in eligible)
    for key, bounds in quotas.tracks.items():
        name = names.get(key, str(key))
        yield from _sentences(name, tracks[key], supply[key], bounds.minimum, bounds.maximum)
    marks = Counter(mark for each in chosen for mark in each.marks)
    for key, wanted in quotas.goals.items():
        if marks[key] < wanted:
            yield say(
                "%(name)s: %(got)d of %(wanted)d; more would cost more points than that is worth.",
                name=names.get(key, str(key)),
                got=marks[key],
                wanted=wanted,
            )
    yield from _sentences(say("In all"), len(chosen), len(eligible), quotas.total, quotas.total)


def _sentences(name: str, got: int, supply: int, least: int, most: int | None) -> Iterator[str]:
    wanted = f"{least}" if least == most else say("at least %(n)d", n=least)
    if got < least and got == supply:
        yield say(
            "%(name)s: %(got)d instead of %(wanted)s; there are no more proposals to choose from.",
            name=name,
            got=got,
            wanted=wanted,
        )
    elif got < least:
        yield say(
            "%(name)s: %(got)d instead of %(wanted)s; the other quotas leave no room for more.",
            name=name,
            got=got,
            wanted=wanted,
        )
    if most is not None and got > most:
        limit = f"{most}" if least == most else say("at most %(n)d", n=most)
        yield say(
            "%(name)s: %(got)d instead of %(wanted)s, because the chair put proposals in.",
            name=name,
            got=got,
            wanted=limit,
        )
