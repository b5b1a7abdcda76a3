"""Problems of assignment for the tests: by hand, and any small one."""

from __future__ import annotations

from hypothesis import strategies as st

from cfp.reviews.assignment import Bid, Problem, Proposal, Reviewer

BALANCES = st.sampled_from([0, 0.2, 0.5, 0.9, 1])


def problem(submissions, reviewers, **more):
    """Plain proposals and reviewers by number or name."""
    return Problem(
        tuple(each if isinstance(each, Proposal) else Proposal(each) for each in submissions),
        tuple(each if isinstance(each, Reviewer) else Reviewer(each) for each in reviewers),
        **more,
    )


@st.composite
def problems(draw, most_submissions=6, most_reviewers=5):
    """Any small problem: conflicts, limits, bids, topics, kept and refused pairs."""
    submissions = draw(st.integers(0, most_submissions))
    reviewers = draw(st.integers(0, most_reviewers))
    tracks = st.sampled_from(["web", "data", None])
    every = [(f"r{r}", s) for r in range(reviewers) for s in range(submissions)]
    pairs = st.sets(st.sampled_from(every)) if every else st.just(set())
    return problem(
        [Proposal(s, draw(tracks)) for s in range(submissions)],
        [
            Reviewer(
                f"r{r}",
                draw(st.none() | st.integers(0, 4)),
                frozenset(draw(st.sets(st.sampled_from(["web", "data"])))),
            )
            for r in range(reviewers)
        ],
        per_submission=draw(st.integers(1, 3)),
        conflicts=frozenset(draw(pairs)) if draw(st.booleans()) else frozenset(),
        refused=frozenset(draw(pairs)) if draw(st.booleans()) else frozenset(),
        kept=frozenset(draw(pairs)) if draw(st.booleans()) else frozenset(),
        bids={pair: draw(st.sampled_from(Bid)) for pair in sorted(draw(pairs))},
    )
