"""The demo's sponsors: one paid, one late, one with an offer, one in kind, one in line."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cfp import clock
from cfp.billing.models import Seller
from cfp.conference.models import Conference
from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.paper import to_pdf
from cfp.people.models import Person
from cfp.sponsors import letters
from cfp.sponsors.forms import wishes_of
from cfp.sponsors.models import Agreement, Booth, Ground, Level, Sponsor
from cfp.sponsors.service import (
    booths,
    invoicing,
    logos,
    offers,
    payment,
    places,
    register,
    settings,
    signing,
)
from cfp.sponsors.service.booths import Drawing, Place
from cfp.sponsors.service.offers import Terms
from cfp.sponsors.service.register import Company
from cfp.sponsors.service.settings import LevelTerms
from cfp.sponsors.service.signing import Signer
from cfp.tickets.models import DueTo, PriceTier, Product

USUAL_RATE = Decimal(19)
FIELDS = ("name", "legal_name", "street", "postcode", "city", "country", "language", "website")


def add_patrons(demo: Demo) -> dict[str, Agreement]:
    """The seller, the levels, the plan, and each sponsor as far as it has come."""
    plan = json.loads((demo.folder / "sponsors.json").read_text(encoding="utf-8"))
    here, begun = demo.conference, demo.at - timedelta(days=60)
    db.session.add(Seller(conference_id=here.id, **plan["seller"]))
    terms = settings.sponsoring_of(here)
    terms.is_open, terms.pitch = True, plan["pitch"]
    terms.ticket_product_id = _product(here).id
    head = demo.people[LOGINS[0][1]]
    levels = {each["name"]: _level(demo, each, head, begun) for each in plan["levels"]}
    drawn = {each["label"]: _booth(here, each, levels, head, begun) for each in plan["booths"]}
    found = {}
    for each in plan["sponsors"]:
        level, booth = levels[each["level"]], drawn.get(each["booth"])
        sponsor = _sponsor(demo, each, head)
        if each["state"] == "waiting":
            places.wait(level, sponsor, by=head, at=demo.at - timedelta(days=each["days_ago"]))
        else:
            found[each["name"]] = _agreement(demo, each, sponsor, level, booth)
    db.session.flush()
    return found


def _product(here: Conference) -> Product:
    product = Product(
        conference_id=here.id,
        name="Sponsor",
        description="For the people of our sponsors.",
        needs_voucher=True,
        due_to=DueTo.SPONSOR,
        for_audiences=False,
        position=90,
        tiers=[PriceTier(name="Free", cents=0, taken=0, position=0)],
    )
    db.session.add(product)
    db.session.flush()
    return product


def _level(demo: Demo, said: dict[str, Any], head: Person, at: datetime) -> Level:
    zone = demo.conference.timezone
    last = clock.local(demo.at + timedelta(days=90), zone).date()
    claim_by = clock.from_wall(datetime.combine(last, time(23, 59, 59)), zone)
    early = (said["early"], claim_by - timedelta(days=69)) if said["early"] else None
    terms = LevelTerms(
        name=said["name"],
        cents=said["cents"],
        cap=said["cap"],
        early=early,
        description=said["description"],
        promises=wishes_of("\n".join(said["promises"]), claim_by),
    )
    return settings.set_level(demo.conference, None, terms, by=head, at=at)


def _booth(
    here: Conference, said: dict[str, Any], levels: dict[str, Level], head: Person, at: datetime
) -> Booth:
    place = Place(said["x"], said["y"], said["width"], said["height"])
    level = levels[said["level"]] if said["level"] else None
    return booths.draw(here, None, Drawing(said["label"], place, level), by=head, at=at)


def _sponsor(demo: Demo, said: dict[str, Any], head: Person) -> Sponsor:
    at = demo.at - timedelta(days=said["days_ago"] + 3)
    about = {name: said.get(name, "") for name in ("about", "buyer_reference", "vat_id")}
    company = Company(**{name: said[name] for name in FIELDS}, **about)
    sponsor = register.add(demo.conference, company, by=head, at=at)
    name, email = said["contact"]
    register.add_contact(sponsor, name, email, by=head, at=at)
    for ground, file in said["logos"].items():
        drawing = (demo.folder / "logos" / file).read_bytes()
        logo = logos.send(sponsor, drawing, Ground(ground), by=None, at=at)
        logos.accept(logo, by=head, at=at)
    return sponsor


def _agreement(
    demo: Demo, said: dict[str, Any], sponsor: Sponsor, level: Level, booth: Booth | None
) -> Agreement:
    at, head = demo.at - timedelta(days=said["days_ago"]), demo.people[LOGINS[0][1]]
    gifts = [tuple(said["gift"])] if "gift" in said else ()
    made = offers.offer(sponsor, level, Terms(gifts=gifts), by=head, at=at - timedelta(days=2))
    if booth is not None:
        booths.hold(booth, made, by=None, at=at)
    if said["state"] in {"offered", "paid"}:
        letters.offered(made, at)
    if said["state"] == "offered":
        return made
    name, email = said["contact"]
    if said["state"] == "paid":
        scan = to_pdf(f"<title>Scan</title><p>{made.text_hash}<p>{name}")
        signing.accept_scan(made, scan, name, by=head, at=at)
    else:
        signer = Signer(name, "", email, "203.0.113.7", "Mozilla/5.0")
        signing.sign(made, signer, seen=made.text_hash, at=at)
    for gift in made.gifts:
        payment.receive_gift(gift, "", by=head, at=at + timedelta(days=3))
        invoicing.bill_gift(gift, USUAL_RATE, by=head, at=at + timedelta(days=3))
    return made
