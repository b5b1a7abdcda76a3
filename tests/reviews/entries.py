"""Who may enter the pages of reviews."""

from __future__ import annotations

from cfp.access import Role

EVERYBODY = {Role.ANYONE}
SIGNED_IN = {Role.SIGNED_IN}
REVIEW = {Role.REVIEWER}
DECIDE = {Role.CHAIR}
JUDGE = {Role.REVIEWER, Role.CHAIR, Role.TRACK_CHAIR}
RUN_IT = {Role.ORGANISER, Role.CHAIR}
LOOK_ON = RUN_IT | {Role.TRACK_CHAIR}

REVIEWS: dict[str, set[Role]] = {
    "reviews.argue": JUDGE,
    "reviews.assignment": RUN_IT,
    "reviews.assignment_run": RUN_IT,
    "reviews.bid": REVIEW,
    "reviews.bids": REVIEW,
    "reviews.close_vote": DECIDE,
    "reviews.conflicts": RUN_IT,
    "reviews.criteria": RUN_IT,
    "reviews.decide": DECIDE,
    "reviews.declare_conflict": REVIEW,
    "reviews.desk": REVIEW,
    "reviews.discard_assignment": RUN_IT,
    "reviews.due": RUN_IT,
    "reviews.invitation": EVERYBODY,  # who has the letter
    "reviews.length": SIGNED_IN,
    "reviews.length_by_link": EVERYBODY,  # who has the letter
    "reviews.lift_conflict": RUN_IT,
    "reviews.move_up": DECIDE,
    "reviews.offer_length": DECIDE,
    "reviews.overview": LOOK_ON,
    "reviews.publish_assignment": RUN_IT,
    "reviews.put_to_vote": DECIDE,
    "reviews.ranking": LOOK_ON,
    "reviews.ranking_csv": LOOK_ON,
    "reviews.recuse": REVIEW,
    "reviews.release_conflicts": RUN_IT,
    "reviews.remind": RUN_IT,
    "reviews.review": REVIEW,
    "reviews.reviewers": RUN_IT,
    "reviews.revoke_invitation": RUN_IT,
    "reviews.selection": RUN_IT,
    "reviews.selection_kept": RUN_IT,
    "reviews.selection_log": RUN_IT,
    "reviews.take_back": RUN_IT,
    "reviews.take_back_length": DECIDE,
    "reviews.topics": REVIEW,
    "reviews.verdicts": LOOK_ON,
    "reviews.vote": JUDGE,
    "reviews.voting": JUDGE,
    "reviews.weigh": JUDGE,
    "reviews.withdraw_argument": JUDGE,
}
