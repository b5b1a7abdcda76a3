"""All rules, and what everybody asks them: does it fit, does it clash, what does it cost?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cfp.schedule.problem import Level, Place, Problem, Setting, Talk, Timetable, Waiver
from cfp.schedule.rules import audience, blocks, changes, days, hours, parts, people, rooms, tracks
from cfp.schedule.rules.board import Board, spot_of
from cfp.schedule.rules.rule import Finding, Rule, TalkRule

RULES: tuple[Rule, ...] = (
    hours.RoomIsOpen(),
    hours.OnTheRaster(),
    hours.BreaksAreFree(),
    rooms.OneTalkPerRoom(),
    rooms.RoomsChangeOver(),
    people.OnePlaceAtATime(),
    people.SpeakersAreAvailable(),
    people.NotTooManyTalksADay(),
    rooms.EquipmentIsThere(),
    rooms.RecordedWhereRecordingIsPossible(),
    rooms.AudienceFitsIn(),
    rooms.OnlyChosenRooms(),
    changes.PinnedTalksStay(),
    audience.NothingBesideAPlenary(),
    audience.SponsoredTalksNotInParallel(),
    parts.PartsInOrder(),
    parts.PartsFollowEachOther(),
    changes.PublishedPlanStays(),
    changes.MovesAreShort(),
    people.IfNeedBeIsAvoided(),
    people.SpeakersGetTheirWish(),
    people.RemoteSpeakersAreAwake(),
    tracks.SameTrackNotInParallel(),
    tracks.SimilarTracksNotInParallel(),
    audience.WantedTogetherNotInParallel(),
    audience.UnrecordedNotInParallel(),
    rooms.PopularTalksInLargeRooms(),
    blocks.BlocksHaveOneTrack(),
    tracks.TrackInOneRoom(),
    tracks.TrackInOneRun(),
    tracks.BeginnersFirst(),
    days.PopularTalksAreSpread(),
    days.StrongOpeningsAndEndings(),
    days.TracksAreSpread(),
    days.DaysAreEquallyFull(),
    hours.RoomsRunWithoutGaps(),
    hours.OneRoomStaysEmpty(),
)
BY_KEY = {known.key: known for known in RULES}
STRICT = frozenset({Level.FORBID, Level.BLOCK_RELEASE})
COSTLY = frozenset({Level.WARN, Level.WISH})
WARNINGS = 0  # the tier of what should not, but may be


@dataclass(frozen=True, slots=True)
class Clash:
    """A timetable breaks a rule; `subject` is what a waiver would name."""

    rule: str
    level: Level
    sentence: str
    talks: tuple[str, ...]
    subject: str


def rule(key: str) -> Rule:
    return BY_KEY[key]


def setting(problem: Problem, key: str) -> Setting:
    """How these organisers take the rule."""
    return problem.rules.settings.get(key) or BY_KEY[key].default


def rules_at(problem: Problem, levels: Iterable[Level]) -> Iterator[Rule]:
    unknown = problem.rules.settings.keys() - BY_KEY.keys()
    if unknown:
        raise ValueError(f"there is no rule {min(unknown)}")
    wanted = frozenset(levels)
    for known in RULES:
        if setting(problem, known.key).level in wanted:
            yield known


def waived(problem: Problem, key: str, subject: str) -> bool:
    waivers = problem.rules.waivers
    return bool(waivers) and Waiver(key, subject) in waivers


def fits(problem: Problem, talk: Talk, place: Place) -> list[str]:
    """Why the talk must not be there, whatever else is placed; no sentence: it may."""
    spot = spot_of(problem, talk, place)
    return [
        found.sentence
        for known in rules_at(problem, STRICT)
        if isinstance(known, TalkRule)
        for found in known.objections(problem, spot)
        if not waived(problem, known.key, found.subject)
    ]


def clashes(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """What is forbidden, blocks a release or deserves a warning, the gravest first."""
    board = Board(problem, timetable)
    for level in (Level.FORBID, Level.BLOCK_RELEASE, Level.WARN):
        yield from _found(board, level)


def breaks_a_strict_rule(board: Board) -> Iterator[Finding]:
    """What the solver never leaves in a plan: strict rules and laws of nature."""
    nature = (known for known in rules_at(board.problem, COSTLY) if known.physical)
    for known in (*rules_at(board.problem, STRICT), *nature):
        yield from _findings(board, known)


def unmet_wishes(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Where the timetable falls short of a wish."""
    return _found(Board(problem, timetable), Level.WISH)


def cost(problem: Problem, timetable: Timetable) -> dict[str, int]:
    """What each warning or wish costs here, weighted."""
    return cost_of(Board(problem, timetable))


def cost_of(board: Board) -> dict[str, int]:
    return {known.key: _cost(board, known) for known in rules_at(board.problem, COSTLY)}


def tier_of(problem: Problem, key: str) -> int:
    """In which order costs are looked at: warnings first, then the wishes by their tiers."""
    known = setting(problem, key)
    return WARNINGS if known.level is Level.WARN else 1 + known.tier


def tiers(problem: Problem) -> list[int]:
    return sorted({tier_of(problem, known.key) for known in rules_at(problem, COSTLY)})


def score(problem: Problem, timetable: Timetable) -> tuple[int, ...]:
    """To compare timetables by: priority not placed, then the cost of each tier; less is better."""
    return score_of(Board(problem, timetable))


def score_of(board: Board) -> tuple[int, ...]:
    problem = board.problem
    unplaced = sum(talk.priority for talk in problem.talks if talk.id not in board.spot)
    by_tier = dict.fromkeys(tiers(problem), 0)
    for key, amount in cost_of(board).items():
        by_tier[tier_of(problem, key)] += amount
    return (unplaced, *by_tier.values())


def _findings(board: Board, known: Rule) -> Iterator[Finding]:
    for found in known.findings(board):
        if not waived(board.problem, known.key, found.subject):
            yield found


def _found(board: Board, level: Level) -> Iterator[Clash]:
    for known in rules_at(board.problem, {level}):
        for found in _findings(board, known):
            yield Clash(known.key, level, found.sentence, found.talks, found.subject)


def _cost(board: Board, known: Rule) -> int:
    weight = setting(board.problem, known.key).weight
    return weight * sum(found.amount for found in _findings(board, known))
