"""Offers and signatures: the text is fixed, the trail is kept, the money is owed once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from cfp.billing.models import LedgerEntry, Receivable
from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.errors import Refused
from cfp.sponsors import queries, wording
from cfp.sponsors.models import (
    Agreement,
    AgreementState,
    BenefitKind,
    Paper,
    PaperKind,
    Signature,
    SignatureKind,
)
from cfp.sponsors.service import offers, payment, register, settings, signing
from cfp.sponsors.service.register import Company
from cfp.sponsors.service.settings import Wish
from cfp.uploads import MEGABYTE
from tests.make import make_conference, make_person
from tests.sponsors.dealing import (
    MILA,
    NOW,
    benefit_of,
    make_level,
    make_offer,
    make_signed,
    make_sponsor,
    pay,
    sign,
)
from tests.visitor import rows

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def test_an_offer_says_everything_and_its_text_does_not_change_with_the_sponsor(db):
    agreement = make_offer(make_level(make_conference(name="Seitenbühne")))
    said = agreement.text
    for expected in (
        "Seitenwind GmbH",
        "Am Kanal 1, 10999 Berlin, DE",
        "Seitenbühne",
        "10 May 2027 \N{EN DASH} 11 May 2027",
        "* Logo on the site",
        "* 4 \N{MULTIPLICATION SIGN} Tickets",
        "* Talk of 10 minutes (to be claimed by 1 March 2027)",
        "€5,000.00 without tax. VAT of 19 % is added: €950.00. In all €5,950.00.",
        "within 30 days of the signature, at the latest by 5 May 2027",
        "stands until 29 January 2027",
    ):
        assert expected in said
    register.change(agreement.sponsor, Company("New name"), by=None, at=NOW)
    assert agreement.text == said
    assert agreement.text_hash == wording.fingerprint(said)


def test_an_offer_to_a_german_sponsor_is_in_german(db):
    level = make_level()
    conference = database.session.get_one(Conference, level.conference_id)
    agreement = make_offer(level, sponsor=make_sponsor(conference, language="de"))
    assert "Hinzu kommen 19 % Umsatzsteuer" in agreement.text
    assert "5.950,00" in agreement.text


def test_nothing_is_offered_to_somebody_without_an_address(db):
    level = make_level(cap=1)
    conference = database.session.get_one(Conference, level.conference_id)
    with pytest.raises(Refused, match="address"):
        make_offer(level, sponsor=make_sponsor(conference, street=""))
    assert level.taken == 0


def test_what_was_negotiated_stands_in_the_text_and_on_the_board(db):
    agreement = make_offer(
        net_cents=300_000,
        net_days=14,
        promises=[Wish(BenefitKind.MENTION, "Thanks in the closing")],
        gifts=[("500 bags", 120_000)],
    )
    assert "* 500 bags: €1,200.00" in agreement.text
    assert "within 14 days" in agreement.text
    assert "Logo" not in agreement.text
    sign(agreement)
    board = database.session.scalars(queries.promised(agreement.conference)).all()
    assert [benefit.name for benefit in board] == ["Thanks in the closing"]
    assert agreement.due_on == date(2027, 1, 29)


def test_a_sponsor_has_one_open_agreement_and_may_get_another_after_it(db):
    agreement = make_offer()
    with pytest.raises(Refused, match="already"):
        make_offer(agreement.level, sponsor=agreement.sponsor)
    assert agreement.level.taken == 1
    offers.decline(agreement, by=None, at=NOW)
    assert make_offer(agreement.level, sponsor=agreement.sponsor).state is AgreementState.OFFERED


def test_a_click_signs_with_its_whole_trail_and_opens_what_is_owed(db):
    agreement = sign(make_offer())
    signature = agreement.signature
    assert (signature.kind, signature.at) == (SignatureKind.CLICK, NOW)
    assert (signature.name, signature.office) == ("Mila Sommer", "Marketing")
    assert (signature.email, signature.address) == ("mila@example.org", "203.0.113.7")
    assert signature.text_hash == wording.fingerprint(agreement.text)
    assert agreement.due_on == date(2027, 2, 14)
    receivable = agreement.receivable
    assert (receivable.payer, receivable.balance.cents) == ("Seitenwind GmbH", 595_000)
    assert receivable.due_at == datetime.fromisoformat("2027-02-14T23:59:59+01:00")


def test_a_second_click_signs_nothing_and_owes_nothing(db):
    agreement = sign(make_offer())
    with pytest.raises(Refused):
        sign(agreement)
    assert (rows(Signature), rows(Receivable), rows(LedgerEntry)) == (1, 1, 1)


def test_a_text_that_was_not_the_one_on_the_page_is_not_signed(db):
    agreement = make_offer()
    with pytest.raises(Refused, match="not the one that you saw"):
        signing.sign(agreement, MILA, seen="0" * 64, at=NOW)
    database.session.rollback()
    assert rows(Signature) == 0


def test_an_offer_can_be_signed_through_its_last_second(db):
    level = make_level()
    agreement, other = make_offer(level), make_offer(level)
    sign(agreement, at=agreement.valid_until + timedelta(milliseconds=999))
    with pytest.raises(Refused, match="has ended"):
        sign(other, at=other.valid_until + timedelta(seconds=1))


def test_a_scan_signs_too_and_is_kept(db):
    agreement, organiser = make_offer(), make_person()
    signing.accept_scan(agreement, PDF, "Mila Sommer", by=organiser, at=NOW)
    assert agreement.state is AgreementState.SIGNED
    assert agreement.signature.taken_by is organiser
    kept = database.session.scalars(sa.select(Paper).where(Paper.kind == PaperKind.SCAN)).one()
    assert kept.data == PDF


@pytest.mark.parametrize(
    "scan", [b"", b"<html>", b"MZ%PDF-", PDF[:-20], PDF + b" " * signing.MOST_SCAN * MEGABYTE]
)
def test_what_is_no_pdf_or_too_large_signs_nothing(db, scan):
    agreement = make_offer()
    with pytest.raises(Refused) as refused:
        signing.accept_scan(agreement, scan, "Mila", by=make_person(), at=NOW)
    assert refused.value.field == "scan"
    assert agreement.state is AgreementState.OFFERED


def test_nobody_signs_by_a_click_without_an_address(db):
    with pytest.raises(sa.exc.IntegrityError, match="click_has_an_address"):
        sign(make_offer(), signer=replace(MILA, address=""))
    database.session.rollback()


def test_money_that_comes_makes_it_paid_and_money_taken_back_unpaid(db):
    from cfp.billing import service as billing  # noqa: PLC0415
    from cfp.billing.models import EntryKind, Method  # noqa: PLC0415

    agreement = make_signed()
    pay(agreement, 595_000 - 1)
    assert agreement.state is AgreementState.SIGNED
    pay(agreement, source="bank:2")
    assert (agreement.state, agreement.paid_at) == (AgreementState.PAID, NOW)
    assert benefit_of(agreement).released_at == NOW
    billing.move_money(
        agreement.receivable, EntryKind.REVERSAL, 1, Method.TRANSFER, NOW, source="bank:3"
    )
    assert payment.settle_due(NOW) == 1
    assert (agreement.state, agreement.paid_at) == (AgreementState.SIGNED, None)
    assert benefit_of(agreement).released_at is None


def test_what_is_given_in_kind_pays_its_value_once_it_has_arrived(db):
    agreement = make_signed(net_cents=100_000, gifts=[("Bags", 119_000)])
    gift = agreement.gifts[0]
    assert agreement.state is AgreementState.SIGNED
    for _ in range(2):
        payment.receive_gift(gift, "RE-7", by=make_person(), at=NOW)
    assert agreement.state is AgreementState.PAID
    assert agreement.receivable.balance.cents == 0
    assert (gift.received_at, gift.invoice_number) == (NOW, "RE-7")


def test_a_sponsor_who_owes_nothing_is_paid_with_the_signature(db):
    agreement = make_signed(net_cents=0)
    assert agreement.state is AgreementState.PAID
    assert rows(LedgerEntry) == 0


def test_a_cancelled_agreement_owes_nothing_and_frees_its_place(db):
    agreement = make_signed(make_level(cap=1))
    signing.cancel(agreement, "The company is bankrupt.", by=make_person(), at=NOW)
    assert agreement.receivable.balance.cents == 0
    assert (agreement.state, agreement.level.left) == (AgreementState.CANCELLED, 1)
    assert payment.settle_due(NOW) == 0


def test_a_cancelled_agreement_that_was_paid_has_money_to_give_back(db):
    agreement = pay(make_signed())
    signing.cancel(agreement, "No fair this year", by=make_person(), at=NOW)
    assert agreement.receivable.balance.cents == -595_000


def test_the_database_knows_which_moves_are_legal(db):
    agreement = make_offer()
    offers.decline(agreement, by=None, at=NOW)
    with pytest.raises(sa.exc.IntegrityError, match="legal_move"):
        database.session.execute(sa.update(Agreement).values(was="declined", state="offered"))
    database.session.rollback()


def test_somebody_who_waits_to_pay_until_the_doors_is_due_before_them(db):
    conference = make_conference(starts_on=date(2027, 1, 25), ends_on=date(2027, 1, 26))
    agreement = make_signed(make_level(conference))
    assert agreement.due_on == date(2027, 1, 20)


def test_the_terms_of_the_edition_are_those_of_its_offers(db):
    level = make_level()
    conference = database.session.get_one(Conference, level.conference_id)
    plan = settings.sponsoring_of(conference)
    plan.net_days, plan.offer_days, plan.tax_rate = 14, 3, 700
    agreement = make_offer(level)
    assert (agreement.net_days, agreement.tax_cents) == (14, 35_000)
    assert agreement.valid_until == NOW + timedelta(days=3)
