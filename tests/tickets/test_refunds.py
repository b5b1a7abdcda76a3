"""Money that goes back by bank: whose, to which account, once."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cfp.access import Role
from cfp.billing.models import Allocation, BankEntry, BankFile, LedgerEntry, Method
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import Order, RefundFile
from cfp.tickets.service import changes, payments, refunding
from cfp.tickets.transfers import NAMESPACE, Batch, Transfer, as_xml, plain
from tests.make import make_member
from tests.tickets.selling import (
    NOW,
    add,
    letters,
    make_product,
    make_quota,
    make_rule,
    make_shop,
    pay,
    place,
)
from tests.visitor import rows

IBAN, OTHER = "DE89370400440532013000", "AT611904300234573201"
SEPA = re.compile(r"[A-Za-z0-9/?:().,'+ -]*")


def found(data, name):
    return [one.text for one in etree.fromstring(data).iter(f"{{{NAMESPACE}}}{name}")]


def batch(*transfers):
    day = date(2027, 1, 15)
    return Batch("AAAA7777", NOW, day, "Seitenbühne e. V.", IBAN, "BYLADEM1001", transfers)


@given(st.text(), st.integers(1, 140))
def test_a_text_for_a_bank_has_only_letters_that_every_bank_takes(text, most):
    said = plain(text, most)
    assert SEPA.fullmatch(said)
    assert len(said) <= most


@given(st.lists(st.tuples(st.text(), st.integers(1, 10**7)), min_size=1, max_size=5))
def test_the_sums_of_a_file_are_those_of_its_transfers(several):
    data = as_xml(batch(*(Transfer(name, OTHER, c, name, name) for name, c in several)))
    each = [Decimal(one) for one in found(data, "InstdAmt")]
    assert each == [Decimal(cents) / 100 for _name, cents in several]
    assert {Decimal(one) for one in found(data, "CtrlSum")} == {sum(each)}
    assert found(data, "NbOfTxs") == [str(len(several))] * 2


def test_a_file_says_from_which_account_to_which_in_the_order_of_the_standard():
    data = as_xml(batch(Transfer("Müller & Söhne", OTHER, 9900, "AB", "Seitenbühne <3>")))
    assert found(data, "IBAN") == [IBAN, OTHER]
    assert found(data, "Nm") == ["Seitenbuehne e. V."] * 2 + ["Mueller + Soehne"]
    assert found(data, "Ustrd") == ["Seitenbuehne 3"]
    payment = etree.fromstring(data)[0][1]
    assert [etree.QName(one).localname for one in payment] == [
        *("PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt"),
        *("Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf"),
    ]


def by_bank(order, iban=IBAN):
    """Paid by a movement on the account, as the import of a statement books it."""
    conference = order.conference_id
    file = add(BankFile(conference_id=conference, name="x", form="camt"))
    entry = BankEntry(
        conference_id=conference,
        file=file,
        form="camt",
        account="X",
        fingerprint=order.code,
        booked_on=NOW.date(),
        cents=order.cents,
        currency="EUR",
        name="Mila S.",
        iban=iban,
    )
    pay(order, source=f"bank:{order.code}")
    money = database.session.query(LedgerEntry).filter_by(source=f"bank:{order.code}").one()
    row = Allocation(receivable_id=order.receivable_id, ledger_entry_id=money.id, cents=order.cents)
    row.entry = entry
    add(row)
    return order


def owing(shop, product, n=1):
    make_rule(shop, 30, 10_000)
    orders = [by_bank(place(shop, product)) for _ in range(n)]
    for order in orders:
        changes.cancel(order, order.live, at=NOW)
    return orders


@pytest.fixture
def olga(shop):
    return make_member(shop, Role.TREASURER)


def test_what_is_owed_goes_back_to_the_account_it_came_from_and_once(shop, regular, olga):
    one, two = owing(shop, regular, 2)
    place(shop, regular)
    owed = refunding.owed(olga, shop)
    assert [(each.order, each.cents, each.iban) for each in owed] == [
        (one, 9900, IBAN),
        (two, 9900, IBAN),
    ]
    payments.give_back(two, 9900, Method.CASH, source="hand:1", at=NOW, by=olga)
    file = refunding.make_file(shop, owed, {}, at=NOW, by=olga)
    assert (file.number, file.cents, one.receivable.balance.cents) == (1, 9900, 0)
    assert found(file.data, "EndToEndId") == [one.code]
    assert found(file.data, "Nm")[-1] == "Mila S."
    assert letters().count("order_refunded") == 2
    assert refunding.owed(olga, shop) == []
    with pytest.raises(Refused, match="at least one"):
        refunding.make_file(shop, owed, {}, at=NOW, by=olga)
    assert rows(RefundFile) == 1


def test_an_account_that_is_missing_or_mistyped_is_said_and_nothing_is_given_back(
    shop, regular, olga
):
    (order,) = owing(shop, regular)
    (owed,) = refunding.owed(olga, shop)
    with pytest.raises(Refused, match=order.code):
        refunding.make_file(shop, [owed], {order.code: IBAN[:-1] + "1"}, at=NOW, by=olga)
    assert order.receivable.balance.cents == -9900
    file = refunding.make_file(
        shop, [owed], {order.code: "AT61 1904 3002 3457 3201"}, at=NOW, by=olga
    )
    assert found(file.data, "IBAN")[-1] == OTHER
    assert found(file.data, "Nm")[-1] == "Mila Sommer"


def test_what_was_paid_by_card_goes_back_by_itself(shop, regular, olga):
    (order,) = owing(shop, regular)
    order.method = Method.CARD
    database.session.flush()
    assert refunding.owed(olga, shop) == []


def test_the_treasurer_makes_the_file_and_the_box_office_does_not(client, house):
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        shop = make_shop()
        product = make_product(shop, make_quota(shop))
        (order,) = owing(shop, product)
        treasurer = client(make_member(shop, Role.TREASURER))
        way = f"/{shop.slug}/team/orders/give-back/"
        page = treasurer.get(way).text
        assert "DE89 3704 0044 0532 0130 00" in page
        assert len(treasurer.statements) <= 12
        sent = {"order": order.code, "iban": "DE00"}
        wrong = treasurer.post(way, sent, status=422).text
        assert "typing error" in wrong
        assert 'value="DE00"' in wrong
        assert "at least one" in treasurer.post(way, sent | {"iban": ""}, status=422).text
        treasurer.post(way, sent | {"iban": "DE89 3704 0044 0532 0130 00"})
        again = treasurer.post(way, sent | {"iban": OTHER}, status=422).text
        assert (
            f"Order {order.code} gets nothing back any more; for it you had typed {OTHER}" in again
        )
        page = treasurer.get(way).text
        assert "Nothing to give back" in page
        (address,) = re.findall(r'href="([^"]+\.xml)"', page)
        assert found(treasurer.get(address).data, "IBAN")[-1] == IBAN
        treasurer.get(address.replace(".xml", "X.xml"), status=404)
        client(make_member(shop, Role.BOX_OFFICE)).get(address, status=403)
        assert database.session.query(Order).one().receivable.balance.cents == 0
