"""The line-up: quotas, ties by lot, the chair's word, and what speakers were told already."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.reviews.models import Selection
from cfp.reviews.selection import lot_order
from cfp.reviews.service.lineup import Wanted, as_kept, by_settings, line_up
from cfp.reviews.service.selection import decide_line_up
from cfp.submissions.models import Outcome, SubmissionState, TalkState
from tests.make import (
    make_conference,
    make_decision,
    make_format,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_talk,
    make_track,
)
from tests.visitor import rows

ACCEPT, WAITLIST, REJECT = Outcome.ACCEPT, Outcome.WAITLIST, Outcome.REJECT


@pytest.fixture
def edition(db):
    return make_conference()


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR)


@pytest.fixture
def reviewer():
    return make_person("The reviewer")


def scored(edition, reviewer, *scores, **values):
    """One proposal for each score."""
    made = [make_submission(edition, **values) for _ in scores]
    for submission, score in zip(made, scores, strict=True):
        make_review(submission, reviewer, score)
    return made


def wanted(total, **values):
    return Wanted(total=total, **{"seed": "2027", "by_mean": True} | values)


def decide(edition, asked, chair, at, reasons=None):
    seen = line_up(edition, asked).fingerprint
    return decide_line_up(edition, asked, seen=seen, reasons=reasons or {}, by=chair, at=at)


def decisions(*submissions):
    database.session.expire_all()
    return [s.decision.outcome if s.decision else None for s in submissions]


def test_the_best_are_in_the_next_wait_and_the_rest_are_out(edition, reviewer):
    five, four, three, two = scored(edition, reviewer, 5, 4, 3, 2)
    lineup = line_up(edition, wanted(2, waitlist=1))
    assert lineup.outcomes == {
        five.code: ACCEPT,
        four.code: ACCEPT,
        three.code: WAITLIST,
        two.code: REJECT,
    }
    assert [row.code for row in lineup.with_outcome(ACCEPT)] == [five.code, four.code]


def test_looking_at_a_line_up_keeps_nothing(edition, reviewer):
    made = scored(edition, reviewer, 5, 4)
    line_up(edition, wanted(1))
    assert rows(Selection) == 0
    assert decisions(*made) == [None, None]


def test_formats_and_tracks_have_their_quotas_also_where_their_ids_are_the_same(edition, reviewer):
    talk, workshop = make_format(edition, "Talk"), make_format(edition, "Workshop", 90)
    people, money = make_track(edition, "People"), make_track(edition, "Money")
    assert (talk.id, workshop.id) == (people.id, money.id)
    scored(edition, reviewer, 5, 5, 5, format_id=talk.id, track_id=people.id)
    [best_workshop, _] = scored(edition, reviewer, 3, 2, format_id=workshop.id, track_id=people.id)
    [on_money] = scored(edition, reviewer, 1, format_id=talk.id, track_id=money.id)
    tracks = {money.id: (1, None), people.id: (0, 2)}
    lineup = line_up(edition, wanted(3, formats={workshop.id: 1}, tracks=tracks))
    inside = {code for code, outcome in lineup.outcomes.items() if outcome is ACCEPT}
    assert {best_workshop.code, on_money.code} < inside
    assert len(inside) == 3


def test_a_quota_that_cannot_be_met_is_said_by_its_name(edition, reviewer):
    workshop = make_format(edition, "Workshop", 90)
    scored(edition, reviewer, 5, format_id=make_format(edition).id)
    [sentence, *_] = line_up(edition, wanted(1, formats={workshop.id: 1})).chosen.sentences
    assert sentence.startswith("Workshop: 0 instead of 1")


def test_a_tie_at_the_edge_is_drawn_by_the_lot_of_the_seed(edition, reviewer):
    tied = [s.code for s in scored(edition, reviewer, 3, 3, 3, 3)]
    for seed in ("2027", "snow", "b27-1"):
        lineup = line_up(edition, wanted(2, seed=seed))
        drawn = lot_order(seed, tied)
        assert {c for c, o in lineup.outcomes.items() if o is ACCEPT} == set(drawn[:2])
        assert lineup.chosen.ties[0].members == tuple(drawn)


def test_the_adjusted_mean_forgives_a_severe_reviewer(edition):
    severe, kind = make_person(), make_person()
    made = [make_submission(edition) for _ in range(12)]
    for n, submission in enumerate(made):
        quality = 2 + n % 3
        for person, shift in ((severe, -1), (kind, +1)):
            if submission not in {made[1], made[2]}:
                make_review(submission, person, quality + shift)
    make_review(made[2], severe, 3)  # quality 4, read by the severe one only
    make_review(made[1], kind, 4)  # quality 3, read by the kind one only
    by_mean = line_up(edition, wanted(4)).outcomes
    adjusted = line_up(edition, wanted(4, by_mean=False)).outcomes
    assert (by_mean[made[2].code], by_mean[made[1].code]) == (REJECT, ACCEPT)
    assert (adjusted[made[2].code], adjusted[made[1].code]) == (ACCEPT, REJECT)


def test_deciding_writes_every_decision_and_the_selection(edition, reviewer, chair, now):
    five, four, three = scored(edition, reviewer, 5, 4, 3)
    selection = decide(edition, wanted(1, waitlist=1), chair, now)
    assert decisions(five, four, three) == [ACCEPT, WAITLIST, REJECT]
    assert (selection.seed, selection.by_id, selection.at) == ("2027", chair.id, now)
    assert selection.result["outcomes"] == {
        five.code: "accept",
        four.code: "waitlist",
        three.code: "reject",
    }
    assert selection.result["scores"][five.code] == 5
    assert as_kept(selection) == wanted(1, waitlist=1)


def test_an_accepted_talk_has_the_format_that_was_proposed(edition, reviewer, chair, now):
    lightning = make_format(edition, "Lightning talk", 10)
    [submission] = scored(edition, reviewer, 5, format_id=lightning.id)
    decide(edition, wanted(1), chair, now)
    assert (submission.talk.format_id, submission.talk.minutes) == (lightning.id, 10)


def test_deciding_the_same_again_changes_nothing(edition, reviewer, chair, now):
    made = scored(edition, reviewer, 5, 4)
    decide(edition, wanted(1), chair, now)
    assert decide(edition, wanted(1), chair, now + timedelta(hours=1)) is None
    assert rows(Selection) == 1
    assert {s.decision.at for s in made} == {now}


def test_a_line_up_that_changed_since_it_was_looked_at_is_refused(edition, reviewer, chair, now):
    made = scored(edition, reviewer, 5, 4)
    seen = line_up(edition, wanted(1)).fingerprint
    make_review(made[0], make_person(), 1)
    with pytest.raises(Refused, match="has changed"):
        decide_line_up(edition, wanted(1), seen=seen, reasons={}, by=chair, at=now)
    assert decisions(*made) == [None, None]


def test_the_chair_overrules_with_a_written_reason(edition, reviewer, chair, now):
    five, four, three = scored(edition, reviewer, 5, 4, 3)
    asked = wanted(1, put_in=(three.code,), left_out=(five.code,))
    with pytest.raises(Refused, match="say why") as refused:
        decide(edition, asked, chair, now, {three.code: "The only one on law.", five.code: "  "})
    assert refused.value.field == f"why-{five.code}"
    reasons = {three.code: "The only one on law.", five.code: "It was here last year."}
    selection = decide(edition, asked, chair, now, reasons)
    assert decisions(five, four, three) == [REJECT, REJECT, ACCEPT]
    assert selection.result["overruled"] == reasons
    assert (three.decision.reason, four.decision.reason) == ("The only one on law.", "")


def test_nobody_overrules_the_ranking_for_their_own_proposal(edition, reviewer, chair, now):
    [own] = scored(edition, reviewer, 1, speakers=[chair])
    scored(edition, reviewer, 5)
    with pytest.raises(Refused, match="your own"):
        decide(edition, wanted(1, put_in=(own.code,)), chair, now, {own.code: "I like it."})


def test_a_proposal_cannot_be_both_put_in_and_left_out(edition, reviewer, chair, now):
    [one] = scored(edition, reviewer, 5)
    asked = wanted(1, put_in=(one.code,), left_out=(one.code,))
    with pytest.raises(Refused, match="both"):
        decide(edition, asked, chair, now, {one.code: "Hm."})


def test_codes_of_other_editions_move_nothing(edition, reviewer, chair, now):
    [here] = scored(edition, reviewer, 5)
    there = make_submission()
    decide(edition, wanted(1, put_in=(there.code, "NOBODY")), chair, now)
    assert decisions(here, there) == [ACCEPT, None]


def test_an_acceptance_that_was_told_takes_its_place_whatever_the_scores(
    edition, reviewer, chair, now
):
    told, better, best = scored(edition, reviewer, 1, 4, 5)
    make_decision(told, ACCEPT, told_at=now)
    decide(edition, wanted(2), chair, now)
    assert decisions(told, better, best) == [ACCEPT, REJECT, ACCEPT]


def test_leaving_out_who_was_told_to_be_in_is_refused_by_name(edition, reviewer, chair, now):
    [told] = scored(edition, reviewer, 1, title="Snow")
    make_decision(told, ACCEPT, told_at=now)
    asked = wanted(0, left_out=(told.code,))
    with pytest.raises(Refused, match="told that they are in: Snow"):
        decide(edition, asked, chair, now, {told.code: "No."})
    assert decisions(told) == [ACCEPT]


def test_who_was_told_no_stays_out_unless_the_chair_says_why(edition, reviewer, chair, now):
    told, worse = scored(edition, reviewer, 5, 2)
    make_decision(told, REJECT, told_at=now)
    decide(edition, wanted(1), chair, now)
    assert decisions(told, worse) == [REJECT, ACCEPT]
    asked = wanted(2, put_in=(told.code,))
    assert [row.code for row in line_up(edition, asked).retold] == [told.code]
    decide(edition, asked, chair, now, {told.code: "Our mistake."})
    assert decisions(told, worse) == [ACCEPT, ACCEPT]


def test_who_was_told_to_wait_moves_up_or_goes_on_waiting(edition, reviewer, chair, now):
    first, second, undecided = scored(edition, reviewer, 4, 2, 1)
    for submission in (first, second):
        make_decision(submission, WAITLIST, told_at=now)
    lineup = line_up(edition, wanted(1))
    assert [row.code for row in lineup.retold] == [first.code]
    decide(edition, wanted(1), chair, now)
    assert decisions(first, second, undecided) == [ACCEPT, WAITLIST, REJECT]


def test_what_speakers_heard_last_counts_also_while_a_newer_decision_is_untold(
    edition, reviewer, chair, now
):
    moved_up, better = scored(edition, reviewer, 2, 5)
    make_decision(moved_up, ACCEPT, told_at=None, told_outcome=WAITLIST)
    decide(edition, wanted(1), chair, now)
    assert decisions(moved_up, better) == [WAITLIST, ACCEPT]


def test_a_cancelled_talk_gives_its_place_to_the_next(edition, reviewer, chair, now):
    gone, next_one = scored(edition, reviewer, 5, 3)
    make_decision(gone, ACCEPT, told_at=now)
    make_talk(submission=gone, state=TalkState.CANCELLED)
    lineup = line_up(edition, wanted(1))
    assert [row.code for row in lineup.gone] == [gone.code]
    decide(edition, wanted(1), chair, now)
    assert decisions(gone, next_one) == [ACCEPT, ACCEPT]


def test_what_is_not_in_the_running_is_not_decided(edition, reviewer, chair, now):
    [stays] = scored(edition, reviewer, 5)
    gone = make_submission(edition, state=SubmissionState.WITHDRAWN)
    decide(edition, wanted(5), chair, now)
    assert decisions(stays, gone) == [ACCEPT, None]


def test_the_settings_of_the_edition_are_the_first_wish(edition):
    edition.talks_wanted = 20
    talk = make_format(edition, talks_wanted=18)
    track = make_track(edition, talks_least=2, talks_most=6)
    make_format(edition, "Panel")
    make_track(edition, "Free")
    database.session.expire(edition)
    asked = by_settings(edition)
    assert (asked.total, asked.formats, asked.tracks) == (20, {talk.id: 18}, {track.id: (2, 6)})
    assert asked.seed == f"{edition.slug}-1"


def test_a_fingerprint_tells_rules_and_outcomes_apart(edition, reviewer):
    scored(edition, reviewer, 5, 4)
    asked = wanted(1)
    other_seed = replace(asked, seed="snow")
    prints = {line_up(edition, w).fingerprint for w in (asked, other_seed, wanted(2))}
    assert len(prints) == 3
    assert line_up(edition, asked).fingerprint in prints
