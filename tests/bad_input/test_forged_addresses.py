"""Addresses that nobody was given: of another edition, of somebody else's things, of nothing."""

from __future__ import annotations

import itertools
from itertools import product

import pytest

from cfp.access import Role, allowed
from cfp.conference.models import Conference, Publicity
from cfp.db import db as database
from cfp.db import transaction
from tests.bad_input.crawl import first_to_enter
from tests.bad_input.forms import Pairs
from tests.bad_input.house import encoded
from tests.bad_input.judge import page_faults

WHO = ("stranger", "speaker", "reviewer", "organiser", "admin")
HUGE = "9" * 23
NONSENSE = ("NOBODY", "0", "-1", HUGE, "9" * 3000, "%00", "%ff%fe", "%F0%9F%8E%AD", "a" * 300)
CLOSED = {401, 403, 404}
# What people who may would send, so that no form is refused for its shape.
ANYTHING: Pairs = [
    *(("answer", "yes"), ("outcome", "accept"), ("value", "yes"), ("score", "5")),
    *(("reason", "Because."), ("title", "Snow"), ("name", "Snow"), ("minutes", "30")),
    *(("colour", "1"), ("room", "1"), ("start", "2027-05-10T10:00"), ("edit", "3")),
    *(("version", "1"), ("key", "1"), ("language", "en"), ("save", "1")),
]
# Opening a mailed link looks the same for every token, so that nobody learns which one is right.
LINKS = {"people.follow"}


class Prober:
    """Opens addresses and gathers the answers that say more than that there is nothing."""

    def __init__(self, house):
        self.house = house
        self.routes = house.app.url_map.bind("localhost")
        self.complaints: list[str] = []
        self.asked = 0
        house.restore()
        self.before = house.dump()

    def rules(self):
        for rule in self.house.app.url_map.iter_rules():
            is_a_file = "filename" in rule.arguments or rule.endpoint.startswith("styleguide")
            if rule.endpoint not in LINKS and not is_a_file:
                yield rule

    def ask(self, role, method, url, expected=frozenset(CLOSED)):
        token = ("csrf_token", self.house.keys[role].token)
        kind = {"content_type": "application/x-www-form-urlencoded"}
        more = {"data": encoded([token, *ANYTHING]), **kind} if method == "POST" else {}
        response = self.house.open(role, url, method, **more)
        self.asked += 1
        closed = response.status_code in expected or self.leads_to_sign_in(role, response)
        faults = [] if closed else [f"answers {response.status_code}"]
        if response.status_code >= 400:
            faults += page_faults(response)
        self.complaints += [f"{method} {url[:90]} ({role}): {fault}" for fault in faults]

    def leads_to_sign_in(self, role, response):
        return role == "stranger" and (response.location or "").startswith("/sign-in?")

    def verdict(self):
        assert self.asked > 5
        if self.house.dump() != self.before:
            self.complaints.append("something was changed")
        if self.complaints:
            pytest.fail("\n".join(self.complaints), pytrace=False)


@pytest.fixture
def prober(world):
    return Prober(world)


def methods(rule):
    return sorted((rule.methods or set()) & {"GET", "POST"})


def every(prober, names):
    """Each rule that names a thing, with all that ``names`` has for it under ``here``."""
    for rule in prober.rules():
        if not rule.arguments & set(names):
            continue
        wanted = sorted(rule.arguments - {"conference"})
        fixed = {
            "entry": ["costs", "income"],
            "kind": ["rooms", "tracks", "formats"],
            "question": ["room"],
            "verb": ["adopt"],
            "letter_kind": ["accepted"],
            "tongue": ["en"],
            "way": ["up"],
            "ask_or_stop": ["stop"],
            "again_or_not": ["again"],
            "yes_or_no": ["agree"],
            "purpose": ["sign_in"],
        }
        fixed |= {"section": ["products", "stock", "vouchers"], "form": ["pdf"]}
        known = names | {"conference": ["here"]} | {k: fixed[k] for k in wanted if k in fixed}
        if all(name in known for name in wanted):
            for values in product(*(known[name] for name in wanted)):
                yield rule, dict(zip(wanted, values, strict=True)) | {"conference": "here"}


