"""Send anything anywhere as somebody, to a house that is as it was before every time."""

from __future__ import annotations

import contextvars
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, quote_plus

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from cfp.db import db
from cfp.wishlist.browser import signer
from tests.bad_input.asking import A_PAGE, SECRET
from tests.bad_input.forms import Form, Pairs
from tests.bad_input.patrons import a_logo
from tests.bad_input.world import World
from tests.visitor import Visitor

WHO_AND_WHAT = "world.pickle"
UNCOUNTED = ("attempt", "alembic_version")  # a failed try at a guarded door must count
FILES = {"logo": a_logo(), "proof": a_logo(), **dict.fromkeys(("scan", "q_FILE", "slides"), A_PAGE)}
Dump = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Key:
    """What a browser holds: the cookie of its session and a token that fits it."""

    cookie: str
    token: str


def key(app: Flask, person: Any) -> Key:
    """What this person's browser holds after a first look."""
    visitor = Visitor(app, person)
    visitor.get("/")
    token = visitor.token()
    cookie = visitor.browser.get_cookie("session")
    return Key(cookie.value if cookie else "", token)


class OpenHouse:
    """The application with the world in it, and a way in for each of its people."""

    def __init__(self, app: Flask, world: World, keys: dict[str, Key]) -> None:
        self.app, self.world, self.keys = app, world, keys
        with app.test_request_context():
            self.supporter = signer().sign(SECRET).decode()
        self.ids = {role: person.id for role, person in world.people.items()}

    @classmethod
    def of(cls, app: Flask, world: World) -> Self:
        """With a key for each of its people and for a stranger."""
        visitors = {**world.people, "stranger": None}
        return cls(app, world, {role: key(app, person) for role, person in visitors.items()})

    def restore(self) -> None:
        """Nothing to restore: what was sent stays sent."""

    def open(self, role: str, url: str, method: str = "GET", **options: Any) -> TestResponse:
        """One request in a context of its own, as that person or as a stranger."""
        browser = self.app.test_client()
        if self.keys[role].cookie:
            browser.set_cookie("session", self.keys[role].cookie)
        if role == "stranger":
            browser.set_cookie("stars", self.world.browser, path="/here/")
            browser.set_cookie("supporter", self.supporter, path="/here/")
        headers = {"Referer": f"http://localhost{quote(options.pop('page', '/'), safe='/?=&%')}"}
        return contextvars.Context().run(
            browser.open, url, method=method, headers=headers, **options
        )

    def send(
        self, role: str, form: Form, data: Pairs | bytes, *, token: bool = True
    ) -> TestResponse:
        """Send a form to a house in its first state, by POST or as an address."""
        self.restore()
        body = data if isinstance(data, bytes) else encoded(data)
        if form.method == "GET":
            return self.open(role, f"{form.action.partition('?')[0]}?{body.decode()}")
        files = {field.name for field in form.of_kind({"file"})}
        if files and not isinstance(data, bytes):
            return self._send_files(role, form, data, files, token=token)
        if token:
            body = b"&".join([encoded([("csrf_token", self.keys[role].token)]), body])
        kind = "application/x-www-form-urlencoded"
        return self.open(role, form.action, "POST", data=body, content_type=kind, page=form.page)

    def _send_files(
        self, role: str, form: Form, data: Pairs, files: set[str], *, token: bool
    ) -> TestResponse:
        """A form with files, as browsers send one; what was typed for a file is inside of it."""
        parts: MultiDict[str, Any] = MultiDict([("csrf_token", self.keys[role].token)] * token)
        for name, value in data:
            typed = value.encode(errors="surrogatepass")
            inside = FILES.get(name, b"") if value == "a file" else typed
            if name in files:
                parts.add(name, (BytesIO(inside), "sent.png") if inside else "")
            else:
                parts.add(name, value.encode(errors="surrogateescape").decode(errors="replace"))
        kind = "multipart/form-data"
        return self.open(role, form.action, "POST", data=parts, content_type=kind, page=form.page)


class House(OpenHouse):
    """The same on SQLite, restored before every form that is sent."""

    def __init__(self, app: Flask, world: World, keys: dict[str, Key]) -> None:
        super().__init__(app, world, keys)
        self.folder: Path = app.config["SETTINGS"].instance
        self._settle()
        with closing(sqlite3.connect(self.folder / "test.db")) as whole:
            whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.folder / "test.db", self.folder / "filled.db")
        self.restored_at = self._written_at()
        self.filled = dump_of(app)

    def keep(self, place: Path, forms: list[tuple[str, Form]]) -> None:
        """For other processes."""
        databases = shutil.ignore_patterns("test.db*", "queue.db*")  # others have theirs open
        shutil.copytree(self.folder, place, ignore=databases)
        (place / WHO_AND_WHAT).write_bytes(pickle.dumps((self.world, self.keys, forms)))

    @classmethod
    def as_kept(cls, app: Flask, place: Path) -> tuple[House, list[tuple[str, Form]]]:
        """The same in the folder of another application, and what forms were found in it."""
        folder: Path = app.config["SETTINGS"].instance
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
            shutil.copytree(place, folder, dirs_exist_ok=True)
            shutil.copy(place / "filled.db", folder / "test.db")
            for leftover in folder.glob("test.db-*"):
                leftover.unlink()
            world, keys, forms = pickle.loads((place / WHO_AND_WHAT).read_bytes())  # noqa: S301
            house = cls(app, world, keys)
            house._settle()
            shutil.copy(folder / "empty.db", folder / "test.db")
        return house, forms

    def _settle(self) -> None:
        db.session.remove()
        db.engine.dispose()

    def restore(self) -> None:
        """Everything as it was when the world was made."""
        if self.is_untouched():
            return
        self._settle()
        for leftover in self.folder.glob("test.db-*"):
            leftover.unlink()
        shutil.copy(self.folder / "filled.db", self.folder / "test.db")
        self.restored_at = self._written_at()

    def _written_at(self) -> int:
        return (self.folder / "test.db").stat().st_mtime_ns

    def is_untouched(self) -> bool:
        """Nothing at all was written since it was restored, neither to the file nor to its log."""
        log = self.folder / "test.db-wal"
        return self._written_at() == self.restored_at and not (log.exists() and log.stat().st_size)

    def dump(self) -> Dump:
        return self.filled if self.is_untouched() else dump_of(self.app)


