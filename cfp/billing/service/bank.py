"""The bank's files are imported once, matched with what is owed, and corrected by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flask_babel import gettext as _

from cfp.billing import queries
from cfp.billing.bank import BrokenStatement, read
from cfp.billing.bank.known import Known, fingerprints, unknown
from cfp.billing.bank.statement import compact
from cfp.billing.matching import NOTHING, Ledger, Match, Open, Verdict, match
from cfp.billing.models import BankEntry, BankFile, Receivable
from cfp.billing.service.allocating import booked
from cfp.billing.service.asking import get_seller
from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.display import said
from cfp.errors import Refused
from cfp.people.models import Person

MARGIN = timedelta(days=1)


@dataclass
class Imported:
    """What became of a file."""

    file: BankFile
    read: int
    pending: int
    matches: list[tuple[BankEntry, Match]]
    references: dict[int, str]  # what is owed, by its number in a match

    @property
    def verdicts(self) -> Counter[Verdict]:
        return Counter(found.verdict for _, found in self.matches)


def import_statement(
    conference: Conference,
    name: str,
    data: bytes,
    at: datetime,
    *,
    by: Person | None = None,
    columns: Mapping[str, str] | None = None,
) -> Imported:
    """Read a file, keep what is new, and book what is certain. `Refused`: nothing of it is kept."""
    seller = get_seller(conference.id)
    if not seller.iban:
        raise Refused(_("The seller has no IBAN; only statements of that account are read."))
    lock(seller)  # two imports at once: the second sees what the first has kept
    try:
        statements = read(data, [seller.iban], columns)
    except BrokenStatement as broken:
        raise Refused(str(said(broken.sentence)), "file") from broken
    parts = [
        [Known(form, entry) for form, each in several for entry in each.entries]
        for _number, several in groupby(statements, key=lambda one: one[1].part)
    ]
    found = [one for part in parts for one in part]
    file = BankFile(
        conference_id=conference.id,
        name=name[-200:],
        form=statements[0][0],
        read=len(found),
        last_day=max((one.entry.booked_on for one in found), default=None),
        at=at,
        by=by,
    )
    db.session.add(file)
    db.session.flush()
    kept = _keep_new(conference, compact(seller.iban), parts, file)
    owed = ledger(conference.id)
    matches = [*_book(kept, owed, at, by)]
    db.session.flush()
    pending = sum(each.pending for _, each in statements)
    references = {key: item.reference for key, item in owed.items.items()}
    return Imported(file, len(found), pending, matches, references)


def _keep_new(
    conference: Conference, account: str, parts: Sequence[Sequence[Known]], file: BankFile
) -> list[BankEntry]:
    """Part by part: what one file of an archive has brought, the next no longer brings."""
    found = [one for part in parts for one in part]
    days = [one.entry.booked_on for one in found]
    if not days:
        return []
    stored = db.session.scalars(
        queries.bank_entries_between(conference.id, min(days) - MARGIN, max(days) + MARGIN)
    )
    known = [Known(each.form, each.movement) for each in stored]
    new: list[Known] = []
    for part in parts:
        new += unknown([*known, *new], part)
    named = dict(zip(map(id, found), fingerprints(account, found), strict=True))
    kept = [_entry(conference, account, one, named[id(one)], file) for one in new]
    file.added = len(kept)
    db.session.add_all(kept)
    db.session.flush()
    return kept


def _entry(
    conference: Conference, account: str, one: Known, fingerprint: str, file: BankFile
) -> BankEntry:
    entry = one.entry
    return BankEntry(
        conference_id=conference.id,
        file=file,
        form=one.form,
        account=account,
        fingerprint=fingerprint,
        booked_on=entry.booked_on,
        cents=entry.cents,
        currency=entry.currency,
        name=entry.name,
        iban=entry.iban[:60],
        text=entry.text,
        end_to_end=entry.end_to_end[:100],
        bank_reference=entry.bank_reference[:100],
        is_reversal=entry.is_reversal,
        allocations=[],
    )


def _book(
    kept: Sequence[BankEntry], owed: Ledger, at: datetime, by: Person | None
) -> Iterator[tuple[BankEntry, Match]]:
    """Match one after the other: what the first has paid, the second no longer finds open."""
    for entry in sorted(kept, key=lambda each: (each.booked_on, each.id)):
        found = match(entry.movement, owed)
        if found.verdict is Verdict.AUTOMATIC:
            for key, cents in found.parts:
                receivable = db.session.get_one(Receivable, key)
                booked(entry, receivable, cents, at, by=by, automatic=True, why=found.reason)
                owed.pay(key, cents)
        yield entry, found


def ledger(conference_id: int) -> Ledger:
    """Everything that is owed or was, with what a payer may call it."""
    numbers: dict[int, list[str]] = {}
    for receivable_id, number in db.session.execute(queries.numbers_issued(conference_id)):
        numbers.setdefault(receivable_id, []).append(number)
    return Ledger(
        [
            Open(
                key=row.id,
                reference=row.reference,
                code=row.code,
                numbers=tuple(numbers.get(row.id, ())),
                payer=row.payer,
                cents=row.owed or 0,
                currency=row.currency,
                received=row.received or 0,
                claimed=max(row.claimed or 0, 0),
            )
            for row in db.session.execute(queries.ledger_rows(conference_id))
        ]
    )


def suggested(entry: BankEntry, owed: Ledger) -> Match:
    """What could be done with a movement that is not booked yet."""
    return match(entry.movement, owed) if not entry.standing else NOTHING
