"""Workers that issue drafts at the same moment; every third rendering fails once.

``python -m tests.billing.issuing_process FOLDER URL ID,ID,... ...``: each group of numbers is the
work of one process. They come from one that has everything loaded, and begin together.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from cfp import create_app
from cfp.billing import service
from cfp.billing.bundle import Bundle
from cfp.billing.document import Document
from cfp.billing.models import Archive, Draft, Invoice, Seller
from cfp.config import read_settings
from cfp.db import db, transaction
from tests.billing.made import plain

AT = datetime(2027, 1, 15, 12, tzinfo=UTC)


class OutOfPaper(Exception):  # noqa: N818  (it reads as what happened)
    """A rendering that failed."""


def failing(document: Document, **more: Any) -> Bundle:
    """Takes its number, and then breaks."""
    plain(document, **more)
    raise OutOfPaper


def issue_all(draft_ids: list[int]) -> None:
    for position, draft_id in enumerate(draft_ids):
        if position % 3 == 0:
            try:
                with transaction():
                    service.issue(draft_id, AT, render=failing)
            except OutOfPaper:
                time.sleep(0.001)
        with transaction():
            service.issue(draft_id, AT, render=plain)


def _warm_up(app: Flask) -> None:
    """What each would do first is done once."""
    with app.app_context():
        db.session.execute(sa.select(Draft, Invoice, Seller, Archive).limit(1)).all()
        db.session.remove()
        db.engine.dispose()
    gc.freeze()


def _work(app: Flask, draft_ids: list[int], wait: int) -> int:
    """The exit code of a worker."""
    with app.app_context():
        db.engine.dispose(close=False)
        os.read(wait, 1)  # ends when the parent lets go, for all at once
        try:
            issue_all(draft_ids)
        except Exception:  # noqa: BLE001  (the test reads it)
            traceback.print_exc()
            return 1
    return 0


def main(folder: str, url: str, *groups: str) -> int:
    settings = {"CALLBOARD_ENV": "testing", "CALLBOARD_INSTANCE": folder, "DATABASE_URL": url}
    app = create_app(read_settings({**settings, "SECRET_KEY": "tests"}))
    _warm_up(app)
    wait, go = os.pipe()
    for group in groups:
        if os.fork() == 0:
            os.close(go)
            os._exit(_work(app, [int(number) for number in group.split(",")], wait))
    time.sleep(0.2)
    os.close(go)
    return sum(os.waitstatus_to_exitcode(os.wait()[1]) != 0 for _ in groups)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
