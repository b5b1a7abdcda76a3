"""The pages from which buyers fetch their tickets, and the box office its badges."""

import pytest
import time_machine

from cfp.access import Role
from cfp.jobs import service as jobs
from cfp.tickets import paper_jobs
from cfp.tickets.links import order_token
from cfp.tickets.service import changes
from tests.make import make_member
from tests.tickets.doors import make_holder
from tests.tickets.selling import NOW, make_product, make_quota, make_shop, place


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here(house):
    return make_shop()


@pytest.fixture
def product(here):
    return make_product(here, make_quota(here))


def address(order, page):
    return f"/{order.conference.slug}/orders/{order.code}/{order_token(order)}/{page}"


def test_a_buyer_fetches_the_tickets_when_they_are_printed(client, here, product):
    order = make_holder(here, product).order
    buyer = client()
    assert "being printed" in buyer.get(address(order, "paper/")).text
    buyer.get(address(order, "tickets.pdf"), 302)
    paper_jobs.print_due()
    assert "Tickets as PDF" in buyer.get(address(order, "paper/")).text
    pdf = buyer.get(address(order, "tickets.pdf"))
    assert pdf.data.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"].startswith("attachment")


def test_after_a_change_the_old_paper_is_not_handed_out(client, here, product):
    ticket = make_holder(here, product)
    order, buyer = ticket.order, client()
    paper_jobs.print_due()
    changes.pass_on(order, ticket, "Ida Neu", "ida@example.org", at=NOW)
    buyer.get(address(order, "tickets.pdf"), 302)
    assert "Something has changed" in buyer.get(address(order, "paper/")).text
    buyer.post(address(order, "paper/"))
    jobs.run_waiting()
    buyer.get(address(order, "tickets.pdf"))


def test_an_order_that_is_not_paid_has_none(client, here, product):
    page = client().get(address(place(here, product), "paper/")).text
    assert "as soon as the order is paid" in page


def test_the_calendar_comes_at_once(client, here, product):
    order = make_holder(here, product).order
    calendar = client().get(address(order, "tickets.ics"))
    assert calendar.mimetype == "text/calendar"
    assert calendar.text == client().get(address(order, "tickets.ics")).text


@pytest.mark.parametrize("page", ["paper/", "tickets.pdf", "tickets.ics"])
def test_without_the_secret_there_is_no_order(client, here, product, page):
    order = make_holder(here, product).order
    client().get(address(order, page).replace(order_token(order), "A" * 32), 404)


def test_the_box_office_prints_badges_and_fetches_them(client, here, product):
    make_holder(here, product)
    office = client(make_member(here, Role.BOX_OFFICE))
    page = f"/{here.slug}/team/doors/badges"
    assert "No badges yet" in office.get(f"{page}/").text
    office.get(f"{page}.pdf", 404)
    office.post(f"{page}/", {"order": "name", "product": "", "sheet": "eight"})
    assert "being printed" in office.get(f"{page}/").text
    jobs.run_waiting()
    assert "Badges as PDF" in office.get(f"{page}/").text
    assert office.get(f"{page}.pdf").data.startswith(b"%PDF")


def test_badges_are_not_printed_in_an_order_that_nobody_offered(client, here):
    office = client(make_member(here, Role.BOX_OFFICE))
    wrong = {"order": "salary", "product": "", "sheet": "eight"}
    office.post(f"/{here.slug}/team/doors/badges/", wrong, 422)
