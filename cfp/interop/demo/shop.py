"""The demo's shop: tickets in three steps, students, day passes, an evening, some orders."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from io import BytesIO

import sqlalchemy as sa

from cfp import clock
from cfp.billing.models import Method
from cfp.billing.service.account import set_account
from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.tickets.models import (
    Audience,
    Diet,
    DueTo,
    Order,
    PriceTier,
    Product,
    ProductKind,
    Proof,
    Quota,
    RefundRule,
    Shop,
    TaxCategory,
    TaxRate,
)
from cfp.tickets.service import (
    changes,
    checkout,
    holding,
    payments,
    proofs,
    refunding,
    waiting,
)
from cfp.tickets.service.basket import Basket, Chosen
from cfp.tickets.service.checkout import Buyer, Who
from cfp.tickets.service.holding import Asked

EATEN = (*[Diet.ANYTHING] * 4, Diet.VEGETARIAN, Diet.ANYTHING, Diet.VEGAN, Diet.VEGETARIAN)
ALLERGIES = {3: "Peanuts", 11: "Peanuts", 17: "No gluten (coeliac), please"}
ORDERS, IN_CASH = 24, 5
NAMES = ("Mila Sommer", "Jonas Okafor", "Priya Raman", "Lotte de Wit", "Emre Demir", "Ana Ribeiro")


def add_shop(demo: Demo, lot: random.Random) -> None:
    """What is sold, and the first orders since the sale opened."""
    shop = _shop(demo)
    hall, evening = _quota(demo, "Hall", 300), _quota(demo, "Long tables", 160)
    early, late = _end_of(demo, 77), _end_of(demo, 28)
    steps = (("Early bird", 14_900, early, 100), ("Regular", 19_900, late, None))
    regular = _product(demo, "Regular", "Both days, coffee and lunch.", hall, steps)
    _add_step(regular, "Last weeks", 26_900)
    regular.group_least, regular.group_percent = 5, 1000
    supporter = _product(
        demo,
        "Supporter",
        "Costs more, so that somebody else can pay less. Your name on the wall, if you like.",
        hall,
        [("Supporter", 34_900, None, None)],
    )
    for n, day in enumerate(demo.conference.days, 1):
        one = _product(demo, f"Day {n}", "One day.", hall, [("Day pass", 11_900, None, None)])
        one.days = [day.isoformat()]
    free = _product(demo, "Speaker", "For who is on stage.", hall, [("Free", 0, None, None)])
    free.needs_voucher, free.due_to = True, DueTo.SPEAKER
    supper = demo.plan["evening"]
    social = _product(
        demo, supper["title"], supper["description"], evening, [("Supper", 2500, None, None)]
    )
    social.kind, social.tax = ProductKind.SOCIAL, TaxCategory.REDUCED
    shirt = _product(
        demo, "T-shirt", "To collect at the desk.", None, [("Shirt", 2000, None, None)]
    )
    shirt.kind = ProductKind.THING
    seats = _quota(demo, "Workshop seats", 2)
    hands_on = _product(
        demo, "Light, hands on", "An evening at the desk.", seats, [("Seat", 4000, None, None)]
    )
    hands_on.kind = ProductKind.WORKSHOP
    for product in (supporter, social, shirt, free, hands_on):
        product.for_audiences = False
    students = Audience(
        conference_id=demo.conference.id,
        name="Students",
        description="Students, apprentices and PhD candidates. Please send a proof.",
        percent=6000,
        proof=Proof.UPLOAD,
        proof_by=_end_of(demo, 21),
    )
    db.session.add(students)
    db.session.flush()
    orders = _sell(demo, shop, [regular, social, hands_on], students, lot)
    _give_back(demo, orders[3], orders[9])
    db.session.execute(sa.delete(Message).where(Message.kind.like("order_%")))
    _wait(demo, hands_on)


def _shop(demo: Demo) -> Shop:
    here, first = demo.conference, demo.conference.starts_on
    zone = here.timezone
    shop = Shop(
        conference_id=here.id,
        opens_at=demo.at - timedelta(days=20),
        closes_at=clock.from_wall(datetime.combine(first, time(8)), zone),
        takes_cards=True,
        takes_cash=True,
        catering_due_at=_end_of(demo, 14),
        terms="Until four weeks before the doors open all of it comes back, then half of it.",
    )
    db.session.add(shop)
    set_account(here, holder="Verein Seitenbühne", iban="DE02120300000000202051", bic="BYLADEM1001")
    for category, rate in ((TaxCategory.STANDARD, 1900), (TaxCategory.REDUCED, 700)):
        since = first.replace(month=1, day=1)
        row = TaxRate(conference_id=here.id, category=category, rate=rate, starts_on=since)
        db.session.add(row)
    for days, percent in ((28, 10_000), (7, 5000)):
        until = _end_of(demo, days)
        db.session.add(RefundRule(conference_id=here.id, until=until, percent=percent))
    return shop


def _end_of(demo: Demo, days: int) -> datetime:
    """The last second of the day so many days before the first."""
    on = demo.conference.starts_on - timedelta(days=days)
    return clock.from_wall(datetime.combine(on, time(23, 59, 59)), demo.conference.timezone)


def _quota(demo: Demo, name: str, size: int) -> Quota:
    quota = Quota(conference_id=demo.conference.id, name=name, size=size, taken=0)
    db.session.add(quota)
    return quota


def _product(
    demo: Demo,
    name: str,
    description: str,
    quota: Quota | None,
    steps: Sequence[tuple[str, int, datetime | None, int | None]],
) -> Product:
    known = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Product)
        .where(Product.conference_id == demo.conference.id)
    )
    product = Product(
        conference_id=demo.conference.id,
        name=name,
        description=description,
        quotas=[quota] if quota else [],
        position=known or 0,
    )
    db.session.add(product)
    for label, cents, ends_at, at_most in steps:
        _add_step(product, label, cents, ends_at, at_most)
    db.session.flush()
    return product


def _add_step(
    product: Product,
    name: str,
    cents: int,
    ends_at: datetime | None = None,
    at_most: int | None = None,
) -> None:
    tier = PriceTier(name=name, cents=cents, ends_at=ends_at, at_most=at_most, taken=0)
    tier.position = len(product.tiers)
    product.tiers.append(tier)


def _sell(
    demo: Demo, shop: Shop, products: list[Product], students: Audience, lot: random.Random
) -> list[Order]:
    """Orders of made-up people; the letters about them were sent long ago."""
    made = []
    span = demo.at - shop.opens_at
    regular, social, hands_on = products
    for n in range(ORDERS):
        at = shop.opens_at + span * (n + lot.random()) / ORDERS
        is_student, is_last = n % 8 == 7, n == ORDERS - 1
        who = students.id if is_student else None
        lines = [Chosen(regular.id, lot.choice([1, 1, 1, 2]), who)]
        if lot.random() < 0.4:
            lines.append(Chosen(social.id))
        if n < 2:
            lines.append(Chosen(hands_on.id))
        asked = Asked(f"demo:{n}", language=lot.choice(["en", "de"]))
        order, _new = holding.hold(demo.conference, Basket(tuple(lines)), asked, at=at)
        name = f"{NAMES[n % len(NAMES)]} {n // len(NAMES) + 1}"
        diet = EATEN[n % len(EATEN)] if lot.choice([False, True, True, True]) else None
        eater = Who(name=name, diet=diet, allergies=ALLERGIES.get(n, ""))
        people = {t.id: eater for t in order.admissions}
        checkout.name_people(order, people, at=at)
        checkout.bill_to(order, Buyer(name, f"buyer{n + 1}@example.org"), at=at)
        checkout.place(order, Method.TRANSFER, at=at)
        if is_student and not is_last:
            proofs.send(order, order.tickets[0], _student_card(name), at=at)
        if is_last or demo.at - at > timedelta(days=4):
            paid = at + timedelta(days=0 if is_last else lot.randint(1, 3))
            how, by = (Method.CASH, _head(demo)) if n == IN_CASH else (Method.TRANSFER, None)
            payments.pay(order, order.cents, how, source=f"demo:{n}", at=paid, by=by)
        made.append(order)
    return made


def _head(demo: Demo) -> Person:
    return demo.people[LOGINS[0][1]]


def _give_back(demo: Demo, one: Order, other: Order) -> None:
    """Two who cannot come after all: one has the money back, the other still waits for it."""
    at, head = demo.at - timedelta(days=1), _head(demo)
    for order in (one, other):
        changes.cancel(order, order.live, at=at, by=head)
    owed = [each for each in refunding.owed(head, demo.conference) if each.order is one]
    iban = {one.code: "DE89370400440532013000"}
    refunding.make_file(demo.conference, owed, iban, at=at, by=head)


def _student_card(name: str) -> bytes:
    """What a student sends as a proof, made up."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    card = Image.new("RGB", (640, 400), "#e8f0ee")
    words = ImageDraw.Draw(card)
    words.text((40, 60), "University of Made-up Things", fill="#123", font_size=34)
    words.text((40, 150), name, fill="#123", font_size=44)
    words.text((40, 240), "Student, this term", fill="#345", font_size=30)
    target = BytesIO()
    card.save(target, "PNG")
    return target.getvalue()


def _wait(demo: Demo, product: Product) -> None:
    """Two who came too late for the workshop."""
    for name, number in (("Lena Brandt", 1), ("Tom Weller", 2)):
        mail = f"{name.split()[0].lower()}@example.org"
        waiting.join(
            demo.conference,
            Chosen(product.id, number),
            name=name,
            email=mail,
            language="en",
            at=demo.at - timedelta(days=1),
        )
    db.session.execute(sa.delete(Message).where(Message.kind == "waiting_joined"))
