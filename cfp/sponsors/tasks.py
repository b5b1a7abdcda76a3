"""What the worker does for sponsors: print agreements and reports, end offers, hear of payments."""

from __future__ import annotations

from typing import Any

from cfp import clock
from cfp.billing.models import Invoice
from cfp.db import db, transaction
from cfp.jobs.registry import Watch, every_minute, job
from cfp.sponsors.models import Agreement, PaperKind
from cfp.sponsors.service import dossier, logos, offers, payment, printing, report, vouchers


@job(printing.PRINT)
def print_agreement(_watch: Watch, *, conference_id: int, agreement_id: int) -> dict[str, Any]:
    """Print it outside of a transaction, and keep it in one."""
    at = clock.now()
    agreement = db.session.get_one(Agreement, agreement_id)
    if agreement.conference_id != conference_id:
        return {}
    text = agreement.text_hash
    pdf = printing.printed(agreement, at)
    with transaction():
        agreement = db.session.get_one(Agreement, agreement_id)
        paper = printing.keep(agreement, PaperKind.AGREEMENT, pdf, at)
        return {"sha256": paper.sha256, "text": text}


@job(report.REPORT)
def print_report(_watch: Watch, *, conference_id: int, agreement_id: int) -> dict[str, Any]:
    """What a sponsor is told afterwards, kept beside its agreement."""
    at = clock.now()
    agreement = db.session.get_one(Agreement, agreement_id)
    if agreement.conference_id != conference_id:
        return {}
    pdf = report.printed(agreement, at)
    with transaction():
        agreement = db.session.get_one(Agreement, agreement_id)
        return {"sha256": printing.keep(agreement, PaperKind.REPORT, pdf, at).sha256}


@job(dossier.GATHER)
def gather_dossier(_watch: Watch, *, conference_id: int, invoice_id: int) -> dict[str, Any]:
    """Everything about an unpaid invoice, kept for the treasurer."""
    at = clock.now()
    invoice = db.session.get_one(Invoice, invoice_id)
    if invoice.conference_id != conference_id:
        return {}
    data = dossier.gathered(invoice, at)
    with transaction():
        invoice = db.session.get_one(Invoice, invoice_id)
        return {"sha256": dossier.keep(invoice, data, at).sha256}


@every_minute("end offers")
def lapse() -> int:
    with transaction():
        return offers.lapse_due(clock.now())


@every_minute("show logos")
def show() -> int:
    with transaction():
        return logos.show_due(clock.now())


@every_minute("vouchers of sponsors")
def give_vouchers() -> int:
    with transaction():
        return vouchers.issue_due(clock.now())


@every_minute("settle agreements")
def settle() -> int:
    with transaction():
        return payment.settle_due(clock.now())
