"""Tickets and badges on paper, read back as a camera and a reader would."""

import io
import re
from datetime import date, timedelta

import pypdf
import pytest
import sqlalchemy as sa
import time_machine
import zxingcpp
from icalendar import Calendar

from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.jobs import service as jobs
from cfp.mail.delivery import as_email
from cfp.mail.models import Message
from cfp.tickets import diary, paper_jobs
from cfp.tickets.links import ticket_secret
from cfp.tickets.models import PrintKind, Printout
from cfp.tickets.service import badges, changes, printing
from tests.make import make_person
from tests.tickets.doors import make_holder
from tests.tickets.selling import NOW, make_product, place
from tests.visitor import rows


@pytest.fixture(autouse=True)
def today():
    """The worker asks for the time itself."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ticket(shop, regular):
    ticket = make_holder(shop, regular)
    ticket.name, ticket.company = "Özgür Çelik 李", "Stadttheater"
    database.session.flush()
    return ticket


def read(data):
    """(text, what is scanned) of each page of a PDF."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        drawn = re.findall(rb"/(\S+) Do", page.get_contents().get_data())
        pictures = [page.images[f"/{name.decode()}"].image for name in drawn]
        codes = [zxingcpp.read_barcodes(picture)[0].text for picture in pictures]
        found.append((page.extract_text(), codes))
    return found


def printouts(kind=PrintKind.TICKETS):
    database.session.expire_all()
    return database.session.scalars(sa.select(Printout).where(Printout.kind == kind)).all()


def test_each_ticket_has_a_page_with_its_name_and_a_code_that_a_camera_reads(shop, hall, regular):
    order = make_holder(shop, regular, number=3).order
    paper_jobs.print_due()
    pages = read(printouts()[0].data)
    assert len(pages) == 3
    for ticket, (text, codes) in zip(order.tickets, pages, strict=True):
        assert codes == [ticket_secret(ticket)]
        assert ticket.name in text
        assert ticket.code in text


def test_names_are_printed_in_whatever_letters_they_are_written(ticket):
    paper_jobs.print_due()
    text, _codes = read(printouts()[0].data)[0]
    assert "Özgür Çelik 李" in text
    assert "Stadttheater" in text


def test_a_paid_order_is_printed_and_mailed_once(ticket):
    assert paper_jobs.is_due(NOW)
    assert [paper_jobs.print_due() for _ in range(3)] == [1, 0, 0]
    assert not paper_jobs.is_due(NOW)
    message = database.session.scalars(
        sa.select(Message).where(Message.kind == "order_tickets")
    ).one()
    mail = as_email(message, "callboard@example.org")
    pdf, calendar = mail.iter_attachments()
    assert read(pdf.get_content())[0][1] == [ticket_secret(ticket)]
    assert (pdf.get_content_type(), calendar.get_content_type()) == (
        "application/pdf",
        "text/calendar",
    )


def test_what_is_not_paid_is_not_printed(shop, regular):
    order = place(shop, regular)
    assert paper_jobs.print_due() == 0
    printing.ask(order, at=NOW)
    jobs.run_waiting()
    assert rows(Printout) == 0


def test_an_edition_that_is_over_prints_nothing(shop, ticket):
    assert not printing.is_due(NOW + timedelta(days=300))


def test_passed_on_the_paper_is_old_until_it_is_printed_anew(ticket):
    order = ticket.order
    paper_jobs.print_due()
    assert printing.is_current(printing.printout_of(order), order)
    changes.pass_on(order, ticket, "Ida Neu", "ida@example.org", at=NOW)
    assert not printing.is_current(printing.printout_of(order), order)
    printing.ask(order, at=NOW)
    jobs.run_waiting()
    assert read(printouts()[0].data)[0][1] == [ticket_secret(ticket)]
    assert len(printouts()) == 1


def test_an_order_of_which_everything_is_cancelled_has_no_paper(ticket):
    changes.cancel(ticket.order, [ticket], at=NOW)
    assert printing.printable(ticket.order) == []
    assert paper_jobs.print_due() == 0


@pytest.mark.parametrize(
    ("days", "stretches"),
    [
        ([], []),
        ([10, 11], [(10, 11)]),
        ([11, 10, 10], [(10, 11)]),
        ([10, 12, 13], [(10, 10), (12, 13)]),
    ],
)
def test_days_that_follow_each_other_are_one_entry(days, stretches):
    found = diary.spans([date(2027, 5, day) for day in days])
    assert [(a.day, b.day) for a, b in found] == stretches


def test_the_calendar_has_the_days_of_the_conference_the_last_one_included(shop, ticket):
    shop.venue, shop.city = "Old Theatre; stage door", "Berlin"
    event = Calendar.from_ical(diary.calendar_of(ticket.order, NOW)).events[0]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 5, 10), date(2027, 5, 12))
    assert str(event["location"]) == "Old Theatre; stage door, Berlin"
    again = Calendar.from_ical(diary.calendar_of(ticket.order, NOW + timedelta(days=1))).events[0]
    assert event["uid"] == again["uid"]


def test_a_day_pass_is_entered_for_its_day(shop, hall):
    ticket = make_holder(shop, make_product(shop, hall, name="Tuesday", days=["2027-05-11"]))
    event = Calendar.from_ical(diary.calendar_of(ticket.order, NOW)).events[0]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 5, 11), date(2027, 5, 12))


def badged(shop, **wishes):
    wishes = {"order": "name", "product": "", "sheet": "eight"} | wishes
    badges.ask(shop, make_person(), NOW, **wishes)
    jobs.run_waiting()
    return read(printouts(PrintKind.BADGES)[0].data)


def people(shop, product, *names):
    tickets = []
    for name, company in names:
        ticket = make_holder(shop, product)
        ticket.name, ticket.company = name, company
        tickets.append(ticket)
    database.session.flush()
    return tickets


@pytest.mark.parametrize(
    ("order", "first"),
    [("name", ["Ada", "bo", "Cy"]), ("company", ["Cy", "Ada", "bo"])],
)
def test_badges_lie_in_the_order_of_the_desk(shop, regular, order, first):
    people(shop, regular, ("bo", "Zirkus"), ("Ada", "theatre"), ("Cy", "Opera"))
    text, _codes = badged(shop, order=order)[0]
    assert sorted(first, key=text.index) == first


def test_each_badge_opens_the_door(shop, regular):
    tickets = people(shop, regular, *((f"Person {n}", "") for n in range(5)))
    pages = badged(shop, sheet="four")
    assert len(pages) == 2
    assert sorted(code for _text, codes in pages for code in codes) == sorted(
        map(ticket_secret, tickets)
    )


def test_badges_of_one_product_and_of_nobody_who_has_not_paid(shop, hall, regular):
    speakers = make_product(shop, hall, name="Speakers")
    people(shop, regular, ("Ada", ""))
    people(shop, speakers, ("Bo", ""))
    place(shop, regular)
    ((text, codes),) = badged(shop, product=speakers.code)
    assert "Bo" in text
    assert len(codes) == 1
    ((text, codes),) = badged(shop)
    assert len(codes) == 2
    assert len(printouts(PrintKind.BADGES)) == 1


def test_a_long_name_stays_on_its_badge(shop, regular):
    long = "Johann Wolfgang von der Lichtgestaltungsgesellschaft " * 2
    people(shop, regular, (long[:120].strip(), "Gesellschaft für Bühnenbeleuchtungswesen"))
    assert len(badged(shop)) == 1


def test_no_badges_at_all_are_an_empty_sheet_and_no_failure(shop):
    assert database.session.get(Conference, shop.id) is not None
    assert badged(shop)[0][1] == []
