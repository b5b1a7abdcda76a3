"""What a sponsor is told afterwards, and what a lawyer is handed about one that did not pay."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest

from cfp.billing import service as billing
from cfp.billing.models import BankFile
from cfp.billing.service import dunning
from cfp.billing.service.rates import enter_base_rate
from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.jobs.service import run_waiting
from cfp.sponsors.models import BenefitKind, PaperKind
from cfp.sponsors.service import benefits, booths, dossier, invoicing, printing, report
from tests.billing.made import make_seller, plain
from tests.billing.pdf_reading import printed, squeezed
from tests.make import make_conference, make_person
from tests.sponsors.dealing import (
    NOW,
    benefit_of,
    make_booth,
    make_level,
    make_offer,
    make_signed,
    pay,
)


def keep():
    with transaction():
        pass


def test_the_report_says_what_was_given_and_what_proves_it(db):
    agreement, by = pay(make_signed()), make_person()
    booths.hold(make_booth(agreement.conference, "A7"), agreement, by=by, at=NOW)
    talk = benefit_of(agreement, BenefitKind.TALK)
    benefits.deliver(talk, by=by, at=NOW)
    benefits.prove(talk, "Two hundred people in the hall", by=by, at=NOW)
    report.ask(agreement, by=by, at=NOW)
    keep()
    run_waiting()
    paper = database.session.scalars(printing.paper_of(agreement, PaperKind.REPORT)).one()
    said = printed(paper.data)
    for part in ("Seitenwind GmbH", "Booth A7", "Two hundred people in the hall", "Gold"):
        assert squeezed(part) in said


def test_only_what_was_signed_has_a_report(db):
    with pytest.raises(Refused, match="Only a signed agreement"):
        report.ask(make_offer(), by=make_person(), at=NOW)


def test_the_dossier_holds_agreement_documents_letters_and_the_reckoning(db):
    conference, by = make_conference(city="Berlin"), make_person()
    make_seller(conference)
    agreement = make_signed(make_level(conference))
    draft = database.session.scalars(invoicing.draft_of(agreement)).one()
    invoice = billing.issue(draft.id, NOW, render=plain)
    printing.keep(agreement, PaperKind.SCAN, b"%PDF signed", NOW)
    enter_base_rate(invoice.due_on.replace(month=1, day=1), Decimal("1.27"), "x", NOW, by)
    for day in (33, 37, 44):
        at = NOW + timedelta(days=day)
        database.session.add(BankFile(conference_id=conference.id, name="x", form="camt", at=at))
        assert dunning.remind_due(at)
    data = dossier.gathered(invoice, NOW + timedelta(days=50))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [
            "0-summary.pdf",
            "1-FB27-0001.pdf",
            "1-FB27-0001.xml",
            "2-scan.pdf",
            "3-letter-1.txt",
            "3-letter-2.txt",
            "3-letter-3.txt",
            "4-money.csv",
        ]
        assert archive.read("2-scan.pdf") == b"%PDF signed"
        said = printed(archive.read("0-summary.pdf"))
        assert b"40.00" in archive.read("4-money.csv")
    # 5,950.00 at 10.27 %: 19 days after 15 February, a Monday, are 31.8089...
    for part in ("Mila Sommer", "203.0.113.7", "5.950,00", "31,81", "40,00", "6.021,81"):
        assert squeezed(part) in said, part
    assert dossier.keep(invoice, data, NOW) is dossier.keep(invoice, b"again", NOW)
