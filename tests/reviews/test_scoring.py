"""Scores: as given, with severity taken out, and the committee's agreement."""

from __future__ import annotations

import math
from itertools import combinations, permutations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.reviews.scoring.figures import Score, tally
from cfp.reviews.scoring.henderson import GUESS, Equations, Shares, Table
from cfp.reviews.scoring.krippendorff import Metric, agreement, alpha
from cfp.reviews.scoring.severity import adjust
from scripts.benchmarks import scoring as benchmark

RATINGS = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "preferences" / "alpine2019_dev.csv"
)


@st.composite
def committees(draw, most_values=5):
    """Any reviewers' scores of any proposals, connected or not, at least one."""
    pairs = st.tuples(st.integers(0, 6), st.integers(0, 4))
    met = draw(st.lists(pairs, min_size=1, max_size=20, unique=True))
    return [Score(f"p{p}", f"r{r}", draw(st.integers(1, most_values))) for p, r in met]


def test_tells_mean_spread_champions_and_opponents():
    figures = tally(
        [Score("A", "x", 5), Score("A", "y", 1), Score("A", "z", 3), Score("B", "x", 4)]
    )
    assert figures["A"].mean == 3
    assert figures["A"].deviation == 2
    assert (figures["A"].lowest, figures["A"].highest, figures["A"].reach) == (1, 5, 4)
    assert (figures["A"].champions, figures["A"].opponents) == (("x",), ("y",))
    assert figures["B"].deviation is None
    assert figures["B"].champions == ()


@pytest.mark.parametrize(
    "scores",
    [[Score("A", "x", 5), Score("A", "x", 4)], [Score("A", "x", math.nan)]],
    ids=["twice", "no number"],
)
@pytest.mark.parametrize("question", [tally, adjust, alpha])
def test_refuses_scores_that_cannot_be(question, scores):
    with pytest.raises(ValueError, match=r"twice|is no number"):
        question(scores)


# Severity


def direct(scores: list[Score], shares: Shares) -> dict[str, np.ndarray | float]:
    """Prediction, errors and restricted likelihood from the full covariance of the scores."""
    submissions = list(dict.fromkeys(score.submission for score in scores))
    reviewers = list(dict.fromkeys(score.reviewer for score in scores))
    own = np.array([[score.submission == key for key in submissions] for score in scores], float)
    by = -np.array([[score.reviewer == key for key in reviewers] for score in scores], float)
    values = np.array([score.value for score in scores])
    values = values - values.mean()
    ones, count = np.ones(len(scores)), len(scores)
    covariance = shares.quality * own @ own.T + shares.severity * by @ by.T
    covariance += shares.noise * np.eye(count)
    inverse = np.linalg.inv(covariance)
    information = ones @ inverse @ ones
    project = inverse - np.outer(inverse @ ones, ones @ inverse) / information
    variance = (values @ project @ values + GUESS) / count
    mean = ones @ inverse @ values / information
    # Each quality beside the average of the severities; each severity beside it.
    average = by.mean(axis=1, keepdims=True)
    part = 1 / len(reviewers)
    alike = shares.quality * own - shares.severity * average
    quality_errors = shares.quality + shares.severity * part - np.diag(alike.T @ inverse @ alike)
    quality_errors += (1 - ones @ inverse @ alike) ** 2 / information
    alike = shares.severity * (by - average)
    severity_errors = shares.severity * (1 - part) - np.diag(alike.T @ project @ alike)
    determinant = np.linalg.slogdet(covariance)[1] + np.log(information)
    return {
        "likelihood": -0.5 * (determinant + count * np.log(variance)),
        "variance": variance,
        "mean": mean,
        "qualities": mean + shares.quality * own.T @ project @ values,
        "severities": shares.severity * by.T @ project @ values,
        "quality_errors": variance * quality_errors,
        "severity_errors": variance * severity_errors,
    }


@given(committees(), st.floats(0, 0.95), st.floats(0, 0.95))
@settings(max_examples=60, deadline=None)
def test_the_short_equations_answer_like_the_full_covariance(scores, reliability, severity):
    rest = 1 - severity
    shares = Shares(rest * reliability, severity, rest * (1 - reliability))
    fit = Equations(Table(scores), reliability / (1 - reliability)).solve(shares)
    for name, value in direct(scores, shares).items():
        assert getattr(fit, name) == pytest.approx(value, abs=1e-6), name


