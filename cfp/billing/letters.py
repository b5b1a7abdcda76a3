"""The letter that brings an invoice, or what takes it back, to its buyer."""

from __future__ import annotations

from datetime import datetime

from cfp.billing.models import Invoice, InvoiceKind
from cfp.mail.service import Correspondent, attach, post


def issued(invoice: Invoice, at: datetime) -> None:
    """Send the document as it was issued; of each once, and to nobody without an address."""
    document = invoice.document
    other = document.seller if invoice.self_billed else document.buyer
    ours = document.buyer if invoice.self_billed else document.seller
    letter = post(
        "invoice",
        Correspondent(other.email, other.contact or other.name, document.language),
        at=at,
        conference_id=invoice.conference_id,
        key=f"invoice:{invoice.code}",
        invoice=invoice,
        document=document,
        conference=invoice.conference,
        ours=ours.name,
        is_cancellation=invoice.kind is InvoiceKind.CREDIT_NOTE,
    )
    if letter is not None:
        archive = invoice.archive
        attach(letter, f"{invoice.number}.pdf", "application/pdf", archive.pdf)
        if archive.xrechnung:
            name = f"{invoice.number}-xrechnung.xml"
            attach(letter, name, "application/xml", archive.xrechnung)