@pytest.mark.parametrize("role", WHO)
def test_the_things_of_another_edition_are_not_found_in_this_one(prober, role):
    names = prober.house.world.foreign
    most = None if role == "organiser" else 3  # what people without a part in the team could hold
    for rule, values in every(prober, names | {"code": names["code"][:most]}):
        url = prober.routes.build(rule.endpoint, values, method=methods(rule)[0])
        for method in methods(rule):
            prober.ask(role, method, url)
    prober.verdict()


@pytest.mark.parametrize("role", WHO)
def test_another_edition_is_closed_to_those_who_are_nobody_there(prober, role):
    everybody = {Role.ANYONE, Role.SIGNED_IN}
    for rule, values in every(prober, prober.house.world.foreign):
        if (
            "conference" in rule.arguments
            and not allowed(prober.house.app, rule.endpoint) & everybody
        ):
            values |= {"conference": "there"}
            url = prober.routes.build(rule.endpoint, values, method=methods(rule)[0])
            for method in methods(rule):
                prober.ask(role, method, url)
    prober.verdict()


@pytest.mark.parametrize("role", ["stranger", "speaker", "reviewer", "organiser"])
def test_an_edition_that_is_not_public_does_not_exist(prober, role):
    with transaction():
        there = database.session.query(Conference).filter_by(slug="there").one()
        there.publicity = Publicity.DRAFT
    prober.before = prober.house.dump()
    for rule in prober.rules():
        if "conference" in rule.arguments:
            known = {name: names[0] for name, names in prober.house.world.foreign.items()}
            known |= {
                "conference": "there",
                "kind": "rooms",
                "entry": "costs",
                "question": "room",
                "verb": "adopt",
                "letter_kind": "accepted",
                "kitchen_table": "orders",
                "sold_table": "waiting",
                "cash_day": "2027-01-15",
                "refund_file": "NOBODY",
                "money_table": "cash",
                "sponsor_table": "people",
                "pressed": "sign",
                "ending": "csv",
                "tongue": "en",
                "way": "up",
                "ask_or_stop": "stop",
                "again_or_not": "again",
                "yes_or_no": "agree",
            }
            known |= {"section": "products", "number": "1", "form": "pdf", "token": "x"}
            known |= {"link": "AAAAAA", "invoice_code": "AAAAAA"}
            url = prober.routes.build(rule.endpoint, known, method=methods(rule)[0])
            for method in methods(rule):
                prober.ask(role, method, url.partition("?")[0], {404})
    prober.verdict()


@pytest.mark.slow
def test_nonsense_is_not_found(prober):
    turns = itertools.cycle(NONSENSE)
    for rule in prober.rules():
        role = first_to_enter(prober.house.app, rule.endpoint)
        for name in sorted(rule.arguments):
            for nonsense in itertools.islice(turns, 2):  # each of them in many addresses
                url = forged(rule, name, nonsense)
                for method in methods(rule):
                    prober.ask(role, method, url, CLOSED | {400})
    prober.verdict()


def forged(rule, name, nonsense):
    """The address of a rule with one part replaced, the others as they may be."""
    fair = {
        "conference": "here",
        "entry": "costs",
        "kind": "rooms",
        "question": "room",
        "verb": "adopt",
        "letter_kind": "accepted",
        "tongue": "en",
        "way": "up",
        "ask_or_stop": "stop",
        "again_or_not": "again",
        "yes_or_no": "agree",
        "version": "1.0",
        "code": "AAAAAA",
    }
    parts = []
    for is_dynamic, data in rule._trace:
        if data == "|":
            continue
        parts.append((nonsense if data == name else fair.get(data, "1")) if is_dynamic else data)
    return "".join(parts)


OWN = ("show", "edit", "withdraw", "restore", "discard", "leave", "respond")


