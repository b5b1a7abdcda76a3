"""Students show that they study: sent, looked at, deleted."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import OrderState, Proof, ProofFile
from cfp.tickets.proof_file import MOST_BYTES, taken_in
from cfp.tickets.service import changes, checkout, holding, proofs
from cfp.tickets.service.holding import Asked
from tests.make import make_member, make_person
from tests.tickets.buyer import Guest
from tests.tickets.selling import (
    MILA,
    NOW,
    basket,
    letters,
    make_audience,
    make_product,
    make_quota,
    make_shop,
    pay,
)

PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"
DAY = timedelta(days=1)


def picture(kind="PNG", size=(60, 40)):
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, kind)
    return target.getvalue()


def students_of(shop, **values):
    students = make_audience(shop)
    students.proof, students.proof_by = Proof.UPLOAD, NOW + 20 * DAY
    for name, value in values.items():
        setattr(students, name, value)
    return students


def student_order(shop, product, students, key="student"):
    order, _ = holding.hold(shop, basket(product, audience_id=students.id), Asked(key), at=NOW)
    checkout.bill_to(order, MILA, at=NOW)
    checkout.place(order, order.method or checkout.Method.TRANSFER, at=NOW)
    return order


@pytest.fixture
def order(shop, regular):
    return student_order(shop, regular, students_of(shop))


@pytest.fixture
def by(db):
    return make_person("Bo Office")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_and_nothing_else_of_the_file_is_kept(kind):
    kept = taken_in(picture(kind) + b"<script>alert(1)</script>")
    assert kept.sort.media_type == "image/jpeg"
    assert b"script" not in kept.data
    assert Image.open(BytesIO(kept.data)).size == (60, 40)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "choose a file"),
        (b"<svg onload='x'/>", "none of the files"),
        (picture()[:20], "cannot be read"),
        (b"%PDF-1.7 and no end", "not complete"),
        (bytes(MOST_BYTES + 1), "at most 5 MB"),
    ],
)
def test_what_is_no_proof_by_its_content_is_refused_in_words(sent, why):
    with pytest.raises(Refused, match=why):
        taken_in(sent)


def test_a_proof_that_was_seen_is_deleted(order, by):
    proofs.send(order, order.tickets[0], PDF, at=NOW)
    proofs.accept(database.session.query(ProofFile).one(), by=by, at=NOW)
    assert order.tickets[0].proof_seen_at == NOW
    assert database.session.query(ProofFile).count() == 0


def test_one_that_is_refused_is_deleted_and_another_can_be_sent(order, by):
    proofs.send(order, order.tickets[0], PDF, at=NOW)
    proof = database.session.query(ProofFile).one()
    proofs.refuse(proof, "Too dark", by=by, at=NOW)
    assert (proof.data, letters()[-1]) == (None, "proof_refused")
    proofs.send(order, order.tickets[0], picture(), at=NOW + DAY)
    assert (proof.media_type, proof.refused_why) == ("image/jpeg", "")


def test_after_its_day_it_is_for_the_desk(order):
    with pytest.raises(Refused, match="desk"):
        proofs.send(order, order.tickets[0], PDF, at=NOW + 21 * DAY)


def test_who_has_not_sent_one_is_reminded_a_week_before_and_once(shop, regular, order):
    sent = student_order(shop, regular, order.tickets[0].audience, "second")
    proofs.send(sent, sent.tickets[0], PDF, at=NOW)
    assert proofs.remind(NOW) == 0
    assert [proofs.remind(NOW + 14 * DAY) for _ in range(2)] == [1, 0]
    assert letters().count("proof_wanted") == 1


def test_without_a_proof_the_difference_is_to_be_paid(shop, regular, order, by):
    pay(order)
    new = proofs.charge_the_difference(order, order.tickets[0], by=by, at=NOW)
    assert (new.audience, order.state) == (None, OrderState.OWING)
    assert order.receivable.balance.cents == 9900 - 4950


def test_what_was_sent_is_forgotten_with_its_ticket_and_with_the_conference(shop, order):
    proofs.send(order, order.tickets[0], PDF, at=NOW)
    assert proofs.forget(NOW) == 0
    changes.cancel(order, order.tickets, at=NOW)
    assert proofs.forget(NOW) == 1


def test_a_student_sends_a_proof_and_the_team_looks_at_it(client, house):
    with time_machine.travel(NOW, tick=False):
        edition = make_shop()
        product = make_product(edition, make_quota(edition, 9))
        students = students_of(edition)
        guest = Guest(client(), edition.slug)
        guest.look()
        chosen = {"key": "k" * 20, f"n-{product.code}-{students.id}": "1"}
        people = guest.send(f"{guest.here}/tickets/", chosen)
        payment = guest.send(guest.name(people, "Ada"), {"name": "Ada", "email": "ada@example.org"})
        page = guest.send(payment, {"method": "transfer"})
        assert "Send a proof" in guest.visitor.get(page).text
        (ticket,) = database.session.query(checkout.Ticket).all()
        way = f"{page}tickets/{ticket.code}/proof/"
        guest.visitor.get(way)
        guest.send(way, {"proof": (BytesIO(b"no"), "card.png")}, status=422)
        guest.send(way, {"proof": (BytesIO(picture()), "card.png")})
        assert "somebody will look at it" in guest.visitor.get(way).text
        office = client(make_member(edition, Role.BOX_OFFICE))
        team = f"/{edition.slug}/team/tickets/proofs/"
        assert "Ada" in office.get(team).text
        proof = database.session.query(ProofFile).one()
        answer = office.get(f"{team}{proof.code}/file")
        assert "attachment" in answer.headers["Content-Disposition"]
        office.post(f"{team}{proof.code}/refuse", {"why": ""}, status=422)
        office.post(f"{team}{proof.code}/refuse", {"why": "Too dark"})
        office.get(f"{team}{proof.code}/file", status=404)
        assert "Too dark" in guest.visitor.get(way).text
        guest.send(way, {"proof": (BytesIO(picture()), "card.png")})
        office.post(f"{team}{proof.code}/accept")
        assert "was seen" in guest.visitor.get(page).text
        assert "No proof waits" in office.get(team).text
        office.get(f"/{edition.slug}/team/orders/{ticket.order.code}/")
