"""Files of sales: tables as people have them, and pretix' exports."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.sold import BrokenFile
from cfp.catering.sold.reading import read_sales
from cfp.catering.sold.sale import Why

ZONE = "Europe/Berlin"


def read(text: str):
    return read_sales(text.encode(), ZONE)


def test_a_table_of_tickets():
    [sale] = read(
        "order time,product,tier,price,checked in\n2026-03-01 12:30:00,Regular,Early,199.00,yes\n"
    )
    assert sale.ordered_at == datetime(2026, 3, 1, 11, 30, tzinfo=UTC)
    assert (sale.kind, sale.cents, sale.product, sale.tier, sale.came) == (
        TicketClass.PAID,
        19900,
        "Regular",
        "Early",
        True,
    )


@pytest.mark.parametrize(
    ("price", "cents"),
    [
        ("199", 19900),
        ("199.5", 19950),
        ("199,50", 19950),
        ("1.234,50 €", 123450),
        ("EUR 1,234.50", 123450),
        ("1,234", 123400),
        ("0", 0),
        ("", 0),
    ],
)
def test_prices_as_people_write_them(price, cents):
    [sale] = read(f'Order date;Price\n2026-03-01;"{price}"\n')
    assert sale.cents == cents


@pytest.mark.parametrize(
    "moment",
    ["2026-03-01T12:30:00+01:00", "2026-03-01 12:30", "01.03.2026 12:30", "01.03.2026 12:30:00"],
)
def test_order_times_as_people_write_them(moment):
    [sale] = read(f"datetime\tprice\n{moment}\t1\n")
    assert sale.ordered_at == datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


def test_date_and_time_may_stand_apart():
    [sale] = read("Order date,Order time,Price\n2026-03-01,12:30:00,1\n")
    assert sale.ordered_at == datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "came"),
    [
        ("yes", True),
        ("2026-05-04 09:01", True),
        ("no", False),
        ("0", False),
        ("", None),
        ("?", None),
    ],
)
def test_who_came_is_yes_no_or_unknown(word, came):
    [sale] = read(f"date,price,checked in\n2026-03-01,1,{word}\n")
    assert sale.came is came


def test_what_was_cancelled_is_not_sold():
    assert len(read("date,price,status\n2026-03-01,1,paid\n2026-03-01,1,canceled\n")) == 1


@pytest.mark.parametrize(
    ("product", "price", "voucher", "kind"),
    [
        ("Speaker ticket", "0", "", TicketClass.SPEAKER),
        ("Helfer", "0", "", TicketClass.CREW),
        ("Sponsor", "0", "X", TicketClass.SPONSOR),
        ("Regular", "0", "FRIEND", TicketClass.CODE),
        ("Regular", "0", "", TicketClass.FREE),
        ("Regular", "5", "FRIEND", TicketClass.PAID),
    ],
)
def test_the_class_is_told_by_product_price_and_voucher(product, price, voucher, kind):
    [sale] = read(f"date,price,product,voucher\n2026-03-01,{price},{product},{voucher}\n")
    assert sale.kind is kind


def test_marks_blank_lines_and_columns_of_no_interest_do_not_matter():
    text = "\ufeffName,Date,Price\r\nMila,2026-03-01,1\r\n,,\r\n\r\n"
    assert len(read(text)) == 1


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write_is_read(code, ending):
    text = ending.join(["Datum;Preis;Produkt", "01.03.2026;199,00;Förderer\0", ""])
    [sale] = read_sales(text.encode(code), ZONE)
    assert (sale.product, sale.cents) == ("Förderer", 19900)


@pytest.mark.parametrize(
    ("text", "why", "entry"),
    [
        ("", Why.EMPTY, 0),
        ("a,b\n1,2\n", Why.NO_COLUMNS, 0),
        ("date,price\n", Why.NOTHING_SOLD, 0),
        ("date,price\nsoon,1\n", Why.NO_TIME, 2),
        ("date,price\n0001-01-01,1\n", Why.NO_TIME, 2),
        ("date,price\n2026-03-01,1\n2026-03-01,abc-1\n", Why.NO_PRICE, 3),
        ("date,price\n2026-03-01,-5\n", Why.NO_PRICE, 2),
        ("date,price\n2026-03-01,99999999999\n", Why.NO_PRICE, 2),
        ("PK\x03\x04", Why.SPREADSHEET, 0),
        ("%PDF-1.7", Why.PDF, 0),
        ("{", Why.NO_JSON, 0),
        ("[" * 100_000, Why.NO_JSON, 0),
        ('{"orders": ' + "9" * 5000 + "}", Why.NO_JSON, 0),
        ('date,price\n2026-03-01,"' + "1" * 140_000, Why.NO_TABLE, 2),
        ('{"event": 3}', Why.NO_ORDERS, 0),
        ('{"event": {"orders": 3}}', Why.NO_ORDERS, 0),
    ],
)
def test_what_holds_no_sales_is_said(text, why, entry):
    with pytest.raises(BrokenFile) as broken:
        read(text)
    assert (broken.value.why, broken.value.entry) == (why, entry)


ORDER = {
    "code": "ABCDE",
    "status": "p",
    "datetime": "2026-03-01T11:30:00Z",
    "email": "mila@example.org",
    "positions": [
        {"item": 1, "variation": 7, "price": "199.00", "checkins": [{"list": 1}]},
        {"item": 2, "price": "20.00", "addon_to": 1},
        {"item": 1, "price": "199.00", "canceled": True},
    ],
}
ITEMS = [
    {
        "id": 1,
        "name": {"de": "Ticket", "en": "Regular"},
        "variations": [{"id": 7, "value": {"en": "Early bird"}}],
    },
    {"id": 2, "name": "Workshop", "admission": False},
]


@pytest.mark.parametrize(
    "file",
    [
        {"event": {"items": ITEMS, "orders": [ORDER]}},
        {"orders": [ORDER], "items": ITEMS},
    ],
)
def test_pretix_export_of_orders(file):
    [sale] = read(json.dumps(file))
    assert (sale.product, sale.tier, sale.cents, sale.came) == (
        "Regular",
        "Early bird",
        19900,
        True,
    )


@pytest.mark.parametrize("file", [[ORDER], {"count": 1, "results": [ORDER]}])
def test_the_list_of_orders_of_its_api(file):
    sales = read(json.dumps(file))
    assert [sale.product for sale in sales] == ["1"]


@pytest.mark.parametrize("change", [{"status": "c"}, {"status": "e"}, {"testmode": True}])
def test_orders_that_came_to_nothing_are_left_out(change):
    with pytest.raises(BrokenFile) as broken:
        read(json.dumps({"orders": [ORDER | change]}))
    assert broken.value.why is Why.NOTHING_SOLD


@pytest.mark.parametrize("price", [None, "much", "NaN", "1e400", "-1"])
def test_a_price_in_an_export_that_is_none(price):
    position = ORDER["positions"][0] | {"price": price}
    with pytest.raises(BrokenFile) as broken:
        read(json.dumps({"orders": [ORDER | {"positions": [position]}]}))
    assert broken.value.why is Why.NO_PRICE


@pytest.mark.parametrize(
    "odd", [None, 3, "x\0", [], [[]], {}, {"a": [3]}, True, "\ud800"], ids=repr
)
def test_an_export_with_other_things_in_it_is_read_or_refused(odd):
    """And what is kept or said of it can be stored and shown."""
    position, item = ORDER["positions"][0], ITEMS[0]
    orders = [
        *(ORDER | {name: odd} for name in ORDER),
        *(ORDER | {"positions": [position | {name: odd}]} for name in position),
    ]
    files = [{"orders": [order], "items": ITEMS} for order in orders]
    files += [{"orders": [ORDER], "items": [item | {name: odd}]} for name in item]
    for file in [*files, {"orders": [odd]}, {"orders": odd}, odd, {"results": odd}]:
        try:
            sales = read(json.dumps(file))
        except BrokenFile as broken:
            kept = broken.given
        else:
            kept = "".join(sale.product + sale.tier for sale in sales)
        assert "\0" not in kept.encode().decode()
