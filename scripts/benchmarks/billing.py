"""What an invoice costs: ``scripts/bench billing [HOW_MANY]`` issues 200, one after the other.

Each is added up, written as EN 16931 and as XRechnung, printed as PDF/A-3 with the XML inside, and
has a GiroCode; one in ten has 40 lines over several pages, one in twenty Chinese names and emoji.
Memory is that of the whole process. Then 10,000 movements of a statement are read and matched.
"""

from __future__ import annotations

import resource
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from cfp.billing.bank import read
from cfp.billing.bundle import make
from cfp.billing.document import Document, Line, Party, Payment, Period, References
from cfp.billing.matching import Ledger, Open, Verdict, match
from cfp.billing.reference import reference_of
from cfp.paper import warm_up

AT = datetime(2027, 3, 1, tzinfo=UTC)
IBAN = "DE89370400440532013000"
SELLER = Party(
    "Beispiel Veranstaltungs GmbH",
    "Musterweg 1",
    postcode="10115",
    city="Berlin",
    vat_id="DE123456788",
    contact="Ada Kasse",
    phone="+49 30 123456",
    email="kasse@example.org",
)


def main() -> None:
    """Print both tables."""
    how_many = int(sys.argv[1]) if sys.argv[1:] else 200
    warm_up()
    make(document(0), at=AT)
    seconds, first = [], megabytes()
    began, cpu = perf_counter(), process_time()
    for number in range(1, how_many + 1):
        start = perf_counter()
        made = make(document(number), at=AT)
        seconds.append(perf_counter() - start)
        if number == how_many // 10:
            first = megabytes()
    whole = perf_counter() - began
    print(f"{how_many} invoices: median {median(seconds):.3f} s, slowest {max(seconds):.2f} s,")
    print(f"  together {whole:.1f} s ({process_time() - cpu:.1f} s CPU), the last {size(made.pdf)}")
    print(f"  memory after a tenth {first:.0f} MB, at the end {megabytes():.0f} MB")
    bank(10_000)


def document(number: int) -> Document:
    """An invoice of one to three lines, seldom of forty."""
    count = 40 if number % 10 == 0 else 1 + number % 3
    name = "株式会社カンファレンス 🎉" if number % 20 == 5 else f"Müller & Söhne {number} AG"
    lines = tuple(
        Line(f"Leistung {n}", Decimal(1 + n % 4), Decimal("149.50"), Decimal(19 if n % 5 else 7))
        for n in range(1, count + 1)
    )
    return Document(
        number=f"FB27-{number:04d}",
        issued=date(2027, 3, 1),
        due=date(2027, 3, 31),
        seller=SELLER,
        buyer=Party(name, "Ring 2", postcode="80331", city="München", email="ap@example.com"),
        lines=lines,
        period=Period(date(2027, 6, 7), date(2027, 6, 8)),
        payment=Payment(iban=IBAN, bic="COBADEFFXXX", reference=reference_of(f"FB27{number:04d}")),
        references=References(buyer="04011000-12345-03"),
    )


def bank(count: int) -> None:
    """Read and match a statement of so many movements, without a database."""
    owed = Ledger(
        Open(n, reference_of(f"R{n:05d}"), f"R{n:05d}", (f"FB27-{n:04d}",), f"Payer {n}", 11900)
        for n in range(1, 501)
    )
    rows = [
        f"01.02.2027;119,00;Payer {n};{'Rechnung' if n % 2 else 'Spende'} FB27-{n:04d};EUR"
        for n in range(1, count + 1)
    ]
    head = "Buchungstag;Betrag;Name;Verwendungszweck;Waehrung"
    data = "\n".join([head, *rows]).encode()
    start = perf_counter()
    [(_, statement)] = read(data, [IBAN])
    verdicts = [match(entry, owed).verdict for entry in statement.entries]
    certain = verdicts.count(Verdict.AUTOMATIC)
    print(
        f"{count} movements read and matched in {perf_counter() - start:.1f} s, {certain} certain"
    )


def megabytes() -> float:
    """What the process holds now, not what it once held."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def size(data: bytes) -> str:
    return f"{len(data) / 1000:.0f} kB"


if __name__ == "__main__":
    main()
