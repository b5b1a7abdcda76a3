"""The race: real processes that do everything at once, and are killed between two statements.

Run as a program, once for each race: it loads the application, forks the players, replaces those
who were killed until enough was done, then asks whether everything adds up. It prints one line
of JSON: how often who did what, how many died, and every complaint.
"""

from __future__ import annotations

import collections
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.sqlite import Busy
from cfp.tickets.models import Order, PriceTier, Quota, Ticket, TicketState, product_quota
from cfp.tickets.service import doctor
from tests.databases import make_app
from tests.tickets.races import careless, town
from tests.tickets.races.deeds import ESSENTIAL, Deeds, Nothing

PLAYERS = 5


def main(url: str, deeds: int, deaths: float, guard: str, mood: str) -> None:
    """It is over after so many ``deeds``; before any statement ``deaths`` is the chance to die."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder), url.replace("FOLDER", folder))
        with app.test_request_context():
            town.build()
            _rehearse()
            db.session.remove()
            db.engine.dispose()  # nobody inherits a connection
        said = Path(folder) / "said"
        said.touch()
        lot = random.Random(url)  # noqa: S311  (a game)
        players = {_start(app, lot, (deeds, deaths, guard, mood, said)) for _ in range(PLAYERS)}
        killed = 0
        while players:
            pid, status = os.wait()
            players.discard(pid)
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
                killed += 1
                players.add(_start(app, lot, (deeds, deaths, guard, mood, said)))
            elif status:
                raise RuntimeError(f"a player ended with {status}")
        done = collections.Counter(said.read_text().split())
        with app.app_context():
            found = [*doctor.complaints(), *oversold()]
            states = dict(db.session.execute(states_of()).all())
        known = {state.value: n for state, n in states.items()}
        told = {"done": done, "killed": killed, "complaints": found, "orders": known}
        sys.stdout.write(json.dumps(told) + "\n")


def states_of() -> sa.Select:
    return sa.select(Order.state, sa.func.count()).group_by(Order.state)


def oversold() -> list[str]:
    """Counted once more, by the rows of tickets alone."""
    live = Ticket.state == TicketState.LIVE
    in_quota = (
        sa.select(Quota.name, Quota.size, sa.func.count(Ticket.id))
        .join(product_quota, product_quota.c.quota_id == Quota.id)
        .join(Ticket, sa.and_(Ticket.product_id == product_quota.c.product_id, live))
        .group_by(Quota.id)
    )
    in_tier = (
        sa.select(PriceTier.name, PriceTier.at_most, sa.func.count(Ticket.id))
        .join(Ticket, sa.and_(Ticket.tier_id == PriceTier.id, live))
        .where(PriceTier.at_most.is_not(None))
        .group_by(PriceTier.id)
    )
    rows = [row for select in (in_quota, in_tier) for row in db.session.execute(select)]
    return [f"{name}: {number} of {most}" for name, most, number in rows if number > most]


def _rehearse() -> None:
    """Everything once, alone: statements are compiled before the players are forked."""
    cast = Deeds(random.Random(1), "rehearsal", "everyday")  # noqa: S311  (a game)
    for deed in cast.deeds():
        attempt(deed)
        db.session.remove()


def _start(app, lot, rules) -> int:
    name = f"{lot.random():.12f}"
    pid = os.fork()
    if not pid:
        try:
            play(app, name, *rules)
        except BaseException:  # noqa: BLE001  (told, and the race is lost)
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return pid


def play(app, name: str, deeds: int, deaths: float, guard: str, mood: str, said: Path) -> None:
    lot = random.Random(name)  # noqa: S311  (a game)
    player = Deeds(lot, name, mood)
    if guard == "careless":
        careless.instead_of_the_guard()
    with app.app_context():
        _die_sometimes(random.Random(name + "death"), deaths)  # noqa: S311  (a game)
    with said.open("a", buffering=1) as heard:
        while not is_enough(said.read_text().split(), deeds, mood):
            with app.test_request_context():
                deed = player.next()
                if guard == "careless":
                    careless.look()
                    time.sleep(lot.random() / 100)
                heard.write(f"{deed.__name__}:{attempt(deed)}\n")
                db.session.remove()


def is_enough(done: list[str], deeds: int, mood: str) -> bool:
    """After so many deeds, and when everything that matters has been done once."""
    if len(done) < deeds:
        return False
    everything = {f"{deed}:done" for deed in ESSENTIAL} if mood == "everyday" else set()
    return everything <= {*done} or len(done) > 4 * deeds


def attempt(deed) -> str:
    try:
        with transaction():
            deed()
    except Refused:
        return "refused"
    except Nothing:
        return "nothing"
    except (DBAPIError, Busy) as lost:  # a deadlock, a busy database: the web tries again
        return type(lost).__name__
    return "done"


def _die_sometimes(lot: random.Random, chance: float) -> None:
    """Before any statement, and before and after any commit, the process may be gone."""

    def perhaps(*_about) -> None:
        if lot.random() < chance:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", perhaps)
    event.listen(db.engine, "commit", perhaps)
    event.listen(db.session, "after_commit", perhaps)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:])
