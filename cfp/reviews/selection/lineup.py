"""The line-up: who is accepted, who waits in which order, who is declined."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from cfp.reviews.selection.lot import lot_order
from cfp.reviews.selection.places import Choice, Places, points
from cfp.reviews.selection.quotas import Candidate, Key, Quotas, Selection
from cfp.reviews.selection.sentences import unmet
from cfp.reviews.selection.ties import find_ties


def select(
    candidates: Iterable[Candidate],
    quotas: Quotas,
    *,
    seed: int | str,
    forced_in: Collection[Key] = (),
    forced_out: Collection[Key] = (),
    waitlist: int = 0,
    names: Mapping[Key, str] | None = None,
) -> Selection:
    """The selection with the highest total score, or the nearest to the quotas that there is.

    Most important first: as many of the places filled as possible; formats complete; tracks at
    their minimum; the total score, with its price for each place of a goal; the lot. `forced_in`
    and `forced_out` are the chair's overrides: the first take their places whatever the quotas, the
    second are declined. The best `waitlist` of the others wait. `names` of formats, tracks and
    marks are for the sentences. Milliseconds for 1,000; with goals a second or two.
    """
    standing = {candidate.id: candidate for candidate in candidates}
    if both := set(forced_in) & set(forced_out):
        raise ValueError(f"forced both in and out: {sorted(both, key=str)}")
    order = lot_order(seed, standing)
    forced = [standing[key] for key in order if key in forced_in]
    open_ = [standing[key] for key in order if key not in forced_in and key not in forced_out]
    open_order = [candidate.id for candidate in open_]

    places = Places.after(quotas, forced)
    choice = _fill(places, open_, open_order)
    accepted = choice.chosen | {candidate.id for candidate in forced}

    ranked = sorted(order, key=lambda key: _worth(standing[key]), reverse=True)  # stable: the lot
    waiting = [key for key in ranked if key not in accepted and key not in forced_out][:waitlist]
    return Selection(
        accepted=tuple(key for key in ranked if key in accepted),
        waitlisted=tuple(waiting),
        declined=tuple(key for key in ranked if key not in accepted and key not in waiting),
        ties=find_ties(open_, open_order, choice, places),
        sentences=tuple(unmet(standing.values(), accepted, set(forced_out), quotas, names or {})),
    )


def move_up(
    candidates: Iterable[Candidate],
    quotas: Quotas,
    selection: Selection,
    *,
    gone: Collection[Key],
    seed: int | str,
) -> tuple[Key, ...]:
    """Who of the waitlist takes the places of those who declined, by the same rules; best first.

    Nobody, where the quotas have no place for anybody who waits.
    """
    left = [candidate for candidate in candidates if candidate.id not in gone]
    staying = set(selection.accepted) - set(gone)
    again = select(
        left, quotas, seed=seed, forced_in=staying, forced_out=set(selection.declined) - set(gone)
    )
    return tuple(key for key in again.accepted if key not in staying)


def _fill(places: Places, open_: list[Candidate], order: list[Key]) -> Choice:
    if not places.quotas.goals:
        return places.fill(open_, order)
    # SciPy is loaded when somebody sets a goal, and not before.
    from cfp.reviews.selection.goals import fill_with_goals  # noqa: PLC0415

    return fill_with_goals(open_, order, places)


def _worth(candidate: Candidate) -> tuple[bool, int]:
    score = points(candidate)
    return score is not None, score or 0
