"""Soft goals: no line-up within the quotas is worth more, and the lot decides among equals."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.access import Role
from cfp.reviews.selection import Bounds, Candidate, Quotas, lot_order, select
from cfp.reviews.service.lineup import Wanted, line_up
from cfp.submissions.models import Level
from tests.make import (
    make_conference,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_talk,
)

MARKS = st.frozensets(st.sampled_from(["beginner", "first time"]))


@st.composite
def elections(draw):
    """A few candidates with marks; quotas, goals and their price."""
    candidates = [
        Candidate(
            f"P{n}",
            draw(st.sampled_from([1.0, 2.0, 3.0, 10 / 3, 4.0, None])),
            draw(st.sampled_from(["talk", "workshop"])),
            draw(st.sampled_from(["web", "data"])),
            draw(MARKS),
        )
        for n in range(draw(st.integers(1, 7)))
    ]
    numbers = st.integers(0, 3)
    return candidates, Quotas(
        draw(st.integers(0, 5)),
        draw(st.dictionaries(st.sampled_from(["talk", "workshop"]), numbers)),
        draw(st.dictionaries(st.just("web"), st.builds(Bounds, numbers, st.none() | numbers))),
        draw(st.dictionaries(st.sampled_from(["beginner", "first time"]), numbers, min_size=1)),
        draw(st.sampled_from([0.0, 0.5, 1.0, 4.0])),
    )


def worth(chosen, quotas):
    """Millionths of a point: scores, and the price of each place of a goal that is met."""
    marks = Counter(mark for each in chosen for mark in each.marks)
    met = sum(min(marks[key], number) for key, number in quotas.goals.items())
    return sum(round((each.score or 0) * 1e6) for each in chosen) + round(quotas.price * 1e6) * met


def quality(chosen, quotas):
    """What counts before any score: places, formats, tracks, proposals that were read."""
    formats = Counter(each.format for each in chosen)
    tracks = Counter(each.track for each in chosen)
    return (
        len(chosen),
        sum(min(formats[key], number) for key, number in quotas.formats.items()),
        sum(min(tracks[key], bounds.minimum) for key, bounds in quotas.tracks.items()),
        sum(each.score is not None for each in chosen),
    )


def is_allowed(chosen, quotas):
    formats = Counter(each.format for each in chosen)
    tracks = Counter(each.track for each in chosen)
    return all(formats[key] <= number for key, number in quotas.formats.items()) and all(
        bounds.maximum is None or tracks[key] <= bounds.maximum
        for key, bounds in quotas.tracks.items()
    )


@given(elections(), st.sampled_from(["2027", "a"]))
@settings(max_examples=60, deadline=None)
def test_no_line_up_is_worth_more_and_the_lot_decides_among_equals(election, seed):
    candidates, quotas = election
    line_ups = [
        chosen
        for size in range(min(quotas.total, len(candidates)) + 1)
        for chosen in combinations(candidates, size)
        if is_allowed(chosen, quotas)
    ]
    best = max((quality(chosen, quotas), worth(chosen, quotas)) for chosen in line_ups)
    equals = [
        {each.id for each in chosen}
        for chosen in line_ups
        if (quality(chosen, quotas), worth(chosen, quotas)) == best
    ]
    order = lot_order(seed, [each.id for each in candidates])
    drawn = max(equals, key=lambda chosen: [key in chosen for key in order])
    found = select(candidates, quotas, seed=seed)
    assert set(found.accepted) == drawn
    contested = set().union(*equals) - set(equals[0]).intersection(*equals)
    assert {key for tie in found.ties for key in tie.members} == contested


def test_a_goal_is_worth_its_price_and_not_more():
    beginner = Candidate("B", 3.0, marks=frozenset({"beginner"}))
    quotas = Quotas(1, goals={"beginner": 1}, price=0.5)
    near, far = Candidate("N", 3.4), Candidate("F", 3.6)
    assert select([beginner, near], quotas, seed=1).accepted == ("B",)
    found = select([beginner, far], quotas, seed=1)
    assert found.accepted == ("F",)
    assert "beginner: 0 of 1" in found.sentences[0]
    dearer = replace(quotas, price=1.0)
    assert select([beginner, far], dearer, seed=1).accepted == ("B",)


def test_whom_the_chair_puts_in_counts_for_the_goal():
    marked = frozenset({"beginner"})
    listed = [Candidate("A", 1.0, marks=marked), Candidate("B", 3.0, marks=marked)]
    listed.append(Candidate("C", 3.4))
    quotas = Quotas(2, goals={"beginner": 1})
    assert select(listed, quotas, seed=1, forced_in={"A"}).accepted == ("C", "A")


def test_beginners_and_first_timers_are_preferred_at_a_price(db):
    edition = make_conference()
    veteran = make_person()
    earlier = make_conference(starts_on=edition.starts_on - timedelta(days=365))
    make_talk(earlier, speakers=[veteran])
    known = make_submission(edition, speakers=[veteran])
    new, beginners = make_submission(edition), make_submission(edition, level=Level.BEGINNER)
    beginners.speakers[0].person = veteran
    for submission, score in ((known, 4), (new, 3), (beginners, 3)):
        make_review(submission, make_person(), score)

    def accepted(price, **goals):
        wanted = Wanted(total=1, seed="1", by_mean=True, goals=goals, price=price)
        return set(line_up(edition, wanted).chosen.accepted)

    assert accepted(200) == {known.code}
    assert accepted(150, first=1) == {new.code}
    assert accepted(150, beginner=1) == {beginners.code}
    assert accepted(50, first=1, beginner=1) == {known.code}


def test_goals_and_their_price_are_in_the_address(client, db):
    edition = make_conference(slug="b27")
    make_review(make_submission(edition), make_person(), 4)
    chair = client(make_member(edition, Role.CHAIR))
    page = chair.get("/b27/team/selection/?total=1&goal-first=3&price=75").text
    assert 'name="goal-first" value="3"' in page
    assert "by people who never spoke here: 1 of 3" in page


def test_a_thousand_proposals_do_not_make_the_chair_wait():
    listed = [
        Candidate(
            f"P{n}",
            1 + (n * 7919 % 1201) / 300,
            f"format {n % 3}",
            f"track {n % 5}",
            frozenset({f"level {n % 4}"} | ({"first time"} if n % 6 == 0 else set())),
        )
        for n in range(1000)
    ]
    quotas = Quotas(
        100,
        {"format 0": 70, "format 1": 20},
        {f"track {n}": Bounds(10, 40) for n in range(5)},
        {"level 0": 35, "first time": 30},
    )
    select(listed[:50], quotas, seed=1)  # SciPy is loaded
    took = []
    for _again in range(3):
        began = process_time()
        found = select(listed, quotas, seed=1)
        took.append(process_time() - began)
        assert len(found.accepted) == 100
    assert min(took) < 0.2
