"""All that is issued for one document: the hybrid PDF, the XML of both profiles, the sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cfp.billing import complete, words
from cfp.billing.document import Document
from cfp.billing.einvoice import Profile, missing
from cfp.billing.totals import Totals, add_up
from cfp.errors import Refused
from cfp.sentences import joined, say


@dataclass(frozen=True)
class Bundle:
    """The bytes that are kept and handed over."""

    totals: Totals
    pdf: bytes
    en16931: bytes
    xrechnung: bytes | None
    missing: tuple[str, ...]  # what an XRechnung would need beyond what is there


def checked(document: Document) -> Totals:
    """The sums of a document that may be issued; :class:`Refused` for any other."""
    totals = add_up(document)
    complete.check(document, totals)
    return totals


def make(
    document: Document, *, at: datetime, profile: Profile = Profile.EN16931, logo: str = ""
) -> Bundle:
    """Add up, write and print; ``profile`` is that of the XML inside the PDF. For the worker."""
    from cfp.billing.einvoice.writer import write  # noqa: PLC0415  (lxml, the worker's)
    from cfp.billing.printed.hybrid import render  # noqa: PLC0415  (WeasyPrint, the worker's)

    totals = checked(document)
    lacking = tuple(missing(document))
    if lacking and profile is Profile.XRECHNUNG:
        raise Refused(joined([say("This cannot be an XRechnung."), *lacking]))
    plain = write(document, totals, Profile.EN16931)
    public = None if lacking else write(document, totals, Profile.XRECHNUNG)
    inside = public if profile is Profile.XRECHNUNG and public else plain
    pdf = render(document, totals, inside, profile=profile, at=at, logo=logo)
    return Bundle(totals, pdf, plain, public, lacking)


def as_json(document: Document, totals: Totals) -> dict[str, Any]:
    """The sums for scripts; amounts are strings with two decimals, never floats."""
    return {
        "number": document.number,
        "kind": document.kind.value,
        "currency": document.currency,
        "lines": [
            {
                "name": total.line.name,
                "quantity": f"{total.line.quantity:f}",
                "unit_price": f"{total.price:f}",
                "category": total.line.category,
                "rate": f"{total.line.rate.normalize():f}",
                "net": f"{total.net:.2f}",
            }
            for total in totals.lines
        ],
        "line_total": f"{totals.line_sum:.2f}",
        "allowances": f"{totals.allowances:.2f}",
        "charges": f"{totals.charges:.2f}",
        "net": f"{totals.net:.2f}",
        "taxes": [
            {
                "category": rate.category,
                "rate": f"{rate.rate.normalize():f}",
                "basis": f"{rate.basis:.2f}",
                "tax": f"{rate.tax:.2f}",
                "reason": words.reason(document, rate.category),
            }
            for rate in totals.rates
        ],
        "tax": f"{totals.tax:.2f}",
        "gross": f"{totals.gross:.2f}",
        "prepaid": f"{totals.prepaid:.2f}",
        "rounding": f"{totals.rounding:.2f}",
        "due": f"{totals.due:.2f}",
    }