@pytest.mark.parametrize("role", ["speaker", "reviewer", "organiser", "admin"])
def test_a_proposal_is_its_speakers_own(prober, role):
    world = prober.house.world
    for code in world.values["of others" if role == "speaker" else "of the speaker"]:
        for name in OWN:
            for rule in prober.house.app.url_map.iter_rules(f"submissions.{name}"):
                url = prober.routes.build(
                    rule.endpoint, {"conference": "here", "code": code}, methods(rule)[0]
                )
                for method in methods(rule):
                    prober.ask(role, method, url, {404})
    prober.verdict()


def test_a_reviewer_finds_only_what_they_were_given(prober):
    for code in prober.house.world.values["not owed"]:
        prober.ask("reviewer", "GET", f"/here/reviews/{code}/", {404})
        prober.ask("reviewer", "POST", f"/here/reviews/{code}/", {404})
        prober.ask("reviewer", "POST", f"/here/reviews/{code}/recuse", {404})
    prober.verdict()


@pytest.mark.parametrize("role", ["speaker", "reviewer", "organiser", "admin"])
def test_nobody_signs_out_anothers_device(prober, role):
    devices = prober.house.dump()["sign_in"]
    me = prober.house.ids[role]
    for device, person, *_rest in devices:
        if person != me:
            prober.ask(role, "POST", f"/account/sign-ins/{device}/revoke", {404})
    prober.verdict()


def test_an_answer_needs_the_token_of_its_letter(prober):
    right = next(link for link in prober.house.world.letters if "/confirm/" in link)
    head, token = right.rsplit("/", 1)
    others = [f"/here/confirm/{code}/{token}" for code in prober.house.world.values["submission"]]
    nearly = [token[:-1], f"{token}A", token.swapcase(), "x", "ä", "%00", "%ff", "-" * 3000]
    for url in [*(f"{head}/{wrong}" for wrong in nearly), *others]:
        if url != right:
            for method in ("GET", "POST"):
                for role in ("stranger", "speaker", "organiser"):
                    prober.ask(role, method, url, {404, 400})
    prober.verdict()


def test_a_link_that_was_never_mailed_signs_nobody_in(prober):
    for purpose, token in product(("sign_in", "confirm_email", "set_password"), ("x", "ä", "%00")):
        prober.ask("stranger", "POST", f"/link/{purpose}/{token}", {409, 404})
    for method in ("GET", "POST"):
        prober.ask("stranger", method, "/link/become_admin/x", {404})
    prober.verdict()


QUERIES = (
    *("page", "track", "format", "outcome", "state", "sort", "q", "show", "talk", "was", "day"),
    *("since", "total", "waitlist", "seed", "in", "out", "undo", "score", "next", "few", "room"),
    *("format-1", "least-1", "most-1", f"format-{HUGE}", "least-%D9%A3", "least-x", "most-"),
)
READERS_OF_THEIR_ADDRESS = {
    "people.sign_in": "stranger",
    "site.schedule": "stranger",
    "reviews.bids": "reviewer",
    "submissions.listing": "organiser",
    "submissions.export": "organiser",
    "reviews.ranking": "organiser",
    "reviews.ranking_csv": "organiser",
    "reviews.selection": "organiser",
    "reviews.decide": "organiser",
    "schedule.draft": "organiser",
    "schedule.compare": "organiser",
    "mail.outbox": "organiser",
}


@pytest.mark.parametrize("endpoint", READERS_OF_THEIR_ADDRESS)
def test_a_question_in_an_address_never_breaks_its_page(prober, endpoint):
    known = {"conference": "here", "version": "1.0"}
    url = prober.routes.build(endpoint, known, "GET").partition("?")[0]
    questions = [f"{name}={HUGE}" for name in QUERIES]
    questions += [
        "&".join(f"{name}={value}" for name in QUERIES)
        for value in ("", "-1", "0", "%00", "%ff", "x" * 300, "%D9%A3", "1.5")
    ]
    for question in questions:
        role = READERS_OF_THEIR_ADDRESS[endpoint]
        prober.ask(role, "GET", f"{url}?{question}", {200, 302, 303, 400, 404})
    prober.verdict()
