"""The lookout of a worker: a thread that sees within a second what somebody waits for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from cfp import clock
from cfp.jobs import service

SECONDS = 1.0
SECONDS_AFTER_FAILURE = 15.0  # a database that is away is not asked every second
SECONDS_TO_END = 10.0
log = logging.getLogger("callboard.jobs")


@contextmanager
def lookout(app: Flask) -> Iterator[None]:
    """Look until the block ends; what is on its way by then is finished first."""
    is_over = threading.Event()
    thread = threading.Thread(target=_look, args=(app, is_over), name="lookout", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(SECONDS_TO_END)


def _look(app: Flask, is_over: threading.Event) -> None:
    pause = SECONDS
    while not is_over.wait(pause):
        try:
            with app.app_context():
                service.look(clock.now())
            pause = SECONDS
        except Exception:
            log.exception("the lookout saw nothing")
            pause = SECONDS_AFTER_FAILURE
