"""The line-up that some quotas would make: who is in, who waits, who is out, and what ties."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field

from cfp.conference.models import Conference
from cfp.db import db
from cfp.reviews import queries
from cfp.reviews import selection as rules
from cfp.reviews.models import Selection
from cfp.reviews.queries import choosing
from cfp.reviews.service.ranking import Ranked, ranked, scores_of
from cfp.sentences import say
from cfp.submissions.models import Level, Outcome

FIRST_TIME = "first"
GOALS = {
    Level.BEGINNER.value: say("for beginners"),
    Level.INTERMEDIATE.value: say("for people who know a little"),
    Level.ADVANCED.value: say("for people who know a lot"),
    FIRST_TIME: say("by people who never spoke here"),
}


@dataclass(frozen=True)
class Wanted:
    """What is asked of a line-up. Formats and tracks go by id, proposals by code."""

    total: int
    waitlist: int = 0
    formats: Mapping[int, int] = field(default_factory=dict)
    tracks: Mapping[int, tuple[int, int | None]] = field(default_factory=dict)
    seed: str = ""
    by_mean: bool = False
    put_in: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    goals: Mapping[str, int] = field(default_factory=dict)  # by mark, as GOALS names them
    price: int = 50  # hundredths of a point that a place of a goal is worth


@dataclass(frozen=True)
class LineUp:
    """``outcomes`` by code, for all that stands for choice; ``gone`` are cancelled talks."""

    conference_id: int
    wanted: Wanted
    rows: Mapping[str, Ranked]
    chosen: rules.Selection
    outcomes: Mapping[str, Outcome]
    gone: tuple[Ranked, ...]

    def with_outcome(self, outcome: Outcome) -> list[Ranked]:
        """Best first, ties in the order of the lot."""
        order = (*self.chosen.accepted, *self.chosen.waitlisted, *self.chosen.declined)
        return [self.rows[str(code)] for code in order if self.outcomes[str(code)] is outcome]

    @property
    def changes(self) -> list[Ranked]:
        """What is not decided so yet."""
        return [row for code, row in self.rows.items() if row.outcome is not self.outcomes[code]]

    @property
    def retold(self) -> list[Ranked]:
        """Of the changes those whose speakers were told something else before."""
        return [row for row in self.changes if row.told not in {None, self.outcomes[row.code]}]

    @property
    def overruled(self) -> list[Ranked]:
        """Where the chair's word counts instead of the quotas."""
        codes = (*self.wanted.put_in, *self.wanted.left_out)
        return [self.rows[code] for code in codes if code in self.rows]

    @property
    def promised(self) -> list[Ranked]:
        """What the chair would leave out although its speakers were told that they are in."""
        return [
            row
            for row in self.overruled
            if row.code in self.wanted.left_out and row.told is Outcome.ACCEPT
        ]

    def lot_to_repeat(self, code: str) -> str:
        """What ``sha256sum`` has to be fed, quoted so that a seed is never a command."""
        return shlex.quote(f"{self.wanted.seed}:{code}")

    @property
    def fingerprint(self) -> str:
        """Differs whenever anybody would be decided differently, or by other rules."""
        outcomes = {code: outcome.value for code, outcome in self.outcomes.items()}
        text = json.dumps([asdict(self.wanted), outcomes], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def by_settings(conference: Conference) -> Wanted:
    """What the edition asks for. Everybody knows its first seed beforehand: no shopping for one."""
    formats = {f.id: f.talks_wanted for f in conference.formats if f.talks_wanted is not None}
    total = sum(formats.values()) if conference.talks_wanted is None else conference.talks_wanted
    return Wanted(
        total=total,
        waitlist=-(-total // 5),
        formats=formats,
        tracks={
            t.id: (t.talks_least or 0, t.talks_most)
            for t in conference.tracks
            if t.talks_least is not None or t.talks_most is not None
        },
        seed=f"{conference.slug}-1",
    )


def as_kept(selection: Selection) -> Wanted:
    """What an earlier selection asked for, so that the next begins where it ended."""
    quotas = selection.quotas
    return Wanted(
        total=quotas["total"],
        waitlist=quotas["waitlist"],
        formats={int(key): number for key, number in quotas["formats"].items()},
        tracks={int(key): (least, most) for key, (least, most) in quotas["tracks"].items()},
        seed=selection.seed,
        by_mean=quotas["score"] == "mean",
        put_in=tuple(quotas["put_in"]),
        left_out=tuple(quotas["left_out"]),
        goals=quotas.get("goals", {}),
        price=quotas.get("price", Wanted.price),
    )


def line_up(conference: Conference, wanted: Wanted) -> LineUp:
    """Who is in with these quotas. What speakers were told stays, unless the chair says otherwise.

    An acceptance that was told stands in any case. Who was told to wait may move up, and else
    goes on waiting. A cancelled talk has given its place back.
    """
    found = db.session.execute(queries.standings(conference.id)).all()
    everybody = ranked(found, scores_of(conference))
    rows = {row.code: row for row in everybody if not row.is_cancelled}
    told = {code: row.told for code, row in rows.items()}
    forced_in = {code for code in rows if code in wanted.put_in or told.get(code) is Outcome.ACCEPT}
    forced_out = {
        code for code in rows if code in wanted.left_out or told.get(code) is Outcome.REJECT
    }
    first = _first_timers(conference) if FIRST_TIME in wanted.goals else frozenset()
    chosen = rules.select(
        [_candidate(row, wanted, first) for row in rows.values()],
        _quotas(wanted),
        seed=wanted.seed,
        forced_in=forced_in,
        forced_out=forced_out - forced_in,
        waitlist=wanted.waitlist,
        names=_names(conference),
    )
    waits_on = {
        code
        for code, outcome in told.items()
        if outcome is Outcome.WAITLIST and code not in wanted.left_out
    }
    outcomes = {
        **{code: Outcome.WAITLIST if code in waits_on else Outcome.REJECT for code in rows},
        **{str(code): Outcome.WAITLIST for code in chosen.waitlisted},
        **{str(code): Outcome.ACCEPT for code in chosen.accepted},
    }
    gone = tuple(row for row in everybody if row.is_cancelled)
    return LineUp(conference.id, wanted, rows, chosen, outcomes, gone)


def _candidate(row: Ranked, wanted: Wanted, first: Collection[int]) -> rules.Candidate:
    score = row.mean if wanted.by_mean else row.adjusted
    marks = {row.level} if row.level else set()
    marks |= {FIRST_TIME} if row.id in first else set()
    return rules.Candidate(
        row.code,
        score,
        f"format {row.format_id}",
        f"track {row.track_id}",
        frozenset(marks & wanted.goals.keys()),
    )


def _first_timers(conference: Conference) -> frozenset[int]:
    """Ids of the proposals none of whose speakers has stood on the stage of an earlier edition."""
    return frozenset(db.session.scalars(choosing.by_first_timers(conference)))


def _quotas(wanted: Wanted) -> rules.Quotas:
    return rules.Quotas(
        wanted.total,
        {f"format {key}": number for key, number in wanted.formats.items()},
        {f"track {key}": rules.Bounds(*bounds) for key, bounds in wanted.tracks.items()},
        {mark: number for mark, number in wanted.goals.items()},  # noqa: C416  (for its type)
        wanted.price / 100,
    )


def _names(conference: Conference) -> dict[int | str, str]:
    return {
        **{f"format {one.id}": one.name for one in conference.formats},
        **{f"track {one.id}": one.name for one in conference.tracks},
        **{mark: words for mark, words in GOALS.items()},  # noqa: C416  (for its type)
    }
