"""Fifty at the door: each a process of its own, begun together; says what each of them got.

Run as ``python -m tests.sponsors.rush FOLDER URL DEED=ID:ID,ID:ID ...``; each pair is one request,
and each deed has a rush of its own, one after the other.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from cfp import create_app
from cfp.config import ROOT, read_settings
from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.sponsors.models import Agreement, Booth, Level, Sponsor
from cfp.sponsors.service import booths, offers
from cfp.sponsors.service.offers import Terms
from tests.sponsors.dealing import NOW


def hold(booth_id: int, agreement_id: int) -> None:
    with transaction():
        booth = db.session.get_one(Booth, booth_id)
        booths.hold(booth, db.session.get_one(Agreement, agreement_id), by=None, at=NOW)


def hold_unguarded(booth_id: int, agreement_id: int) -> None:
    """How it goes wrong: look whether it is free, and then take it."""
    with transaction():
        booth = db.session.get_one(Booth, booth_id)
        is_free = booth.agreement_id is None
    time.sleep(0.05)
    if not is_free:
        raise booths.BoothTaken(booth)
    with transaction():
        taken = sa.update(Booth).where(Booth.id == booth_id).values(agreement_id=agreement_id)
        db.session.execute(taken)


def offer(level_id: int, sponsor_id: int) -> None:
    with transaction():
        sponsor = db.session.get_one(Sponsor, sponsor_id)
        level = db.session.get_one(Level, level_id)
        offers.offer(sponsor, level, Terms(), by=None, at=NOW)


def offer_unguarded(level_id: int, sponsor_id: int) -> None:
    """How it goes wrong: look whether there is room, and then say that there is less."""
    with transaction():
        level = db.session.get_one(Level, level_id)
        taken, has_room = level.taken, level.left != 0
        name = db.session.get_one(Sponsor, sponsor_id).name
    time.sleep(0.05)
    if not has_room:
        raise Refused(name)
    with transaction():
        update = sa.update(Level).where(Level.id == level_id).values(taken=taken + 1)
        db.session.execute(update)


DEEDS = {deed.__name__: deed for deed in (hold, hold_unguarded, offer, offer_unguarded)}


def rush(folder: Path, url: str, *rushes: tuple[str, list[tuple[int, int]]]) -> list[Counter[str]]:
    """What the requests of each rush were answered, counted."""
    command = [sys.executable, "-m", "tests.sponsors.rush", str(folder), url]
    for deed, pairs in rushes:
        command.append(f"{deed}={','.join(f'{first}:{second}' for first, second in pairs)}")
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return [Counter(answers) for answers in json.loads(done.stdout)]


def _ask(deed: str, first: int, second: int) -> str:
    try:
        DEEDS[deed](first, second)
    except Exception as failure:  # noqa: BLE001  (the test looks at it)
        return type(failure).__name__
    return "done"


def _warm_up(app: Flask) -> None:
    """What each would do first is done once, before there are fifty."""
    import huey  # noqa: F401, PLC0415

    with app.app_context():
        db.session.execute(sa.select(Booth, Level, Sponsor, Agreement).limit(1)).all()
        db.session.remove()
        db.engine.dispose()
    gc.freeze()


def main(folder: str, url: str, *rushes: str) -> None:
    settings = {"CALLBOARD_ENV": "testing", "CALLBOARD_INSTANCE": folder, "DATABASE_URL": url}
    app = create_app(read_settings({**settings, "SECRET_KEY": "tests"}))
    _warm_up(app)
    said = [_rush(app, *each.split("=")) for each in rushes]
    print(json.dumps(said))  # noqa: T201  (this is its answer)


def _rush(app: Flask, deed: str, pairs: str) -> list[str]:
    answers, says = os.pipe()
    wait, go = os.pipe()
    for pair in pairs.split(","):
        if os.fork() == 0:
            os.close(go)
            with app.app_context():
                db.engine.dispose(close=False)
                os.read(wait, 1)  # ends when the parent lets go, for all at once
                first, _, second = pair.partition(":")
                os.write(says, f"{_ask(deed, int(first), int(second))}\n".encode())
                db.session.remove()
                db.engine.dispose()
            os._exit(0)
    os.close(says)
    time.sleep(0.2)
    os.close(go)
    os.close(wait)
    with os.fdopen(answers) as lines:
        return lines.read().split()


if __name__ == "__main__":
    main(*sys.argv[1:])
