"""What selling costs, as Markdown tables: ``scripts/bench tickets``.

Whole purchases over HTTP against two web workers, on SQLite and on PostgreSQL; the CPU and the SQL
of one purchase, of the shop and of a list of 2,000 orders; 50 buyers at once for 40 tickets.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from cfp import create_app
from cfp.access import Role
from cfp.conference.models import Membership
from cfp.config import read_settings
from cfp.db import db, transaction
from cfp.tickets.models import Shop
from cfp.tickets.service import doctor
from tests.make import make_conference, make_member
from tests.servers import fresh_database, postgres_server
from tests.tickets.buyer import Guest
from tests.tickets.selling import make_product, make_quota, make_shop
from tests.visitor import Visitor

from .served.buyer import Buyer, SoldOut
from .served.server import Server, environment, serving
from .served.sold import sold, stocked

BUYERS, CLIENTS = 50, 6
ORDERS = 2000
PER_PAGE = 200
HERE = "/market"


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench tickets", description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="of buying (%(default)s)")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="only this one")
    wanted = parser.parse_args()
    logging.disable(logging.WARNING)
    print("| engine | what | figure |\n|---|---|---:|")
    for engine in [wanted.engine] if wanted.engine else ["sqlite", "postgresql"]:
        with installed(engine) as (environ, app):
            measure(engine, environ, app, wanted.seconds)


@contextmanager
def installed(engine: str) -> Iterator[tuple[dict[str, str], Flask]]:
    """An installation with a shop and 2,000 orders, and a little market for the rush."""
    with tempfile.TemporaryDirectory(prefix="callboard-") as folder:
        environ = environment(Path(folder))
        if engine == "sqlite":
            yield environ, fill(environ)
            return
        with postgres_server() as server:
            environ["DATABASE_URL"] = fresh_database(server)
            app = fill(environ)
            yield environ, app
            with app.app_context():
                db.engine.dispose()


def fill(environ: Mapping[str, str]) -> Flask:
    app = create_app(read_settings(environ))
    with app.app_context():
        flask_migrate.upgrade()
    with app.test_request_context(), transaction():
        market = make_conference(slug="market")
        make_member(market, Role.ORGANISER)
        sold(market, stocked(market)[0], ORDERS)
        rush = make_conference(slug="rush")
        shop = db.session.query(Shop).filter_by(conference_id=market.id).one()
        make_shop(rush, opens_at=shop.opens_at, closes_at=shop.closes_at)
        steps = [("Now", 9900, None, None)]
        make_product(rush, make_quota(rush, 40), tiers=steps)
    return app


def measure(engine: str, environ: Mapping[str, str], app: Flask, seconds: float) -> None:
    def row(what: str, figure: str) -> None:
        print(f"| {engine} | {what} | {figure} |", flush=True)

    with serving(environ, workers=2) as server:
        warm(server)
        before = server.cpu()
        bought, latency = buying(server, seconds)
        spent = (server.cpu() - before) / len(latency) * 1000
        row("purchases a second, two workers", f"{bought:.1f}")
        row("CPU ms of a purchase, nine requests", f"{spent:.0f}")
        row("a purchase takes, 95th percentile", f"{latency[int(len(latency) * 0.95)]:.2f} s")
        row("CPU ms of the shop", f"{per_page(server, f'{HERE}/tickets/'):.1f}")
        cookie = {"Cookie": organiser_of(app)}
        list_cpu = per_page(server, f"{HERE}/team/orders/", cookie)
        row(f"CPU ms of the list of {ORDERS} orders", f"{list_cpu:.1f}")
        row("50 buyers at once for 40 tickets", rush(server))
    with app.test_request_context():
        row("does everything add up?", "; ".join(doctor.complaints()) or "yes")
        db.session.remove()
    row("SQL statements of a purchase", str(statements_of_a_purchase(app)))
    row("SQL statements of the shop", str(statements(app, f"{HERE}/tickets/")))
    as_organiser = {"Cookie": organiser_of(app)}
    row("SQL statements of the list", str(statements(app, f"{HERE}/team/orders/", as_organiser)))


def warm(server: Server) -> None:
    for _ in range(4):
        buyer = Buyer(server, "market")
        buyer.buy()
        buyer.close()


def buying(server: Server, seconds: float) -> tuple[float, list[float]]:
    """Purchases a second of a few clients who buy without a pause, and how long each took."""
    until, found, failed = time.monotonic() + seconds, list[float](), list[BaseException]()

    def client() -> None:
        buyer = Buyer(server, "market")
        try:
            while time.monotonic() < until:
                begun = time.monotonic()
                buyer.buy()
                found.append(time.monotonic() - begun)
        except BaseException as failure:  # noqa: BLE001  (told by who waits)
            failed.append(failure)

    begun = time.monotonic()
    _all_at_once([client] * CLIENTS)
    if failed:
        raise failed[0]
    return len(found) / (time.monotonic() - begun), sorted(found)


def rush(server: Server) -> str:
    said = Counter[str]()

    def client() -> None:
        buyer = Buyer(server, "rush")
        try:
            buyer.buy()
        except SoldOut:
            said["sold out"] += 1
        except BaseException as failure:  # noqa: BLE001  (it is counted)
            said[repr(failure)] += 1
        else:
            said["orders"] += 1

    _all_at_once([client] * BUYERS)
    return ", ".join(f"{number} {what}" for what, number in sorted(said.items()))


def _all_at_once(clients: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=client) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def per_page(server: Server, path: str, headers: Mapping[str, str] | None = None) -> float:
    for _ in range(20):
        server.get(path, headers)
    before = server.cpu()
    for _ in range(PER_PAGE):
        answer = server.get(path, headers)
    if answer.status != 200:
        sys.exit(f"{path} answers {answer.status}")
    return (server.cpu() - before) / PER_PAGE * 1000


def organiser_of(app: Flask) -> str:
    with app.test_request_context():
        member = db.session.scalars(sa.select(Membership).limit(1)).one()
        cookie = Visitor(app, member.person).browser.get_cookie("session")
    return f"session={cookie.value if cookie else ''}"


def statements(app: Flask, path: str, headers: Mapping[str, str] | None = None) -> int:
    browser = app.test_client(use_cookies=headers is None)
    browser.get(path, headers=headers)
    with counted(app) as found:
        browser.get(path, headers=headers)
    return len(found)


def statements_of_a_purchase(app: Flask) -> int:
    """By a guest of the test client, who walks the same nine requests."""
    total = 0
    with app.test_request_context():
        guest = Guest(Visitor(app), "market")
        field = guest.look()[0]
        total += len(guest.visitor.statements)

        def send(way: str, data: dict[str, str]) -> str:
            """Send a form, then open the page that it leads to."""
            nonlocal total
            there = guest.send(way, data)
            total += len(guest.visitor.statements)
            guest.visitor.get(there)
            total += len(guest.visitor.statements)
            return there

        people = send(f"{HERE}/tickets/", {"key": guest.key, field: "1"})
        invoice = send(people, {"people-0-name": "Ada"})
        payment = send(invoice, {"name": "Ada", "email": "ada@example.org"})
        send(payment, {"method": "transfer"})
        db.session.remove()
    return total


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_c: object, _cu: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
