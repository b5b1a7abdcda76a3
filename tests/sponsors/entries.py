"""Who may enter which page of sponsors; part of the table in ``tests/test_access.py``."""

from cfp.access import Role

EVERYBODY = {Role.ANYONE}
ORGANISE = {Role.ORGANISER}
PAID_FOR = {Role.ORGANISER, Role.TREASURER}

SPONSORS: dict[str, set[Role]] = {
    "sponsors.choose_booth": EVERYBODY,  # these with the secret of a contact
    "sponsors.claim": EVERYBODY,
    "sponsors.decline": EVERYBODY,
    "sponsors.desk": EVERYBODY,
    "sponsors.desk_logo": EVERYBODY,
    "sponsors.public": EVERYBODY,
    "sponsors.sign": EVERYBODY,
    "sponsors.add_contact": ORGANISE,
    "sponsors.agreement": PAID_FOR,
    "sponsors.benefit": ORGANISE,
    "sponsors.board": PAID_FOR,
    "sponsors.booth": ORGANISE,
    "sponsors.cancel": ORGANISE,
    "sponsors.edit": ORGANISE,
    "sponsors.free_booth": ORGANISE,
    "sponsors.hold": ORGANISE,
    "sponsors.invoice": PAID_FOR,
    "sponsors.judge_logo": ORGANISE,
    "sponsors.leave": ORGANISE,
    "sponsors.level": ORGANISE,
    "sponsors.levels": PAID_FOR,
    "sponsors.listing": PAID_FOR,
    "sponsors.logo": EVERYBODY,
    "sponsors.new": ORGANISE,
    "sponsors.new_booth": ORGANISE,
    "sponsors.new_level": ORGANISE,
    "sponsors.offer": ORGANISE,
    "sponsors.paper": PAID_FOR,
    "sponsors.plan": PAID_FOR,
    "sponsors.receive": PAID_FOR,
    "sponsors.remove": ORGANISE,
    "sponsors.remove_booth": ORGANISE,
    "sponsors.remove_contact": ORGANISE,
    "sponsors.remove_level": ORGANISE,
    "sponsors.scan": PAID_FOR,
    "sponsors.send_logo": ORGANISE,
    "sponsors.show": PAID_FOR,
    "sponsors.take_scan": ORGANISE,
    "sponsors.terms": ORGANISE,
    "sponsors.wait": ORGANISE,
    "sponsors.withdraw": ORGANISE,
}
