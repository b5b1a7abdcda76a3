"""GiroCode: a transfer in euros as a QR code that banking apps read (EPC069-12, version 2)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from stdnum import iso11649

if TYPE_CHECKING:
    from segno import QRCode

MOST = Decimal("999999999.99")


def code(holder: str, iban: str, bic: str, amount: Decimal, reference: str) -> QRCode | None:
    """The code; none without an account and its holder, or for an amount that none can hold.

    A reference of ISO 11649 stands in its own place, any other as text.
    """
    if not (iban and holder) or not 0 < amount <= MOST:
        return None
    from segno import helpers  # noqa: PLC0415

    is_structured = iso11649.is_valid(reference)
    return helpers.make_epc_qr(
        name=holder[:70],
        iban=iban,
        amount=amount,
        reference=iso11649.compact(reference) if is_structured else None,
        text=None if is_structured else reference[:140],
        bic=bic or None,
        encoding="utf-8",
    )
