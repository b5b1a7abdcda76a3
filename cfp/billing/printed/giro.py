"""GiroCode: the transfer as a QR code that banking apps read (EPC069-12, version 2)."""

from __future__ import annotations

from decimal import Decimal

from stdnum import iso11649

from cfp.billing import words
from cfp.billing.document import Document, Kind
from cfp.billing.totals import Totals

MOST = Decimal("999999999.99")


def code(document: Document, totals: Totals) -> str:
    """The code as a ``data:`` address of an SVG; nothing where no euros are to be transferred."""
    payment = document.payment
    to_pay = document.currency == "EUR" and 0 < totals.due <= MOST
    if not (to_pay and payment.iban and words.is_paid_by_transfer(document)):
        return ""
    if document.kind is Kind.CANCELLATION:
        return ""
    from segno import helpers  # noqa: PLC0415

    reference = payment.reference
    is_structured = iso11649.is_valid(reference)
    made = helpers.make_epc_qr(
        name=(payment.holder or document.seller.name)[:70],
        iban=payment.iban,
        amount=totals.due,
        reference=iso11649.compact(reference) if is_structured else None,
        text=None if is_structured else (reference or document.number)[:140],
        bic=payment.bic or None,
        encoding="utf-8",
    )
    return str(made.svg_data_uri(border=0, scale=4, dark="#000"))