def dump_of(app: Flask) -> Dump:
    """Every row of every table, as the database has it."""
    with closing(sqlite3.connect(app.config["SETTINGS"].instance / "test.db")) as whole:
        names = whole.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: whole.execute(f'SELECT {columns(name)} FROM "{name}" ORDER BY 1').fetchall()  # noqa: S608
            for (name,) in sorted(names)
            if name not in UNCOUNTED
        }


def columns(name: str) -> str:
    """The columns of a table in the order of our models, whatever order history gave them."""
    table = db.metadata.tables.get(name)
    return "*" if table is None else ", ".join(f'"{column.name}"' for column in table.columns)


def encoded(data: Pairs) -> bytes:
    """As browsers write it; what is no UTF-8 stays the bytes that it is."""
    return b"&".join(
        f"{quote_plus(name)}={quote_plus(value, errors='surrogateescape')}".encode()
        for name, value in data
    )


def addresses(app: Flask, world: World) -> Iterator[tuple[str, str]]:
    """Every address of the URL map with every value of ours that fits it, and its endpoint."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.startswith(("styleguide", "static")):
            continue
        if {"token", "filename"} & rule.arguments:
            continue
        for values in choices(rule.endpoint, rule.arguments, world):
            yield rule.endpoint, adapter.build(rule.endpoint, values)
    for url in world.letters:
        yield adapter.match(url)[0], url
    yield from states(world)


def states(world: World) -> Iterator[tuple[str, str]]:
    """Pages that show other forms when something is opened on them."""
    draft, room = "/here/team/programme/draft/", world.values["room"][0]
    for code in world.values["talk"]:
        for was in ("", "&was=side", f"&was={room}@2027-05-10T11:00"):
            yield "schedule.draft", f"{draft}?talk={code}{was}"
    undecided = world.values["submission"][-5]
    yield "reviews.close_vote", "/here/reviews/vote/"  # as the chair sees it
    yield "tickets.door_people", "/here/team/doors/people/?q=mila"
    yield "reviews.decide", f"/here/team/selection/decide?total=3&in={undecided}"


OWN = {
    "site.speaker": "person",
    "site.talk": "talk",
    "site.star": "talk",
    "site.card": "talk",
    "materials.links": "talk",
    "materials.own_file": "talk",
    "site.slides": "talk",
    "schedule.open_talk": "talk",
    "schedule.try_place": "talk",
    "schedule.alternative": "alternative",
    "jobs.run": "run",
    "tickets.detail": "order",
    "tickets.invoice_for": "order",
    "tickets.join_waiting": "product",
    "budget.entry": "entry code",
    "catering.caterer": "caterer",
    "catering.order": "caterer",
    "catering.meal": "meal",
    "catering.report": "meal",
    "catering.sheet": "sheet",
    "catering.sheet_pdf": "sheet",
    "tickets.scanner_link": "scanner",
    "billing.invoice": "invoice",
    "billing.document": "invoice",
    "billing.movement": "movement",
    "sponsors.dossier": "invoice",
    "sponsors.dossier_zip": "invoice",
}


def choices(endpoint: str, names: set[str], world: World) -> Iterator[dict[str, str]]:
    """The values for an address, all that we know of each."""
    known = world.values | {
        "conference": ["here", "begun"] if names == {"conference"} else ["here"],
        "kind": ["rooms", "tracks", "formats"],
        "letter_kind": ["accepted"],
        "tongue": ["en"],
        "verb": ["adopt", "drop", "again"],
        "question": ["speaker", "room", "session", "more"],
        "part_id": ["2", "1"],
        "entry": ["costs", "income"],
        "kitchen_table": ["forecast", "orders"],
        "sold_table": ["curve", "food"],
        "cash_day": ["2027-01-15"],
        "refund_file": ["NOBODY"],
        "money_table": ["cash", "costs"],
        "sponsor_table": ["benefits", "booths"],
        "pressed": ["sign", "booth"],
        "ending": ["csv", "xlsx"],
        "ask_or_stop": ["stop", "ask"],
        "yes_or_no": ["agree"],
        "version": ["1.0"],
        "number": world.values["room"],
        "section": ["products", "stock", "audiences", "vouchers", "refunds"],
        "thing_id": ["1"],
        "tier_id": ["2", "1"],
        "form": ["pdf", "xml"],
        "code": world.values[OWN.get(endpoint, "submission")],
    }
    if endpoint in {"reviews.assignment_run", "schedule.solving"}:
        known["code"] = world.values["run"]
    found: list[dict[str, str]] = [{}]
    for name in sorted(names):
        found = [values | {name: value} for values in found for value in known[name]]
    yield from found
