"""Eight workers issue at the same time, renderings fail: no number is missing, none twice."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from cfp.billing import service
from cfp.billing.models import Invoice, NumberRange
from cfp.billing.service.doctor import findings
from cfp.config import ROOT
from cfp.db import db as database
from tests.billing.made import make_receivable, make_seller, wanted

WORKERS, EACH = 8, 50


def start(house, draft_ids: list[int]) -> subprocess.Popen[str]:
    settings = house.config["SETTINGS"]
    environ = {
        **os.environ,
        "CALLBOARD_ENV": "testing",
        "CALLBOARD_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": "tests",
    }
    command = [sys.executable, "-m", "tests.billing.issuing_process", *map(str, draft_ids)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_eight_workers_that_issue_fifty_each_leave_no_gap_and_no_double(house, db, now):
    seller = make_seller()
    receivable = make_receivable(seller, now)
    drafts = [service.ask_invoice(receivable, wanted(), now).id for _ in range(WORKERS * EACH)]
    database.session.commit()
    database.session.remove()
    workers = [start(house, drafts[n::WORKERS]) for n in range(WORKERS)]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    said = [worker.communicate("go\n", timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS, said
    issued = database.session.scalars(sa.select(Invoice.sequence).order_by(Invoice.id)).all()
    assert issued == [*range(1, WORKERS * EACH + 1)]
    assert database.session.scalars(sa.select(NumberRange.last)).all() == [WORKERS * EACH]
    assert findings() == []


@pytest.mark.slow
def test_three_workers_with_the_same_drafts_issue_each_once(house, db, now):
    receivable = make_receivable(make_seller(), now)
    drafts = [service.ask_invoice(receivable, wanted(), now).id for _ in range(10)]
    database.session.commit()
    database.session.remove()
    workers = [start(house, drafts) for _ in range(3)]
    said = [worker.communicate("go\n", timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 3, said
    assert database.session.scalars(sa.select(Invoice.sequence)).all() == [*range(1, 11)]
    assert findings() == []
