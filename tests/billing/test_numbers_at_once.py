"""Eight workers issue at the same time, renderings fail: no number is missing, none twice."""

from __future__ import annotations

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


def work(house, *groups: list[int]) -> None:
    """A process for each group of drafts, all at once; none of them ends badly."""
    settings = house.config["SETTINGS"]
    command = [sys.executable, "-m", "tests.billing.issuing_process"]
    command += [str(settings.instance), settings.database_url]
    command += [",".join(map(str, draft_ids)) for draft_ids in groups]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def issued_numbers() -> list[int]:
    return [*database.session.scalars(sa.select(Invoice.sequence).order_by(Invoice.sequence))]


@pytest.mark.slow
def test_eight_workers_that_issue_fifty_each_leave_no_gap_and_no_double(house, db, now):
    seller = make_seller()
    receivable = make_receivable(seller, now)
    drafts = [service.ask_invoice(receivable, wanted(), now).id for _ in range(WORKERS * EACH)]
    database.session.commit()
    database.session.remove()
    work(house, *(drafts[n::WORKERS] for n in range(WORKERS)))
    assert issued_numbers() == [*range(1, WORKERS * EACH + 1)]
    assert database.session.scalars(sa.select(NumberRange.last)).all() == [WORKERS * EACH]
    assert findings() == []


@pytest.mark.slow
def test_three_workers_with_the_same_drafts_issue_each_once(house, db, now):
    receivable = make_receivable(make_seller(), now)
    drafts = [service.ask_invoice(receivable, wanted(), now).id for _ in range(10)]
    database.session.commit()
    database.session.remove()
    work(house, drafts, drafts, drafts)
    assert issued_numbers() == [*range(1, 11)]
    assert findings() == []
