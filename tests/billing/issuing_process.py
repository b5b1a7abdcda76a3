"""A worker of its own that issues drafts while others do; every third rendering fails once.

``python -m tests.billing.issuing_process DRAFT_ID ...`` with the settings in the environment.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import Any

from cfp import create_app
from cfp.billing import service
from cfp.billing.bundle import Bundle
from cfp.billing.document import Document
from cfp.db import transaction
from tests.billing.made import plain

AT = datetime(2027, 1, 15, 12, tzinfo=UTC)


class OutOfPaper(Exception):  # noqa: N818  (it reads as what happened)
    """A rendering that failed."""


def failing(document: Document, **more: Any) -> Bundle:
    """Takes its number, and then breaks."""
    plain(document, **more)
    raise OutOfPaper


def main(draft_ids: list[int]) -> None:
    print("ready", flush=True)  # noqa: T201  (the test waits until all are)
    sys.stdin.readline()
    for position, draft_id in enumerate(draft_ids):
        if position % 3 == 0:
            try:
                with transaction():
                    service.issue(draft_id, AT, render=failing)
            except OutOfPaper:
                time.sleep(0.001)
        with transaction():
            service.issue(draft_id, AT, render=plain)


if __name__ == "__main__":
    with create_app().app_context():
        main([int(number) for number in sys.argv[1:]])
