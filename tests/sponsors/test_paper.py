"""An agreement on paper: the worker prints what was offered, and later who signed it."""

import hashlib
from io import BytesIO

import pypdf
import pytest
import sqlalchemy as sa

from cfp.db import db as database
from cfp.db import transaction
from cfp.jobs import service as jobs
from cfp.sponsors.models import Paper, PaperKind
from tests.sponsors.dealing import make_level, make_offer, make_sponsor, sign


def printed():
    with transaction():
        pass
    jobs.run_waiting()
    paper = database.session.scalars(sa.select(Paper)).one()
    database.session.refresh(paper, ["data", "sha256"])
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(paper.data)).pages)
    return paper, " ".join(text.split())


def test_the_offer_and_then_the_signed_agreement_are_printed(db):
    agreement = make_offer()
    paper, text = printed()
    assert paper.kind is PaperKind.AGREEMENT
    assert paper.sha256 == hashlib.sha256(paper.data).hexdigest()
    assert "Seitenwind GmbH" in text
    assert "Place, day, name" in text
    sign(agreement)
    _paper, text = printed()
    assert "Signed by Mila Sommer, Marketing" in text
    assert "203.0.113.7" in text
    assert agreement.text_hash in text.replace(" ", "")


@pytest.mark.parametrize(
    "name",
    ["<b>&amp;</b> ![x](file:///etc/passwd)", "[a](javascript:alert(1)) 株式会社", "A" * 200],
)
def test_whatever_a_company_is_called_its_agreement_prints(db, name):
    level = make_level()
    conference = make_offer(level).conference
    make_offer(level, sponsor=make_sponsor(conference, legal_name=name))
    with transaction():
        pass
    assert jobs.run_waiting() == 2
    assert len(database.session.scalars(sa.select(Paper.id)).all()) == 2
