"""The shop of the world: something of every kind, an order in every state that shows a form."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cfp.billing.models import Method
from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets.links import order_token, waiting_token
from cfp.tickets.models import Audience, Order, Product, ProductKind, Proof, ProofFile, Quota
from cfp.tickets.service import changes, checkout, holding, proofs, waiting
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.checkout import Who
from cfp.tickets.service.holding import Asked
from tests.bad_input.rows import rows_of
from tests.tickets.selling import (
    MILA,
    NOW,
    add,
    basket,
    hold,
    make_audience,
    make_product,
    make_quota,
    make_rule,
    make_shop,
    make_voucher,
    pay,
    place,
)

if TYPE_CHECKING:
    from tests.bad_input.world import World

FAR = 900  # no id of ours
PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"
BUYING = ("", "people/", "invoice/", "payment/")
BOUGHT = ("", "people/", "cancel/", "paper/", "bill/")


def sell(world: World) -> None:
    """Orders that are held, over, placed, paid, to be given back; one product is sold out."""
    here = make_shop(world.here, takes_cash=True)
    hall = make_quota(here)
    make_product(here, name="Never sold")  # so that one can be removed
    regular = make_product(here, hall)
    other = make_product(here, hall, name="Day pass", tiers=[("Day", 5000, None, None)])
    gone = make_product(here, make_quota(here, 0, "Nothing"), name="Sold out")
    students = make_audience(here)
    students.proof = Proof.UPLOAD
    make_product(here, name="T-shirt", kind=ProductKind.THING, tiers=[("One", 2500, None, None)])
    make_voucher(here, products=[regular])
    make_rule(here, 30, 5000, product_id=other.id)
    held = hold(here, regular, 2)
    checkout.bill_to(held, MILA, at=NOW)
    over = hold(here, regular, at=NOW - timedelta(hours=1))
    placed, paid = place(here, regular), place(here, regular, 2, method=Method.CASH)
    pay(paid)
    chosen = basket(regular, audience_id=students.id)
    student, _ = holding.hold(here, chosen, Asked("student"), at=NOW)
    checkout.name_people(student, {student.tickets[0].id: Who("Ada")}, at=NOW)
    sent = _students_order(here, regular, students)
    proofs.send(sent, sent.tickets[0], PDF, at=NOW)
    world.letters.append(f"{_page(sent)}tickets/{sent.tickets[0].code}/proof/")
    back = pay(place(here, other), source="bank:2")
    changes.cancel(back, back.tickets, at=NOW)
    for one in (held, over, student):
        world.letters += [f"{_page(one)}{rest}" for rest in BUYING]
    for one in (placed, paid):
        ticket = f"tickets/{one.tickets[0].code}"
        ways = (*BOUGHT, f"{ticket}/pass-on/", f"{ticket}/change/")
        world.letters += [f"{_page(one)}{rest}" for rest in ways]
    one = pay(place(here, regular), source="bank:3")
    world.letters.append(f"{_page(one)}add/")
    world.letters.append(f"/here/tickets/waiting/{gone.code}/")
    line = Chosen(gone.id)
    for name in ("first", "second"):
        entry = waiting.join(
            here, line, name=name, email=f"{name}@example.org", language="en", at=NOW
        )
    world.letters.append(f"/here/tickets/in-line/{entry.code}/{waiting_token(entry)}/")
    make_shop(world.begun)


def _students_order(here: Conference, product: Product, students: Audience) -> Order:
    """Ordered, and a proof is still wanted."""
    chosen = basket(product, audience_id=students.id)
    order, _ = holding.hold(here, chosen, Asked("student who orders"), at=NOW)
    checkout.bill_to(order, MILA, at=NOW)
    checkout.place(order, Method.TRANSFER, at=NOW)
    return order


def sell_there(there: Conference) -> None:
    """A product, its step, its stock, and an order of another edition."""
    quota = Quota(id=FAR, conference_id=make_shop(there).id, name="Hall", size=9, taken=0)
    ticket = place(there, make_product(there, quota, id=FAR)).tickets[0]
    add(
        ProofFile(
            conference_id=there.id, ticket_id=ticket.id, media_type="application/pdf", data=PDF
        )
    )


def _page(order: Order) -> str:
    return f"/here/orders/{order.code}/{order_token(order)}/"


def sold_here(world: World) -> dict[str, list[str]]:
    """By which names our own addresses find what is sold."""
    orders = db.session.query(Order).filter_by(conference_id=world.here.id).order_by(Order.id)
    products = rows_of(Product, world.here)
    return {
        "order": [order.code for order in orders],
        "product": [product.code for product in products],
        "proof": [one.code for one in rows_of(ProofFile, world.here)],
    }


def sold_there(there: Conference) -> dict[str, list[str]]:
    """By which names an address could ask for what another edition sells."""
    order = db.session.query(Order).filter_by(conference_id=there.id).order_by(Order.id).first()
    assert order is not None
    ticket = order.tickets[0]
    return {
        "code": [order.code, ticket.product.code],
        "ticket_code": [ticket.code],
        "token": [order_token(order)],
        "proof": [one.code for one in db.session.query(ProofFile).filter_by(ticket_id=ticket.id)],
        "thing_id": [str(FAR)],
        "tier_id": [str(ticket.tier_id)],
    }
