"""Cash at the end of a day: what should be in a box, and what is."""

from datetime import date, timedelta

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from cfp.access import Role
from cfp.billing.models import Method
from cfp.tickets.models import TillCount
from cfp.tickets.service import changes, desk, payments, tills
from cfp.tickets.service.desk import Sale
from cfp.tickets.service.shelf import shelf_of
from cfp.tickets.till import Box, Move, boxes, together
from tests.make import make_member, make_person
from tests.tickets.doors import NINE
from tests.tickets.selling import basket, make_product, make_quota, make_shop, pay, place
from tests.visitor import rows

MONDAY = date(2027, 5, 10)
CENTS = st.integers(0, 10**6)


def test_a_night_belongs_to_the_day_before_and_nobody_known_has_a_line_of_their_own():
    late = NINE + timedelta(hours=18)
    found = boxes(
        [Move(NINE, 1, 500), Move(late, 1, -200), Move(NINE, None, 70)], {}, "Europe/Berlin"
    )
    assert found == {(MONDAY, None): Box(taken=70), (MONDAY, 1): Box(taken=500, back=200)}


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(-(10**5), 10**5).filter(bool))), CENTS, CENTS
)
def test_boxes_hold_what_went_in_less_what_went_out_and_together_they_hold_all(
    moves, start, counted
):
    counts = {(MONDAY, 0): Box(start=start, counted=counted)}
    found = boxes([Move(NINE, who, cents) for who, cents in moves], counts, "Europe/Berlin")
    for (day, who), box in found.items():
        put_in = start if who == 0 else 0
        assert day == MONDAY
        assert box.expected == put_in + sum(cents for one, cents in moves if one == who)
        assert box.difference == (counted - box.expected if who == 0 else None)
    assert together(found.values()).expected == start + sum(cents for _who, cents in moves)


def sell(shop, person, product, key, at=NINE):
    sale = Sale(key, basket(product))
    return desk.sell(shop, sale, at=at, by=person, shelf=shelf_of(shop))[0]


def test_what_each_took_and_gave_back_in_cash_and_nothing_else_is_in_their_box(shop, regular):
    olga, paul = make_person("Olga"), make_person("Paul")
    first = sell(shop, olga, regular, "one")
    sell(shop, paul, regular, "two")
    pay(place(shop, regular))  # by transfer
    changes.cancel(first, first.live, at=NINE, by=olga, in_full=True)
    payments.give_back(first, 19_900, Method.CASH, source="hand:1", at=NINE, by=paul)
    tills.count(
        shop, paul.id, MONDAY, Box(start=5000, counted=4900, note="a euro"), by=olga, at=NINE
    )
    assert tills.boxes_of(shop) == {
        (MONDAY, olga.id): Box(taken=19_900),
        (MONDAY, paul.id): Box(19_900, 19_900, 5000, 4900, "a euro"),
    }
    tills.count(shop, paul.id, MONDAY, Box(start=5000, counted=5000), by=paul, at=NINE)
    assert tills.boxes_of(shop)[MONDAY, paul.id].difference == 0
    assert rows(TillCount) == 1
    assert [line[1] for line in tills.table(shop)[1]] == ["Olga", "Paul"]


def test_the_box_office_counts_and_the_treasurer_sees_what_is_missing(client, house):
    with time_machine.travel(NINE, tick=False):
        shop = make_shop()
        paul = make_member(shop, Role.BOX_OFFICE)
        sell(shop, paul, make_product(shop, make_quota(shop)), "one")
        office, treasurer = client(paul), client(make_member(shop, Role.TREASURER))
        way = f"/{shop.slug}/team/doors/cash/"
        assert "not counted" in office.get(way).text
        assert len(office.statements) <= 12
        sent = {"who": paul.id, "start": "100", "counted": "298,50", "note": "=1+1"}
        office.post(f"{way}2027-05-10/", sent)
        office.post(f"{way}2027-05-10/", sent | {"counted": "much"}, status=422)
        office.post(f"{way}2027-05-10/", sent | {"who": 99}, status=422)
        shown = treasurer.get(f"{way}2027-05-10/").text
        assert "€0.50 missing" in shown
        assert "Find somebody" not in shown
        assert "'=1+1" in treasurer.get(way.rstrip("/") + ".csv").text
        for wrong in ("2027-05-11", "20270510", "today"):
            office.get(f"{way}{wrong}/", status=404)
        assert "No cash on this day" in office.get(f"{way}2027-05-01/").text
