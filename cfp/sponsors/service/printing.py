"""Agreements as PDF: asked for in a request, printed by the worker, kept with their hash."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa
from flask import render_template
from flask_babel import force_locale

from cfp.db import db
from cfp.jobs import service as jobs
from cfp.paper import to_pdf
from cfp.people.models import Person
from cfp.sponsors.models import Agreement, Paper, PaperKind
from cfp.sponsors.service.words import organiser_of

PRINT = "sponsors.print"


def ask_paper(agreement: Agreement, *, by: Person | None, at: datetime) -> None:
    """The worker prints it in a moment."""
    jobs.ask(PRINT, by=by, at=at, conference_id=agreement.conference_id, agreement_id=agreement.id)


def printed(agreement: Agreement, at: datetime) -> bytes:
    """The agreement with its signature, if it has one. For the worker."""
    with force_locale(agreement.sponsor.language):
        html = render_template(
            "sponsors/paper/agreement.html",
            agreement=agreement,
            signature=agreement.signature,
            organiser=organiser_of(agreement.conference),
            language=agreement.sponsor.language,
            at=at.isoformat(timespec="seconds"),
        )
    return to_pdf(html)


def keep(agreement: Agreement, kind: PaperKind, data: bytes, at: datetime) -> Paper:
    """The file of this kind; another one takes its place."""
    paper = db.session.scalar(paper_of(agreement, kind))
    if paper is None:
        paper = Paper(agreement_id=agreement.id, kind=kind)
        db.session.add(paper)
    paper.data, paper.sha256, paper.made_at = data, hashlib.sha256(data).hexdigest(), at
    db.session.flush()
    return paper


def paper_of(agreement: Agreement, kind: PaperKind) -> sa.Select[Paper]:
    return sa.select(Paper).where(Paper.agreement_id == agreement.id, Paper.kind == kind)
