"""Figures, lists as files, and the same deed for several orders."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
import time_machine

from cfp.access import Role
from cfp.billing.models import Method
from cfp.db import db as database
from cfp.jobs import service as jobs
from cfp.mail.models import Message
from cfp.tickets.models import Diet, OrderState, Product, ProductKind
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service import bulk, catalogue_tables, changes, checkout, statistics, tables
from cfp.tickets.service.bulk import Deed
from cfp.tickets.service.checkout import Who
from tests.make import make_conference, make_member, make_person
from tests.tickets.selling import (
    NOW,
    hold,
    letters,
    make_audience,
    make_product,
    make_quota,
    make_rule,
    make_shop,
    make_voucher,
    pay,
    place,
)

DAY = timedelta(days=1)


def test_curves_stand_on_the_same_days_before_the_doors(shop, hall, regular):
    place(shop, regular, 2)
    place(shop, regular, at=NOW + 3 * DAY)
    hold(shop, regular)  # not bought
    year = 365 * DAY
    days = {"starts_on": shop.starts_on - year, "ends_on": shop.ends_on - year}
    before = make_shop(make_conference(**days))
    person = make_member(before, Role.ORGANISER)
    make_member(shop, Role.ORGANISER, person)
    stranger = make_person("Nobody")
    place(before, make_product(before, make_quota(before, 9)))
    here, there = statistics.curves(person, shop)
    first = float((NOW.date() - shop.starts_on).days)
    assert here.points == [(first, 2.0), (first + 3, 3.0)]
    assert there.points == [(first + 365, 1.0)]
    assert len(statistics.curves(stranger, shop)) == 1


def test_money_by_price_and_tax_adds_up_with_what_was_kept(shop, regular):
    make_rule(shop, 30, 5000)
    order = pay(place(shop, regular, 2))
    place(shop, regular, at=regular.tiers[0].ends_at + DAY)
    changes.cancel(order, order.live[:1], at=NOW)
    prices = statistics.by_price(shop)
    assert [(p.step, p.number, p.cents) for p in prices] == [
        ("Early bird", 1, 9900),
        ("Regular", 1, 19_900),
    ]
    (tax,) = statistics.by_tax(shop, prices)
    assert (tax.rate, tax.cents, tax.tax) == (1900, 9900 + 19_900 + 4950, 5548)


def test_the_catalogue_and_the_scans_are_tables(shop, hall, regular):
    students = make_audience(shop)
    regular.tiers[0].audience_id = students.id
    bare = make_product(shop, name="=1+1", kind=ProductKind.THING)
    for tier in [*bare.tiers]:
        database.session.delete(tier)
    database.session.flush()
    database.session.expire(bare)
    make_voucher(shop, owner="Olga", products=[regular], claim_by=NOW)
    make_voucher(shop, "FIVE", kind=DiscountKind.ABSOLUTE, value=500, at_most=None)
    make_rule(shop, 30, 5000, product_id=regular.id)
    place(shop, regular)
    found = {name: table(shop) for name, table in catalogue_tables.TABLES.items()}
    for head, lines in found.values():
        assert {len(line) for line in lines} == {len(head)}
    product = found["products"][1]
    assert [line[:1] + line[6:8] for line in product] == [
        ["Regular", "Early bird", Decimal("99.00")],
        ["Regular", "Regular", Decimal("199.00")],
        ["=1+1", "", ""],
    ]
    assert product[0][-3:] == [10, 0, "Students"]
    assert found["stock"][1] == [["Hall", 1, 5, 4]]
    assert found["vouchers"][1] == [
        [
            "HALF",
            "percent off",
            Decimal("50.00"),
            "Regular",
            0,
            5,
            "2027-01-15 13:00:00",
            "Olga",
            "",
        ],
        ["FIVE", "money off", Decimal("5.00"), "everything", 0, None, "", "", ""],
    ]
    assert found["refunds"][1] == [
        ["2027-02-14 13:00:00", Decimal("50.00"), Decimal("0.00"), "Regular"]
    ]
    assert tables.scans(shop)[1] == []


def test_who_has_not_answered_is_a_row_and_a_day_pass_eats_on_its_day(shop, hall, regular):
    day = make_product(shop, hall, name="Day", tiers=[("Day", 5000, None, None)])
    day.days = [shop.days[0].isoformat()]
    evening = make_product(shop, name="Evening", kind=ProductKind.SOCIAL)
    order = place(shop, regular, 2)
    place(shop, day)
    assert evening.id
    checkout.name_people(order, {order.tickets[0].id: Who("A", diet=Diet.VEGAN)}, at=NOW)
    found = statistics.answers(shop)
    rest = len(shop.days) - 1
    assert found.diets[Diet.VEGAN] == [1, *[1] * rest]
    assert found.diets[None] == [2, *[1] * rest]
    assert found.answered["diet"] == (1, 2)
    assert found.answered["allergies"] == (0, 3)


def test_each_deed_is_done_once_with_those_whom_it_concerns(shop, regular):
    person = make_person("Olga")
    paid, unpaid = pay(place(shop, regular)), place(shop, regular)
    words = ("Doors", "They open at eight.")

    def do(deed, order):
        return bulk.do(deed, order.id, words, key="one", at=NOW, by=person)

    assert [do(Deed.REMIND, one) for one in (paid, unpaid, unpaid)] == [False, True, True]
    assert letters().count("order_reminder") == 1
    assert [do(Deed.WRITE, one) for one in (paid, unpaid, unpaid)] == [True] * 3
    assert letters().count("order_note") == 2
    assert [do(Deed.PAID, unpaid) for _ in range(2)] == [True, False]
    assert unpaid.state is OrderState.PAID
    assert [do(Deed.CANCEL, unpaid) for _ in range(2)] == [True, False]
    assert unpaid.state is OrderState.CANCELLED


# Pages


@pytest.fixture
def edition(house):
    with time_machine.travel(NOW, tick=False):
        edition = make_shop()
        make_product(edition, make_quota(edition, 20))
        yield edition


def test_figures_and_files_open(client, edition):
    organiser = client(make_member(edition, Role.ORGANISER))
    team = f"/{edition.slug}/team"
    assert "Nothing sold yet" in organiser.get(f"{team}/tickets/figures/").text
    (product,) = database.session.query(Product).all()
    order = pay(place(edition, product, 2))
    order.tickets[0].name = "=cmd()"
    page = organiser.get(f"{team}/tickets/figures/").text
    for words in ("Early bird", "not answered", "19.0 %", "days before the doors"):
        assert words in page
    text = organiser.get(f"{team}/orders.csv?q=mila").text
    assert (text.count(order.code), "'=cmd()" in text, "99.0" in text) == (2, True, True)
    assert order.code not in organiser.get(f"{team}/orders.csv?state=expired").text
    for name in tables.TABLES:
        assert f"tables/{name}.csv" in page or name in {"waiting", "stock", "audiences"}
        organiser.get(f"{team}/tickets/tables/{name}.xlsx")
    assert "Regular,Early bird,2,198.00" in organiser.get(f"{team}/tickets/tables/prices.csv").text
    data = organiser.get(f"{team}/orders.xlsx").data
    assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row == 3


def test_several_orders_are_confirmed_by_a_sentence_and_done_by_the_worker(client, edition):
    office = client(make_member(edition, Role.BOX_OFFICE))
    (product,) = database.session.query(Product).all()
    paid, unpaid = pay(place(edition, product)), place(edition, product, method=Method.CASH)
    way = f"/{edition.slug}/team/orders/many"
    both = {"order": [paid.code, unpaid.code]}
    office.get(f"/{edition.slug}/team/orders/")
    office.post(way, {"deed": "nonsense"}, status=400)
    office.post(way, {"deed": "remind"})
    page = office.post(way, {"deed": "remind"} | both, status=200).text
    assert "One buyer gets a reminder now." in page
    assert "does not need it" in page
    assert unpaid.state is OrderState.PLACED
    office.post(way, {"deed": "paid", "sure": "1"} | both)
    office.post(way, {"deed": "write", "sure": "1", "subject": ""} | both, status=422)
    said = {"deed": "write", "sure": "1", "subject": "Doors", "text": "At eight."}
    office.post(way, said | both)
    jobs.run_waiting()
    database.session.expire_all()
    assert unpaid.state is OrderState.PAID
    assert database.session.query(Message).filter_by(kind="order_note").count() == 2
