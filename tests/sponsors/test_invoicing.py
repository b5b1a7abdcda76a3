"""The invoice over an agreement: in money, or set off against what the sponsor gives."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from cfp.billing import letters, tasks
from cfp.billing import queries as billing_queries
from cfp.billing import service as billing
from cfp.billing.document import Kind, Means
from cfp.billing.models import Draft
from cfp.billing.service import reports
from cfp.billing.service.claims import open_invoices
from cfp.billing.service.doctor import findings
from cfp.billing.words import notes, title
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.sponsors import queries
from cfp.sponsors.models import Sponsor
from cfp.sponsors.service import invoicing, payment, signing
from tests.billing.made import make_seller, plain
from tests.make import make_conference, make_person
from tests.sponsors.dealing import NOW, make_level, make_signed, make_sponsor
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


def arrived(gift=("Coffee for two days", 107_000), number="", **company):
    conference = make_conference(city="Berlin")
    make_seller(conference)
    company = {"vat_id": "DE136695976", "language": "de"} | company
    sponsor = make_sponsor(conference, **company)
    agreement = make_signed(make_level(conference), gifts=[gift], sponsor=sponsor)
    [given] = agreement.gifts
    payment.receive_gift(given, number, by=make_person(), at=NOW)
    return given


def billed(gift, rate="7"):
    draft = invoicing.bill_gift(gift, Decimal(rate), by=None, at=NOW)
    return billing.issue(draft.id, NOW, render=plain)


def test_what_came_in_kind_is_billed_in_the_sponsors_name_with_a_number_of_its_own(db):
    gift = arrived()
    issued = billed(gift)
    document = issued.document
    assert (document.kind, issued.number) == (Kind.SELF_BILLED, "FB27-G0001")
    assert (document.seller.name, document.buyer.name) == (
        "Seitenwind GmbH",
        "Beispiel Veranstaltungs GmbH",
    )
    assert (issued.net_cents, issued.tax_cents, issued.gross_cents) == (100_000, 7_000, 107_000)
    assert (issued.prepaid_cents, issued.due_on) == (107_000, None)
    assert document.payment.means is Means.BARTER
    assert "Gutschrift" in title(document)
    assert any("§ 14 Abs. 2 UStG" in note for note in notes(document))
    assert billed(gift) is issued  # once
    assert gift.agreement.receivable.balance.cents == 595_000 - 107_000  # set off once, too


def test_what_is_billed_in_the_sponsors_name_is_no_revenue_and_nobody_owes_it(db):
    gift = arrived()
    here = gift.agreement.conference_id
    draft = database.session.scalars(invoicing.draft_of(gift.agreement)).one()
    ours = billing.issue(draft.id, NOW, render=plain)
    billed(gift)
    year = (date(2027, 1, 1), date(2027, 12, 31))
    assert [row.gross for row in reports.revenue(here, *year)] == [595_000]
    [tax] = reports.taxes(here, *year, self_billed=True)
    assert (tax.rate, tax.net, tax.tax) == ("7", 100_000, 7_000)
    assert [row.rate for row in reports.taxes(here, *year)] == ["19"]
    assert [one.invoice for one in open_invoices(here)] == [ours]
    names = [name for _id, name in database.session.execute(billing_queries.numbers_issued(here))]
    assert names == [ours.number]  # whoever pays cannot mean the other
    assert reports.self_billed_table(here, *year).rows[0][4] == "Seitenwind GmbH"


def test_a_wrong_rate_is_put_right_by_taking_the_document_back(db):
    gift = arrived()
    first = billed(gift, "19")
    taken = billing.ask_cancellation(first, NOW, why="7 %")
    note = billing.issue(taken.id, NOW, render=plain)
    assert (note.number, note.document.kind) == ("FB27-GS0001", Kind.SELF_BILLED_CANCELLATION)
    assert billed(gift).number == "FB27-G0002"
    year = (date(2027, 1, 1), date(2027, 12, 31))
    here = gift.agreement.conference_id
    taxes = reports.taxes(here, *year, self_billed=True)
    assert [(row.rate, row.net, row.tax) for row in taxes] == [("19", 0, 0), ("7", 100_000, 7_000)]
    assert findings() == []


def test_a_small_business_is_billed_without_tax_and_with_its_sentence(db):
    issued = billed(arrived(), "0")
    assert (issued.net_cents, issued.tax_cents) == (107_000, 0)
    assert [tax.category for tax in issued.taxes] == ["E"]


@pytest.mark.parametrize(
    ("company", "number", "sentence"),
    [
        ({"country": "AT", "vat_id": "ATU13585627"}, "", "Only a supplier in our own country"),
        ({"vat_id": ""}, "", "needs a VAT id or a tax number"),
        ({}, "RE-7", "billed it themselves: RE-7"),
    ],
)
def test_it_is_said_why_a_gift_is_not_billed_by_us(db, company, number, sentence):
    with pytest.raises(Refused, match=sentence):
        billed(arrived(number=number, **company))


def test_only_what_has_arrived_is_billed(db):
    [gift] = agreed(gifts=[("Bags", 10_000)]).gifts
    with pytest.raises(Refused):
        billed(gift)
    assert "self-billing" in gift.agreement.text  # both have agreed to it


def test_the_sponsor_gets_the_document_and_finds_it_on_its_page(db):
    issued = billed(arrived())
    letters.issued(issued, NOW)
    letter = database.session.scalars(sa.select(Message).order_by(Message.id.desc())).first()
    assert letter.to == "mila@example.org"
    assert [each.name for each in letter.attachments] == ["FB27-G0001.pdf"]
    sponsor = issued.receivable and database.session.scalars(sa.select(Sponsor)).one()
    assert issued in database.session.scalars(queries.invoices_to(sponsor)).all()


def test_a_small_business_invoices_its_sponsors_without_tax(db):
    conference = make_conference(city="Berlin")
    make_seller(conference, small_business=True)
    agreement = make_signed(make_level(conference))
    [line] = asked(agreement).lines
    assert (line.category, agreement.gross_cents) == ("E", 500_000)
    assert "small business" in agreement.text


def test_who_signs_for_us_is_who_sells(db):
    assert "Beispiel Veranstaltungs GmbH" in agreed().text
