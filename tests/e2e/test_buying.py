"""A guest buys on a phone: impatient, in two tabs, back and forth; and pays what was seen."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.audit import audit
from tests.e2e.human import Human, told
from tests.e2e.installation import EDITION

ORGANISER = "organiser@example.org"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def choose(buyer: Human, name: str, number: str = "1") -> None:
    one = buyer.page.get_by_role("listitem").filter(has_text=name)
    one.get_by_role("combobox").first.select_option(number)


def test_from_the_shop_to_the_ticket_on_a_phone(somebody):
    buyer, faults = somebody(**PHONE), []
    buyer.open(f"/{EDITION}/tickets/")
    choose(buyer, "Regular")
    choose(buyer, "T-shirt")
    buyer.press("Continue")
    buyer.is_at("Who comes?")
    people = buyer.page.url
    faults += audit(buyer.page, people, thoroughly=True)
    buyer.page.set_viewport_size(PHONE["viewport"])
    buyer.fill(Name="Nora Neu")
    buyer.page.get_by_label("Food").select_option("vegan")
    buyer.press("Continue")
    buyer.is_at("Who pays?")
    faults += audit(buyer.page, buyer.page.url, thoroughly=True)
    buyer.page.set_viewport_size(PHONE["viewport"])
    buyer.fill(E_mail="nora@example.org")
    buyer.press("Continue")
    buyer.is_at("Look at it once more")
    payment = buyer.page.url

    # Back with the browser's button, and forward again: nothing is lost, nothing bought twice.
    buyer.page.go_back()
    buyer.page.go_back()
    expect(buyer.page.get_by_label("Name").first).to_have_value("Nora Neu")
    other = buyer.new_tab(payment)
    faults += audit(buyer.page, payment, thoroughly=True)
    buyer.page.set_viewport_size(PHONE["viewport"])
    buyer.page.get_by_label("Bank transfer").check()
    buyer.page.get_by_role("button", name=re.compile("^Buy for")).dblclick()
    buyer.is_at("Thank you. Now the payment")
    buyer.reads("Nora Neu")
    order = buyer.page.url
    other.get_by_role("button", name=re.compile("^Buy for")).click()  # the second tab
    expect(other.get_by_role("heading", level=1)).to_have_text("Thank you. Now the payment")
    assert other.url == order
    other.close()

    office = somebody()
    office.sign_in(ORGANISER)
    office.open(f"/{EDITION}/team/orders/?q=nora@example.org")
    assert office.page.locator("tbody tr").count() == 1
    office.page.locator("tbody th a").first.click()
    office.page.get_by_text("Write money down").click()
    office.fill(EUR="169")
    office.press("It has come")
    office.reads("€169.00 are written down.")
    buyer.open(order)
    buyer.is_at("Your tickets")
    buyer.reads("valid")
    assert not faults, told(faults)
