"""Tickets in hand: bought on a phone; and the evening on which another phone scans them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.audit import audit
from tests.e2e.human import Human, told
from tests.e2e.installation import EDITION, ROOT

ORGANISER = "organiser@example.org"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
TELL = """
from cfp import create_app
from cfp.db import db
from cfp.tickets.links import ticket_secret
from cfp.tickets.models import Order, OrderState, Ticket, TicketState
with create_app().app_context():
    found = db.session.query(Ticket).join(Order).filter(
        Order.state == OrderState.PAID, Ticket.state == TicketState.LIVE,
        Ticket.belongs_to_id.is_(None)).order_by(Ticket.id).limit(3)
    for ticket in found:
        print(ticket_secret(ticket), ticket.code, ticket.name, sep="\\t")
"""


@pytest.fixture(scope="module")
def tickets(installation):
    """(secret, code, name) of three people with paid tickets."""
    found = subprocess.run(
        [sys.executable, "-c", TELL], cwd=ROOT, env=installation.environment,
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [line.split("\t") for line in found.stdout.splitlines()]


@pytest.fixture
def link(somebody):
    """The organiser adds a door and a scanner; the link is what the phone gets."""
    organiser = somebody()
    organiser.sign_in(ORGANISER)
    organiser.open(f"/{EDITION}/team/doors/scanners/")
    organiser.fill(Name_of_the_scanner="Adas Handy")
    organiser.press("Add a scanner")
    organiser.is_at("Scanner “Adas Handy”")
    return organiser.page.get_by_role("link", name="Scan with this device").get_attribute("href")


def answered(phone: Human, colour: str, *words: str) -> None:
    verdict = phone.page.locator("#verdict")
    expect(verdict).to_be_visible()
    expect(verdict).to_have_class(re.compile(f"is-{colour}"))
    for word in words:
        expect(verdict).to_contain_text(word)
    verdict.click()


def typed(phone: Human, text: str) -> None:
    """As a hand scanner types: without looking where, and with Enter at the end."""
    phone.page.keyboard.type(text)
    phone.page.keyboard.press("Enter")


def test_the_evening_of_the_box_office(somebody, installation, link, tickets):
    (first, _code, name), (second, _code2, other), _third = tickets
    phone = somebody(**PHONE)
    phone.open(link)
    expect(phone.page.locator("#known")).to_contain_text("tickets known")
    assert "#" not in phone.page.url  # the token does not stay in the address

    typed(phone, first)
    answered(phone, "good", name)
    typed(phone, first)
    answered(phone, "bad", name, "Already in since")
    typed(phone, "A" * 32)
    answered(phone, "bad", "No ticket of this conference has this code.")

    phone.page.get_by_label("Name, order or code").fill(other)
    phone.press("Search")
    expect(phone.page.locator("#found li").first).to_contain_text(other)

    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    phone.complaints_begin = len(phone.complaints)
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    typed(phone, second)
    answered(phone, "good", other, "No connection")
    typed(phone, second)
    answered(phone, "bad", other, "Already in since")
    expect(phone.page.locator("#known")).to_contain_text("1 wait to be reported")

    phone.context.set_offline(False)
    phone.page.reload()
    expect(phone.page.locator("#known")).to_contain_text("tickets known")
    typed(phone, second)
    answered(phone, "bad", other, "Already in since")
    del phone.complaints[phone.complaints_begin :]  # what a browser says of a lost connection


def test_a_revoked_phone_forgets_whom_it_knew(somebody, link, tickets):
    phone = somebody()
    phone.open(link)
    expect(phone.page.locator("#known")).to_contain_text("tickets known")
    organiser = somebody()
    organiser.sign_in(ORGANISER)
    organiser.open(f"/{EDITION}/team/doors/scanners/")
    for row in organiser.page.get_by_role("button", name="Revoke").all()[:1]:
        row.click()
        organiser.page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    phone.expected = {401}
    typed(phone, tickets[2][0])
    answered(phone, "bad", "This scanner was revoked.")
    facts = """() => new Promise((done) => {
      const name = "callboard-door:" + location.pathname;
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        const all = request.result.transaction("facts").objectStore("facts").getAll();
        all.onsuccess = () => done(all.result.length);
      };
    })"""
    assert phone.page.evaluate(facts) == 0


def test_the_camera_reads_a_code_without_a_detector_of_the_browsers(
    launch, installation, link, tickets, tmp_path
):
    secret, _code, name = tickets[2]
    film = tmp_path / "code.mjpeg"
    picture = io.BytesIO()
    segno.make(secret, error="m", micro=False).save(picture, kind="png", scale=12, border=6)
    scene = Image.new("RGB", (640, 480), "white")
    code = Image.open(picture).convert("RGB")
    scene.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    scene.save(film, "JPEG", quality=95)
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    browser = launch(*camera)
    phone = Human(browser, installation)
    phone.open(link)
    expect(phone.page.locator("#known")).to_contain_text("tickets known")
    phone.press("Start the camera")
    answered(phone, "good", name)
    time.sleep(1)  # the same code, still before the camera, is the same person
    expect(phone.page.locator("#verdict")).to_be_hidden()
    assert phone.end() == []
    browser.close()


# Buying


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
    faults += audit(buyer.page, people)
    buyer.page.set_viewport_size(PHONE["viewport"])
    buyer.fill(Name="Nora Neu")
    buyer.page.get_by_label("Food").select_option("vegan")
    buyer.press("Continue")
    buyer.is_at("Who pays?")
    faults += audit(buyer.page, buyer.page.url)
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
    faults += audit(buyer.page, payment)
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
    office.press("It has come")
    office.reads("€169.00 are written down.")
    buyer.open(order)
    buyer.is_at("Your tickets")
    buyer.reads("valid")
    assert not faults, told(faults)


def test_a_visitor_without_a_ticket_pays_at_the_desk_and_has_a_badge(somebody):
    office = somebody(**PHONE)
    office.sign_in(ORGANISER)
    office.open(f"/{EDITION}/team/doors/sell/")
    choose(office, "Regular", "2")
    office.reads("Cash: €298.00")
    office.page.get_by_label("Names").fill("Nora Neu\n\nBo Vine")
    office.page.get_by_role("button", name="Cash is here: sell").dblclick()
    office.page.wait_for_url("**/badges/**")
    office.reads("€298.00 in cash.")
    assert office.page.locator(".badge-alone").all_inner_texts()[1].count("Bo Vine") == 1
    office.page.emulate_media(media="print")
    expect(office.page.locator(".badge-alone").first).to_be_visible()
    expect(office.page.get_by_role("heading", level=1)).to_be_hidden()
