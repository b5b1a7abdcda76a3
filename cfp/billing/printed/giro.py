"""The GiroCode of an invoice, where euros are to be transferred."""

from __future__ import annotations

from cfp.billing import giro, words
from cfp.billing.document import Document
from cfp.billing.totals import Totals


def code(document: Document, totals: Totals) -> str:
    """The code as a ``data:`` address of an SVG; nothing where nothing is to be transferred."""
    payment = document.payment
    is_transfer = document.currency == "EUR" and words.is_paid_by_transfer(document)
    if not is_transfer or document.kind.takes_back:
        return ""
    made = giro.code(
        payment.holder or document.seller.name,
        payment.iban,
        payment.bic,
        totals.due,
        payment.reference or document.number,
    )
    return str(made.svg_data_uri(border=0, scale=4, dark="#000")) if made else ""
