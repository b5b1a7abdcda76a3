"""The invoice over an agreement: in money, or set off against what the sponsor gives."""

from cfp.billing import queries as billing_queries
from cfp.billing import service as billing
from cfp.billing import tasks
from cfp.billing.document import Means
from cfp.billing.models import Draft
from cfp.db import db as database
from cfp.sponsors.service import invoicing, signing
from tests.billing.made import make_seller, plain
from tests.make import make_conference, make_person
from tests.sponsors.dealing import NOW, make_level, make_signed
from tests.visitor import rows


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


def test_a_cancelled_agreement_takes_its_invoice_back_by_a_document_of_its_own(db):
    agreement = agreed()
    draft = database.session.scalars(invoicing.draft_of(agreement)).one()
    invoice = billing.issue(draft.id, NOW, render=plain)
    signing.cancel(agreement, "No fair this year", by=make_person(), at=NOW)
    [waiting] = database.session.scalars(billing_queries.drafts_waiting(agreement.conference_id))
    note = billing.issue(waiting.id, NOW, render=plain)
    assert (note.cancels, note.number) == (invoice, "FB27-S0001")
    assert agreement.receivable.balance.cents == 0


def test_what_was_only_asked_for_is_not_asked_for_any_more(db):
    agreement = agreed()
    draft_id = database.session.scalars(invoicing.draft_of(agreement)).one().id
    signing.cancel(agreement, "No fair this year", by=make_person(), at=NOW)
    assert rows(Draft) == 0
    assert tasks.issue(None, conference_id=agreement.conference_id, draft_id=draft_id) == {}


def test_an_invoice_that_the_treasurer_took_back_can_be_asked_for_anew(db):
    agreement = agreed()
    first = database.session.scalars(invoicing.draft_of(agreement)).one()
    invoice = billing.issue(first.id, NOW, render=plain)
    assert invoicing.ask(agreement, by=None, at=NOW) is first
    cancelling = billing.ask_cancellation(invoice, NOW, why="Wrong address")
    billing.issue(cancelling.id, NOW, render=plain)
    second = invoicing.ask(agreement, by=None, at=NOW)
    assert second is not first
    assert invoicing.ask(agreement, by=None, at=NOW) is second
    assert database.session.scalars(invoicing.draft_of(agreement)).one() is second


def test_who_signs_for_us_is_who_sells(db):
    assert "Beispiel Veranstaltungs GmbH" in agreed().text