def test_all_splits_of_the_variance_count_as_much_as_they_explain():
    """The same average over a grid of equal triangles instead of two shares."""
    rng = np.random.default_rng(3)
    scores = [Score(p, r, int(rng.integers(1, 6))) for p in range(5) for r in {p % 3, (p + 1) % 4}]
    fine, log_weights, fits = 50, [], []
    for quality in range(fine):
        for severity in range(fine - quality):
            shares = Shares(quality / fine, severity / fine, 1 - (quality + severity) / fine)
            fits.append(direct(scores, shares))
            log_weights.append(fits[-1]["likelihood"])
    weights = np.exp(np.array(log_weights) - max(log_weights))
    weights /= weights.sum()
    qualities = np.array([fit["qualities"] for fit in fits])
    errors = np.array([fit["quality_errors"] for fit in fits])
    mean = weights @ qualities
    error = np.sqrt(weights @ errors + weights @ (qualities - mean) ** 2)
    estimates = adjust(scores).submissions.values()
    centre = np.mean([score.value for score in scores])
    assert [each.value for each in estimates] == pytest.approx(centre + mean, abs=0.01)
    assert [each.error for each in estimates] == pytest.approx(error, abs=0.02)


@given(committees(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_in_which_scores_come_changes_nothing(scores, random: Random):
    shuffled = random.sample(scores, len(scores))
    assert adjust(shuffled) == adjust(scores)


@given(committees(), st.floats(-3, 3))
@settings(max_examples=20, deadline=None)
def test_who_adds_a_point_everywhere_adds_a_point_everywhere(scores, more):
    before = adjust(scores)
    after = adjust([score._replace(value=score.value + more) for score in scores])
    for key, estimate in before.submissions.items():
        assert after.submissions[key].value == pytest.approx(estimate.value + more, abs=1e-6)
        assert after.submissions[key].error == pytest.approx(estimate.error, abs=1e-6)
    for key, estimate in before.reviewers.items():
        assert after.reviewers[key].value == pytest.approx(estimate.value, abs=1e-6)


def test_finds_the_strict_reviewer_and_makes_up_for_it():
    """Reviewer x is two points stricter; P and Q get the same scores, but P from kind ones."""
    scores = [Score(n, who, v) for n in range(20) for who, v in zip("xyz", (2, 4, 4), strict=True)]
    scores += [Score("P", "y", 3), Score("P", "z", 3), Score("Q", "x", 3), Score("Q", "y", 3)]
    adjustment = adjust(scores)
    assert adjustment.reviewers["x"].low > 1
    assert adjustment.reviewers["y"].high < 0
    assert adjustment.submissions["Q"].low > adjustment.submissions["P"].value
    assert adjustment.expected("Q", "x") < adjustment.expected("Q", "y")
    assert adjustment.shares.severity > adjustment.shares.quality


def test_few_scores_are_moved_to_the_middle_and_less_sure():
    scores = [Score(n, who, 2 + n % 3) for n in range(30) for who in "vwxyz"]
    adjustment = adjust(
        [*scores, Score("one", "v", 5), *(Score("five", who, 5) for who in "vwxyz")]
    )
    one, five = adjustment.submissions["one"], adjustment.submissions["five"]
    assert 3 < one.value < five.value <= 5
    assert one.error > five.error


def test_nothing_nobody_and_always_the_same_have_answers():
    assert adjust([]).submissions == {}
    alone = adjust([Score("A", "x", 4)]).submissions["A"]
    assert alone.value == 4
    assert alone.low < 3.5
    same = adjust([Score(n, who, 3) for n in range(40) for who in "xyz"])
    assert {round(each.value, 9) for each in same.submissions.values()} == {3.0}
    assert {round(each.value, 9) for each in same.reviewers.values()} == {0.0}


def test_intervals_hold_what_they_promise():
    """Nine of ten 90 % intervals hold the truth, whether severity is large, small or nothing."""
    random = np.random.default_rng(7)
    for severity in (0.0, 0.4, 1.0):
        hits = []
        for _ in range(15):
            quality, strict = random.normal(0, 1, 60), random.normal(0, severity, 10)
            scores = [
                Score(n, int(r), 3 + quality[n] - strict[r] + random.normal(0, 0.7))
                for n in range(60)
                for r in random.permutation(10)[:3]
            ]
            estimates = adjust(scores, level=0.9).submissions
            truth = 3 + quality - strict.mean()
            hits += [estimates[n].low <= truth[n] <= estimates[n].high for n in range(60)]
        assert 0.87 <= np.mean(hits) <= 0.93


def test_finds_more_of_the_best_than_the_raw_mean_where_severity_varies_by_a_point():
    found = benchmark.simulate(severity=1.0, noise=0.5, committees=30)
    assert found.raw < 30
    assert found.adjusted >= 32
    assert found.adjusted >= found.ceiling - 0.5  # who knows every severity finds hardly more


def test_finds_no_fewer_than_the_raw_mean_where_nobody_is_severe():
    found = benchmark.simulate(severity=0.0, noise=0.5, committees=30)
    assert found.adjusted >= found.raw - 0.2


@pytest.mark.skipif(not RATINGS.exists(), reason="needs preferences/alpine2019_dev.csv")
def test_predicts_real_ratings_better_than_the_raw_mean_of_the_talk():
    raw, adjusted = benchmark.held_out(benchmark.read_ratings(RATINGS)).values()
    assert adjusted < 0.9 * raw


# Agreement

# Krippendorff (2011), section C: four observers, twelve units, gaps. His results: 0.815 and 0.849.
EXAMPLE = """1 2 3 3 2 1 4 1 2 . . .
             1 2 3 3 2 2 4 1 2 5 . 3
             . 3 3 3 2 3 4 2 2 5 1 .
             1 2 3 3 2 4 4 1 2 5 1 ."""
TEXTBOOK = [
    Score(unit, observer, int(value))
    for observer, row in enumerate(EXAMPLE.splitlines())
    for unit, value in enumerate(row.split())
    if value != "."
]


@pytest.mark.parametrize(("metric", "published"), [("ordinal", 0.815), ("interval", 0.849)])
def test_agrees_with_krippendorffs_example(metric, published):
    assert alpha(TEXTBOOK, Metric(metric)) == pytest.approx(published, abs=0.0005)


def pair_by_pair(scores: list[Score], metric: Metric) -> float | None:
    """1 - observed / expected disagreement, summed over pairs as the definition says."""
    units: dict[object, list[float]] = {}
    for score in scores:
        units.setdefault(score.submission, []).append(score.value)
    units = {key: values for key, values in units.items() if len(values) > 1}
    pooled = [value for values in units.values() for value in values]

    def distance(one: float, other: float) -> float:
        if metric is Metric.INTERVAL:
            return (one - other) ** 2
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in pooled)
        return (between - (pooled.count(low) + pooled.count(high)) / 2) ** 2

    observed = sum(
        distance(*pair) / (len(values) - 1)
        for values in units.values()
        for pair in permutations(values, 2)
    )
    expected = 2 * sum(distance(*pair) for pair in combinations(pooled, 2))
    return 1 - (len(pooled) - 1) * observed / expected if expected else None


@given(committees(), st.sampled_from(Metric))
@settings(max_examples=60, deadline=None)
def test_alpha_is_what_its_definition_says(scores, metric):
    assert alpha(scores, metric) == pytest.approx(pair_by_pair(scores, metric))


def test_alpha_is_one_for_agreement_negative_for_opposition_and_nothing_for_nothing():
    agreed = [Score(n, who, n) for n in (1, 3, 5) for who in "xy"]
    assert alpha(agreed) == 1
    opposed = [Score(n, who, v) for n in range(9) for who, v in zip("xy", (1, 5), strict=True)]
    assert alpha(opposed) < 0
    assert alpha([Score("A", "x", 3), Score("B", "x", 4)]) is None
    assert alpha([Score(n, who, 4) for n in (1, 2) for who in "xy"]) is None
    assert agreement([]).alpha is None


def test_a_handful_of_proposals_has_an_alpha_and_no_interval():
    few = [Score(n, who, v) for n in range(4) for who, v in zip("xy", (n, n + 1), strict=True)]
    found = agreement(few)
    assert found.alpha == alpha(few)
    assert (found.low, found.high) == (None, None)
    enough = agreement([*few, Score(4, "x", 2), Score(4, "y", 2)])
    assert enough.low <= enough.alpha <= enough.high


def test_the_interval_of_alpha_repeats_for_a_seed_and_narrows_with_data():
    few = agreement(TEXTBOOK, seed=1)
    many_scores = [
        s._replace(submission=s.submission + 12 * n) for n in range(10) for s in TEXTBOOK
    ]
    many = agreement(many_scores, seed=1)
    assert few == agreement(reversed(TEXTBOOK), seed=1)
    assert few != agreement(TEXTBOOK, seed=2)
    assert few.low < few.alpha < few.high
    assert many.high - many.low < 0.5 * (few.high - few.low)
