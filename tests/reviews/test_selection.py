"""The selection: the best line-up within the quotas, the lot, the chair's word, the waitlist."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from itertools import combinations
from math import inf
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.reviews.selection import Bounds, Candidate, Quotas, lot_of, lot_order, move_up, select

SEEDS = st.sampled_from(["2027", "a"])


@st.composite
def elections(draw, most=8):
    """Candidates, quotas that may contradict each other, and the chair's overrides."""
    scores = st.sampled_from([1.0, 2.0, 3.0, 10 / 3, 4.0, None])
    formats = st.sampled_from(["talk", "workshop", None])
    tracks = st.sampled_from(["web", "data", None])
    candidates = [
        Candidate(f"P{n}", draw(scores), draw(formats), draw(tracks))
        for n in range(draw(st.integers(0, most)))
    ]
    numbers = st.integers(0, 4)
    quotas = Quotas(
        draw(st.integers(0, 6)),
        draw(st.dictionaries(st.sampled_from(["talk", "workshop", "panel"]), numbers)),
        draw(
            st.dictionaries(
                st.sampled_from(["web", "data"]), st.builds(Bounds, numbers, st.none() | numbers)
            )
        ),
    )
    words = [draw(st.sampled_from(["", "", "", "", "in", "out"])) for _ in candidates]
    forced = {
        word: {each.id for each, said in zip(candidates, words, strict=True) if said == word}
        for word in ("in", "out")
    }
    return candidates, quotas, {"forced_in": forced["in"], "forced_out": forced["out"]}


def best_selections(candidates, quotas, forced_in=(), forced_out=()):
    """Brute force: all line-ups that no other one beats, the lot left aside."""
    forced = [each for each in candidates if each.id in forced_in]
    free = [each for each in candidates if each.id not in {*forced_in, *forced_out}]
    limits = {("format", key): number for key, number in quotas.formats.items()}
    wanted = dict(limits)
    for key, bounds in quotas.tracks.items():
        limits["track", key] = inf if bounds.maximum is None else bounds.maximum
        wanted["track", key] = bounds.minimum

    def count(chosen):
        kinds = [("format", each.format) for each in chosen]
        return Counter(kinds + [("track", each.track) for each in chosen])

    before = count(forced)

    def merit(chosen):
        numbers = count(chosen)
        met = {key: min(numbers[key], number) for key, number in wanted.items()}
        return (
            len(chosen),
            sum(number for (kind, _), number in met.items() if kind == "format"),
            sum(number for (kind, _), number in met.items() if kind == "track"),
            -sum(each.score is None for each in chosen),
            sum(round((each.score or 0) * 10**6) for each in chosen),
        )

    allowed = [
        [*forced, *more]
        for size in range(max(quotas.total - len(forced), 0) + 1)
        for more in combinations(free, size)
        for numbers in [count([*forced, *more])]
        if all(numbers[key] <= max(most, before[key]) for key, most in limits.items())
    ]
    best = max(merit(chosen) for chosen in allowed)
    return [{each.id for each in chosen} for chosen in allowed if merit(chosen) == best]


@given(elections(), SEEDS)
@settings(deadline=None, max_examples=120)
def test_no_line_up_is_better_and_the_lot_decides_among_equals(election, seed):
    candidates, quotas, forced = election
    best = best_selections(candidates, quotas, **forced)
    order = lot_order(seed, [each.id for each in candidates])
    luckiest = max(best, key=lambda chosen: [key in chosen for key in order])
    assert set(select(candidates, quotas, seed=seed, **forced).accepted) == luckiest


@given(elections(), SEEDS)
@settings(deadline=None, max_examples=120)
def test_tells_between_whom_the_lot_decided_and_nobody_else(election, seed):
    candidates, quotas, forced = election
    best = best_selections(candidates, quotas, **forced)
    selection = select(candidates, quotas, seed=seed, **forced)
    scores = {each.id: each.score for each in candidates}
    undecided = set.union(*best) - set.intersection(*best)
    told = {key for tie in selection.ties for key in tie.members}
    assert told == undecided
    assert sum(len(tie.members) for tie in selection.ties) == len(told)
    for tie in selection.ties:
        assert list(tie.members) == lot_order(seed, tie.members)
        assert set(tie.chosen) == set(tie.members) & set(selection.accepted)
        assert 0 < len(tie.chosen) < len(tie.members)
        if tie.score is not None:
            assert {scores[key] for key in tie.members} == {tie.score}


