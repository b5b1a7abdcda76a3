"""Who may enter which page of the call for papers, as data."""

from cfp.access import Role

EVERYBODY = {Role.ANYONE}
SIGNED_IN = {Role.SIGNED_IN}
ORGANISE = {Role.ORGANISER}
DECIDE = {Role.CHAIR}
RUN_IT = {Role.ORGANISER, Role.CHAIR}
LOOK_ON = RUN_IT | {Role.TRACK_CHAIR}

CALL: dict[str, set[Role]] = {
    "interop.export": RUN_IT,
    "interop.import_": ORGANISE,
    "interop.imports": ORGANISE,
    "interop.take_in": ORGANISE,
    "invited.again": RUN_IT,
    "invited.listing": RUN_IT,
    "invited.take_back": RUN_IT,
    "questions.listing": RUN_IT,
    "questions.move": ORGANISE,
    "questions.new": ORGANISE,
    "questions.question": ORGANISE,
    "questions.remove": ORGANISE,
    "questions.switch": ORGANISE,
    "submissions.answer_change": RUN_IT,
    "submissions.availability": SIGNED_IN,
    "submissions.call": EVERYBODY,
    "submissions.changes": RUN_IT,
    "submissions.co_speaker": SIGNED_IN,
    "submissions.confirm": EVERYBODY,
    "submissions.decide": DECIDE,
    "submissions.desk": SIGNED_IN,
    "submissions.detail": LOOK_ON,
    "submissions.discard": SIGNED_IN,
    "submissions.discard_unsent": SIGNED_IN,
    "submissions.edit": SIGNED_IN,
    "submissions.export": LOOK_ON,
    "submissions.file": SIGNED_IN,
    "submissions.invited": EVERYBODY,
    "submissions.leave": SIGNED_IN,
    "submissions.leave_it": SIGNED_IN,
    "submissions.letter": RUN_IT,
    "submissions.letters": RUN_IT,
    "submissions.listing": LOOK_ON,
    "submissions.new": SIGNED_IN,
    "submissions.preview": SIGNED_IN,
    "submissions.respond": SIGNED_IN,
    "submissions.restore": SIGNED_IN,
    "submissions.send_letters": RUN_IT,
    "submissions.show": SIGNED_IN,
    "submissions.stay": SIGNED_IN,
    "submissions.talk": SIGNED_IN,
    "submissions.travel": RUN_IT,
    "submissions.travel_csv": RUN_IT,
    "submissions.undo": DECIDE,
    "submissions.withdraw": SIGNED_IN,
    "wishlist.invite": RUN_IT,
    "wishlist.listing": EVERYBODY,
    "wishlist.remove": RUN_IT,
    "wishlist.show": RUN_IT,
    "wishlist.support": EVERYBODY,
    "wishlist.take_back": EVERYBODY,
    "wishlist.team": RUN_IT,
}
