"""The committee's ranking: every proposal with what its scores say, and how sure that is.

The figures need NumPy, which is loaded when somebody first looks at a ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.reviews import queries, weighing
from cfp.reviews.scoring import HIGHEST, LOWEST, Score, Tally, tally
from cfp.sheets import Table
from cfp.submissions.models import Outcome, TalkState

if TYPE_CHECKING:
    from cfp.reviews.scoring.krippendorff import Agreement
    from cfp.reviews.scoring.severity import Adjustment

HEAD = (
    *("code", "title", "track", "format", "reviews", "mean", "adjusted", "low", "high"),
    *("spread", "champions", "opponents", "outcome"),
)
Scores = tuple[tuple[int, int, int], ...]  # submission, reviewer, score


@dataclass(frozen=True)
class Ranked:
    """A proposal in the ranking. What needs scores is None where nobody has scored yet."""

    id: int
    code: str
    title: str
    format_id: int | None
    format: str | None
    track_id: int | None
    track: str | None
    colour: int | None
    outcome: Outcome | None
    told: Outcome | None  # what the speakers heard last
    is_cancelled: bool
    level: str | None = None
    given: tuple[tuple[int, int], ...] = ()  # reviewer, score
    mean: float | None = None
    adjusted: float | None = None
    low: float | None = None
    high: float | None = None
    spread: float | None = None

    @property
    def scores(self) -> tuple[int, ...]:
        return tuple(sorted(score for _reviewer, score in self.given))

    @property
    def is_split(self) -> bool:
        """Whether the committee should talk about it before anybody decides."""
        return weighing.is_split(self.scores)

    @property
    def count(self) -> int:
        return len(self.scores)

    @property
    def is_invited(self) -> bool:
        """Accepted without having been judged: a keynote."""
        return self.told is Outcome.ACCEPT and not self.scores

    def lacks_reviews(self, wanted: int) -> bool:
        """Whoever was told yes or no needs no more of them."""
        return self.told in {None, Outcome.WAITLIST} and self.count < wanted

    def who_gave(self, score: int) -> list[int]:
        return [reviewer for reviewer, given in self.given if given == score]

    @property
    def champions(self) -> int:
        return len(self.who_gave(HIGHEST))

    @property
    def opponents(self) -> int:
        return len(self.who_gave(LOWEST))


SORTS = ("title", "count", "mean", "adjusted", "spread", "champions", "opponents")


@dataclass(frozen=True)
class Asked:
    """Which rows somebody wants to see, in which order: a figure's name, after a minus downwards.

    ``outcome`` is a decision's value, or ``open`` for what is not decided.
    """

    sort: str = "-adjusted"
    track: int | None = None
    format: int | None = None
    outcome: str = ""
    fewer_than: int | None = None
    split: bool = False
    words: tuple[str, ...] = ()

    def wants(self, row: Ranked) -> bool:
        outcome = row.outcome.value if row.outcome else "open"
        return (
            self.track in {None, row.track_id}
            and self.format in {None, row.format_id}
            and self.outcome in {"", outcome}
            and (self.fewer_than is None or row.lacks_reviews(self.fewer_than))
            and (row.is_split or not self.split)
            and all(word in row.title.casefold() for word in self.words)
        )


@dataclass(frozen=True)
class Ranking:
    """Everything one viewer may see of it; ``hidden`` are their own proposals."""

    rows: list[Ranked]
    hidden: int = 0
    scores: Scores = field(default=(), repr=False)


def ranking(conference: Conference, viewer: Person, tracks: Iterable[int] | None = None) -> Ranking:
    """What stands for choice in these tracks, or in all; nobody sees scores of their own."""
    scores = scores_of(conference)
    own = set(db.session.scalars(queries.own(viewer, conference.id)))
    found = db.session.execute(queries.standings(conference.id, tracks)).all()
    rows = ranked([row for row in found if row.id not in own], scores)
    return Ranking(rows, len(found) - len(rows), scores)


def names_of(rows: Iterable[Ranked]) -> dict[int, str]:
    """What those are called who would fight for these proposals, or against them."""
    ids = {who for row in rows for score in (HIGHEST, LOWEST) for who in row.who_gave(score)}
    found = db.session.scalars(queries.people(ids)) if ids else ()
    return {person.id: person.name for person in found}


def narrowed(rows: Iterable[Ranked], asked: Asked) -> list[Ranked]:
    """The rows that are asked for, in that order; what has no such figure comes last."""
    by_title = sorted(filter(asked.wants, rows), key=lambda row: (row.title.casefold(), row.code))
    downwards, name = asked.sort.startswith("-"), asked.sort.removeprefix("-")
    if name == "title":
        return by_title[::-1] if downwards else by_title
    figure = attrgetter(name)
    with_figure = [row for row in by_title if figure(row) is not None]
    without = [row for row in by_title if figure(row) is None]
    return sorted(with_figure, key=figure, reverse=downwards) + without


def as_table(
    rows: Iterable[Ranked], further: Sequence[tuple[str, Mapping[int, Any]]] = ()
) -> Table:
    """The rows for a spreadsheet; ``further`` are the criteria with their means by proposal."""
    head = (*HEAD, *(label for label, _means in further))
    means = [means for _label, means in further]
    return Table("ranking", head, [_cells(row) + _means(row, means) for row in rows])


def _cells(row: Ranked) -> list[object]:
    return [
        *(row.code, row.title, row.track, row.format, row.count),
        *map(_exactly, (row.mean, row.adjusted, row.low, row.high, row.spread)),
        *(row.champions, row.opponents, row.outcome.value if row.outcome else None),
    ]


def _means(row: Ranked, means: Iterable[Mapping[int, Any]]) -> list[object]:
    return [_exactly(by_proposal.get(row.id)) for by_proposal in means]


def _exactly(figure: float | None) -> str | None:
    return None if figure is None else f"{figure:.4f}"


def scores_of(conference: Conference) -> Scores:
    """All scores of what is in the running, in an order of their own."""
    rows = db.session.execute(queries.scores(conference.id))
    return tuple((submission, person, score) for submission, person, score in rows)


def ranked(rows: Iterable[Any], scores: Scores) -> list[Ranked]:
    """Each row of ``queries.standings`` with its figures."""
    tallies, adjustment = figures(scores)
    given: dict[int, list[tuple[int, int]]] = {}
    for submission, reviewer, score in scores:
        given.setdefault(submission, []).append((reviewer, score))
    return [_with_figures(row, given.get(row.id, []), tallies, adjustment) for row in rows]


def _with_figures(
    row: Any, given: list[tuple[int, int]], tallies: dict[Any, Tally], adjustment: Adjustment
) -> Ranked:
    tally, estimate = tallies.get(row.id), adjustment.submissions.get(row.id)
    return Ranked(
        id=row.id,
        code=row.code,
        title=row.title,
        format_id=row.format_id,
        format=row.format,
        track_id=row.track_id,
        track=row.track,
        colour=row.colour,
        outcome=row.outcome,
        told=row.outcome if row.told_at else row.told_outcome,
        is_cancelled=row.talk_state is TalkState.CANCELLED,
        level=row.level.value if row.level else None,
        given=tuple(given),
        mean=tally.mean if tally else None,
        adjusted=estimate.value if estimate else None,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        spread=tally.deviation if tally else None,
    )


@lru_cache(maxsize=8)
def figures(scores: Scores) -> tuple[dict[Any, Tally], Adjustment]:
    """Plain and adjusted figures. The scores themselves are the key: nothing can be out of date."""
    from cfp.reviews.scoring.severity import adjust  # noqa: PLC0415  (NumPy)

    listed = [Score(*score) for score in scores]
    return tally(listed), adjust(listed)


@lru_cache(maxsize=8)
def agreement_of(scores: Scores) -> Agreement:
    """How far the committee agrees beyond chance."""
    from cfp.reviews.scoring.krippendorff import agreement  # noqa: PLC0415  (NumPy)

    return agreement([Score(*score) for score in scores])
