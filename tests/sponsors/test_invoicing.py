"""The invoice over an agreement: in money, or set off against what the sponsor gives."""

from cfp.billing.document import Means
from cfp.db import db as database
from cfp.sponsors.service import invoicing
from tests.billing.made import make_seller
from tests.make import make_conference
from tests.sponsors.dealing import make_level, make_signed


def agreed(**terms):
    conference = make_conference(city="Berlin")
    make_seller(conference)
    return make_signed(make_level(conference), **terms)


def asked(agreement):
    return database.session.scalars(invoicing.draft_of(agreement)).one().document


def test_what_is_given_in_kind_to_the_full_value_leaves_nothing_to_transfer(db):
    document = asked(agreed(gifts=[("Coffee for two days", 595_000)]))
    assert document.payment.means is Means.BARTER
    assert (document.prepaid, document.due) == (5950, None)
    assert document.prepaid_note == "Coffee for two days"


def test_what_is_given_in_kind_in_part_is_set_off_once_it_has_come(db):
    document = asked(agreed(gifts=[("Bags", 100_000)]))
    assert (document.payment.means, document.prepaid) == (Means.SEPA_TRANSFER, 0)
    assert document.due is not None
