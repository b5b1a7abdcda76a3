"""No logo, voucher or booth for the unpaid, unless somebody wrote why: every way round is shut."""

import pytest
import sqlalchemy as sa
import time_machine

from cfp.billing import service as billing
from cfp.billing.models import EntryKind, Method
from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.sponsors.models import AgreementState, BenefitKind, BenefitState, Booth
from cfp.sponsors.service import benefits, booths, logos, payment, signing, vouchers
from cfp.sponsors.service.settings import sponsoring_of
from cfp.tickets.models import Voucher
from cfp.tickets.service.capacity import resize_voucher
from cfp.tickets.service.shelf import find_voucher
from tests.bad_input.patrons import a_logo
from tests.make import make_conference, make_person
from tests.sponsors.dealing import (
    NOW,
    benefit_of,
    make_booth,
    make_level,
    make_offer,
    make_signed,
    pay,
    sign,
)
from tests.tickets.selling import make_product, make_shop


def deal():
    """Signed, with an accepted logo; there is a product for its tickets, and a booth is held."""
    conference = make_shop(make_conference())
    sponsoring_of(conference).ticket_product_id = make_product(conference).id
    agreement = make_signed(make_level(conference))
    logo = logos.send(agreement.sponsor, a_logo(), logos.Ground.ANY, by=None, at=NOW)
    logos.accept(logo, by=make_person(), at=NOW)
    booths.hold(make_booth(conference), agreement, by=None, at=NOW)
    return agreement


def work():
    """What the worker does every minute."""
    payment.settle_due(NOW)
    logos.show_due(NOW)
    vouchers.issue_due(NOW)


def take_back(agreement, source="bank:back"):
    """The bank takes the payment back."""
    owed, kind = agreement.gross_cents, EntryKind.REVERSAL
    billing.move_money(agreement.receivable, kind, owed, Method.TRANSFER, NOW, source=source)
    work()


def given(agreement):
    """What the world can have of it: a logo on the site, a voucher that works, a booth."""
    word = database.session.scalar(sa.select(Voucher.word).order_by(Voucher.id.desc()))
    try:
        works = word is not None and find_voucher(agreement.conference, word, NOW) is not None
    except Refused:
        works = False
    shown = bool(logos.wall_of(agreement.conference))
    booth = benefit_of(agreement, BenefitKind.BOOTH)
    try:
        benefits.deliver(booth, by=make_person(), at=NOW)
    except Refused:
        return shown, works, False
    benefits.take_back(booth, by=make_person(), at=NOW)
    return shown, works, True


NOTHING, ALL = (False, False, False), (True, True, True)


def test_whoever_owes_one_cent_is_given_nothing(db):
    agreement = deal()
    work()
    assert given(agreement) == NOTHING
    pay(agreement, agreement.gross_cents - 1)
    work()
    assert given(agreement) == NOTHING
    pay(agreement, 1, source="bank:2")
    work()
    assert given(agreement) == ALL


def test_a_payment_that_is_taken_back_takes_back_what_it_gave_until_it_comes_again(db):
    agreement = pay(deal())
    work()
    take_back(agreement)
    assert agreement.state is AgreementState.SIGNED
    assert given(agreement) == NOTHING
    pay(agreement, source="bank:again")
    work()
    assert given(agreement) == ALL


def test_tickets_that_were_taken_before_stay_and_no_more_are_taken(db):
    agreement = pay(deal())
    work()
    [voucher] = vouchers.of(agreement).values()
    voucher.used = 3
    database.session.flush()
    take_back(agreement)
    assert (voucher.used, voucher.left) == (3, 0)
    with pytest.raises(Refused, match="used earlier"):
        find_voucher(agreement.conference, voucher.word, NOW)
    pay(agreement, source="bank:again")
    assert (voucher.used, voucher.left) == (3, 1)


def test_more_tickets_that_somebody_granted_by_hand_are_not_forgotten(db):
    agreement = pay(deal())
    work()
    [voucher] = vouchers.of(agreement).values()
    resize_voucher(voucher, None)
    take_back(agreement)
    assert voucher.left == 0


def test_whoever_wrote_why_gives_it_unpaid_and_it_stays_when_the_payment_goes(db):
    agreement, by = deal(), make_person()
    for kind in (BenefitKind.LOGO, BenefitKind.TICKETS, BenefitKind.BOOTH):
        benefits.release_early(benefit_of(agreement, kind), "The printer waits.", by=by, at=NOW)
    work()
    assert given(agreement) == ALL
    pay(agreement)
    take_back(agreement)
    assert given(agreement) == ALL


def test_what_was_given_is_left_by_who_writes_why_afterwards(db):
    agreement, by = pay(deal()), make_person()
    work()
    take_back(agreement)
    for kind in (BenefitKind.LOGO, BenefitKind.TICKETS):
        benefits.release_early(benefit_of(agreement, kind), "They pay tomorrow.", by=by, at=NOW)
    vouchers.reopen(agreement)
    assert given(agreement)[:2] == (True, True)


def test_a_deal_that_is_cancelled_after_its_payment_gives_nothing_more(db):
    agreement = pay(deal())
    work()
    signing.cancel(agreement, "No fair this year", by=make_person(), at=NOW)
    work()
    assert given(agreement) == NOTHING
    assert [*database.session.scalars(sa.select(Booth.agreement_id))] == [None]


def test_whoever_changes_to_a_lower_level_pays_for_that_first(db):
    gold = pay(deal())
    work()
    signing.cancel(gold, "Silver is enough", by=make_person(), at=NOW)
    silver = make_level(gold.conference, name="Silver", cents=100_000)
    lower = sign(make_offer(silver, sponsor=gold.sponsor))
    work()
    assert given(lower) == NOTHING
    pay(lower, source="bank:lower")
    work()
    assert benefit_of(lower).state is BenefitState.DELIVERED
    assert [level.name for level, _ in logos.wall_of(gold.conference)] == ["Silver"]


def test_the_file_of_a_logo_is_nobodys_either_once_the_payment_is_gone(client, house):
    with time_machine.travel(NOW, tick=False):
        agreement = pay(deal())
        work()
        [logo] = agreement.sponsor.logos
        address = f"/{agreement.conference.slug}/sponsors/logos/{logo.code}"
        assert client().browser.get(address).status_code == 200
        take_back(agreement)
        with transaction():
            pass
        for page in ("", "sponsors/"):
            assert logo.code not in client().get(f"/{agreement.conference.slug}/{page}").text
        assert client().browser.get(address).status_code == 404
