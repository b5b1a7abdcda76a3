"""The same conference as if only the large penalties counted: smaller, and soon solved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cfp.schedule.csplib.instance import KEYS, Hours, Instance, Matrix, Talk

OF_TRACKS_AND_ROOMS = ("ts", "tr", "sr", "sim")
OF_TALKS = ("ss", "srm")
COUNTED = tuple(
    key for key in KEYS if key not in {*OF_TRACKS_AND_ROOMS, *OF_TALKS, "tz"}
)  # their values are counts, so the weight is the price


def magnitudes(instance: Instance) -> list[float]:
    """The powers of ten that prices reach, the largest first."""
    found = {10 ** (len(str(int(price))) - 1) for price in _prices(instance) if price >= 1}
    return sorted(found, reverse=True)


def only_from(instance: Instance, least: float) -> Instance:
    """The instance without what costs less; each of its plans costs no more than in the whole."""
    weights = dict(instance.weights)
    for key in COUNTED:
        if weights[key] < least:
            weights[key] = 0

    def kept(key: str, matrix: Matrix) -> Matrix:
        return tuple(_from(least, weights[key], row) for row in matrix)

    less, unsuitable = _from(least, weights["tz"], _zones(instance))
    hours = replace(instance.hours, less_penalty=less, unsuitable_penalty=unsuitable)
    talks = tuple(_talk(talk, weights, least, hours) for talk in instance.talks)
    meet = any(weights[key] for key in ("chair", "pres", "pres_ts", "att", "att_ts"))
    return replace(
        instance,
        talks=talks,
        chairs=instance.chairs if meet else tuple(frozenset[str]() for _ in instance.chairs),
        track_session=kept("ts", instance.track_session),
        track_room=kept("tr", instance.track_room),
        session_room=kept("sr", instance.session_room),
        similar=kept("sim", instance.similar),
        weights=weights,
        hours=hours,
    )


def _talk(talk: Talk, weights: dict[str, float], least: float, hours: Hours) -> Talk:
    """What tells the talk from others, as far as it still matters."""
    attended = weights["att"] or weights["att_ts"]
    presented = attended or weights["pres"] or weights["pres_ts"]
    zoned = weights["tz"] and (hours.less_penalty or hours.unsuitable_penalty)
    return replace(
        talk,
        order=talk.order if weights["order"] else 0,
        zone=talk.zone if zoned else hours.zone,
        presenters=talk.presenters if presented else frozenset(),
        attendees=talk.attendees if attended else frozenset(),
        by_session=_from(least, weights["ss"] * talk.slots, talk.by_session),
        by_room=_from(least, weights["srm"] * talk.slots, talk.by_room),
    )


def _from(least: float, weight: float, values: Iterable[float]) -> tuple[float, ...]:
    return tuple(value if value * weight >= least else 0 for value in values)


def _zones(instance: Instance) -> tuple[float, float]:
    return instance.hours.less_penalty, instance.hours.unsuitable_penalty


def _prices(instance: Instance) -> set[float]:
    weights = instance.weights
    found = {weights[key] for key in COUNTED}
    matrices = (
        instance.track_session,
        instance.track_room,
        instance.session_room,
        instance.similar,
    )
    for key, matrix in zip(OF_TRACKS_AND_ROOMS, matrices, strict=True):
        found |= {weights[key] * value for row in matrix for value in row}
    for talk in instance.talks:
        found |= {weights["ss"] * talk.slots * value for value in talk.by_session}
        found |= {weights["srm"] * talk.slots * value for value in talk.by_room}
        found |= {weights["tz"] * talk.slots * value for value in _zones(instance)}
    return found