@given(elections(), SEEDS, st.integers(0, 4), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_everybody_gets_one_answer_whatever_the_order_of_input(election, seed, waitlist, random):
    candidates, quotas, forced = election
    selection = select(candidates, quotas, seed=seed, waitlist=waitlist, **forced)
    answers = [*selection.accepted, *selection.waitlisted, *selection.declined]
    assert sorted(answers) == sorted(each.id for each in candidates)
    assert set(forced["forced_in"]) <= set(selection.accepted)
    assert set(forced["forced_out"]) <= set(selection.declined)
    shuffled = random.sample(candidates, len(candidates))
    assert select(shuffled, quotas, seed=seed, waitlist=waitlist, **forced) == selection


@given(elections(), SEEDS, st.sampled_from([("talk", "web"), ("talk", None), (None, None)]))
@settings(deadline=None)
def test_a_worse_proposal_that_is_not_needed_changes_nothing(election, seed, cell):
    candidates, quotas, forced = election
    candidates = [replace(each, score=each.score or 1.0) for each in candidates]
    before = select(candidates, quotas, seed=seed, **forced)
    after = select([*candidates, Candidate("worse", 0.5, *cell)], quotas, seed=seed, **forced)
    if "worse" in after.accepted:  # only to fill a place, or to meet a quota
        assert len(after.accepted) > len(before.accepted) or quotas.formats or quotas.tracks
    else:
        assert (after.accepted, after.ties) == (before.accepted, before.ties)


@given(elections(), SEEDS)
@settings(deadline=None)
def test_a_quota_is_met_or_there_is_a_sentence(election, seed):
    candidates, quotas, forced = election
    selection = select(candidates, quotas, seed=seed, **forced)
    chosen = [each for each in candidates if each.id in selection.accepted]
    missed = len(chosen) != quotas.total
    for key, number in quotas.formats.items():
        missed += sum(each.format == key for each in chosen) != number
    for key, bounds in quotas.tracks.items():
        got = sum(each.track == key for each in chosen)
        missed += got < bounds.minimum
        missed += bounds.maximum is not None and got > bounds.maximum
    assert len(selection.sentences) == missed


# By hand


def talks(scores, format_="talk", track=None):
    """Candidates by name with their scores."""
    return [Candidate(name, score, format_, track) for name, score in scores.items()]


def test_takes_the_best_and_lets_the_next_wait():
    selection = select(talks({"A": 3, "B": 5, "C": 1, "D": 4}), Quotas(2), seed=1, waitlist=1)
    assert selection.accepted == ("B", "D")
    assert selection.waitlisted == ("A",)
    assert selection.declined == ("C",)
    assert selection.ties == ()
    assert selection.sentences == ()


def test_anybody_can_repeat_the_draw_with_sha256():
    codes = [f"K{number}" for number in range(20)]
    by_hand = sorted(codes, key=lambda code: hashlib.sha256(f"2027:{code}".encode()).hexdigest())
    selection = select(talks(dict.fromkeys(codes, 4)), Quotas(3), seed=2027)
    assert selection.accepted == tuple(by_hand[:3])
    (tie,) = selection.ties
    assert (tie.members, tie.chosen, tie.score) == (tuple(by_hand), tuple(by_hand[:3]), 4)
    assert lot_of("2027", "K7XQ").startswith("b0d44f4322c7345f")


def test_the_lot_is_drawn_among_the_tied_only():
    scores = {"A": 5, "B": 13 / 3, "C": 10 / 3 + 1, "D": 2}
    selections = [select(talks(scores), Quotas(2), seed=seed) for seed in range(20)]
    assert {selection.accepted for selection in selections} == {("A", "B"), ("A", "C")}
    assert {frozenset(selection.ties[0].members) for selection in selections} == {frozenset("BC")}


def test_nobody_draws_lots_where_all_tied_are_in():
    assert select(talks({"A": 4, "B": 4, "C": 3}), Quotas(2), seed=1).ties == ()


def test_equal_scores_do_not_tie_where_a_quota_decides():
    candidates = [*talks({"A": 4}, track="web"), *talks({"B": 4, "C": 5}, track="data")]
    quotas = Quotas(2, tracks={"data": Bounds(maximum=1)})
    selection = select(candidates, quotas, seed=1)
    assert selection.accepted == ("C", "A")
    assert selection.ties == ()


def test_whole_combinations_may_tie():
    """Four and two points or twice three: the quotas allow nothing in between."""
    candidates = [
        Candidate("A", 4, "talk", "web"),
        Candidate("B", 2, "workshop", "data"),
        Candidate("C", 3, "talk", "data"),
        Candidate("D", 3, "workshop", "web"),
    ]
    one = Bounds(1, 1)
    quotas = Quotas(2, {"talk": 1, "workshop": 1}, {"web": one, "data": one})
    results = {select(candidates, quotas, seed=seed).accepted for seed in range(20)}
    assert {frozenset(accepted) for accepted in results} == {frozenset("AB"), frozenset("CD")}
    (tie,) = select(candidates, quotas, seed=1).ties
    assert (set(tie.members), tie.score) == (set("ABCD"), None)


def test_the_chair_overrides_and_the_quotas_shrink_around_it():
    candidates = talks({"A": 5, "B": 4, "C": 1})
    selection = select(candidates, Quotas(2), seed=1, forced_in={"C"}, forced_out={"A"}, waitlist=5)
    assert selection.accepted == ("B", "C")
    assert selection.waitlisted == ()
    assert selection.declined == ("A",)
    with pytest.raises(ValueError, match="both"):
        select(candidates, Quotas(2), seed=1, forced_in={"A"}, forced_out={"A"})


def test_what_cannot_be_met_is_told_with_its_reason_and_the_nearest_is_taken():
    candidates = [*talks({"A": 5, "B": 4}, "workshop"), *talks({"C": 4, "D": 3, "E": 2}, 7, "web")]
    quotas = Quotas(6, {"workshop": 3, 7: 3}, {"web": Bounds(maximum=2)})
    selection = select(candidates, quotas, seed=1, names={7: "Talk"})
    assert set(selection.accepted) == set("ABCD")
    assert selection.sentences == (
        "workshop: 2 instead of 3; there are no more proposals to choose from.",
        "Talk: 2 instead of 3; the other quotas leave no room for more.",
        "In all: 4 instead of 6; the other quotas leave no room for more.",
    )
    forced = select(candidates, Quotas(1, {"workshop": 0}), seed=1, forced_in={"A", "B"})
    assert forced.sentences == (
        "workshop: 2 instead of 0, because the chair put proposals in.",
        "In all: 2 instead of 1, because the chair put proposals in.",
    )


def test_a_proposal_without_a_score_comes_last_but_before_an_empty_place():
    candidates = talks({"A": None, "B": 1})
    assert select(candidates, Quotas(1), seed=1).accepted == ("B",)
    assert select(candidates, Quotas(2), seed=1).accepted == ("B", "A")


def test_a_decline_moves_up_the_best_that_fits():
    candidates = [*talks({"A": 5, "B": 4, "C": 3}), *talks({"W": 5, "X": 1}, "workshop")]
    quotas = Quotas(3, {"talk": 2, "workshop": 1})
    selection = select(candidates, quotas, seed=1, waitlist=2)
    assert selection.waitlisted == ("C", "X")
    assert move_up(candidates, quotas, selection, gone={"W"}, seed=1) == ("X",)
    assert move_up(candidates, quotas, selection, gone={"A", "B"}, seed=1) == ("C",)
    assert move_up(candidates, quotas, selection, gone={"C"}, seed=1) == ()


def test_shares_become_whole_talks():
    assert Bounds.of_share(30, 0.1, 0.3) == Bounds(3, 9)
    assert Bounds.of_share(40, 0.11, 0.24) == Bounds(5, 9)


def test_a_slider_over_a_thousand_proposals_does_not_stutter():
    candidates = [Candidate(n, (n * 7919) % 13 / 3, n % 4, (n // 4) % 8) for n in range(1000)]
    tracks = {track: Bounds.of_share(100, 0.05, 0.2) for track in range(8)}
    began = process_time()
    selection = select(candidates, Quotas(100, dict.fromkeys(range(4), 25), tracks), seed=1)
    assert process_time() - began < 0.25
    assert len(selection.accepted) == 100
