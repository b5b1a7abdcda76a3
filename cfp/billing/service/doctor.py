"""Whether ranges have no gaps and the archive holds what was issued."""

from __future__ import annotations

from itertools import groupby

from cfp.billing import queries
from cfp.billing.service.issuing import link
from cfp.db import db


def findings() -> list[str]:
    """A sentence for each gap and each broken link, over all editions; none when all is well."""
    found = []
    last = dict(db.session.execute(queries.ranges()).all())
    issued = db.session.scalars(queries.in_order())
    for range_id, invoices in groupby(issued, key=lambda invoice: invoice.range_id):
        previous, expected = "", 0
        for invoice in invoices:
            expected += 1
            if invoice.sequence != expected:
                found.append(f"{invoice.number}: {expected} is missing before it.")
                expected = invoice.sequence
            archive = invoice.archive
            if archive.previous != previous:
                found.append(f"{invoice.number}: the chain is broken before it.")
            if archive.chain != link(invoice, archive):
                found.append(f"{invoice.number}: the archived bytes are not what was issued.")
            previous = archive.chain
            db.session.expire(archive)  # its bytes: one document in memory, not all
        if last.pop(range_id, 0) != expected:
            found.append(f"A range has issued {expected} and counts {last.get(range_id)}.")
    found += [f"A range counts {count} and has issued none." for count in last.values() if count]
    return found
