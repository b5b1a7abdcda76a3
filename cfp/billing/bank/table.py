"""A bank's CSV, read by a map of its columns; the heads of German and English banks are known."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cfp.billing.bank.statement import BrokenStatement, Entry, Statement, cents, line
from cfp.billing.described.values import day, number
from cfp.sentences import say

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("buchungstag", "buchungsdatum", "buchung", "datum", "date", "booking date", "booked"),
    "amount": (
        *("betrag", "betrag (eur)", "betrag (€)", "betrag in eur", "umsatz", "umsatz in eur"),
        *("amount", "amount (eur)", "amount (account currency)"),
    ),
    "credit": ("haben", "credit", "gutschrift"),
    "debit": ("soll", "debit", "lastschrift"),
    "direction": ("soll/haben", "s/h", "credit/debit"),
    "currency": ("währung", "waehrung", "currency"),
    "name": (
        *("beguenstigter/zahlungspflichtiger", "begünstigter/zahlungspflichtiger"),
        *("auftraggeber/begünstigter", "auftraggeber / begünstigter", "auftraggeber/empfänger"),
        *("name zahlungsbeteiligter", "zahlungspflichtige*r", "zahlungspflichtiger", "name"),
        *("empfänger/auftraggeber", "begünstigter / auftraggeber", "auftraggeber / empfänger"),
        *("empfänger/zahlungspflichtiger", "name des zahlungsbeteiligten"),
        *("payer", "payee", "counterparty", "partner name", "name des partners"),
    ),
    "text": (
        *("verwendungszweck", "vorgang/verwendungszweck", "zweck", "purpose", "reference"),
        *("payment reference", "text", "description"),
    ),
    "more": ("buchungstext",),  # with some banks the only text that there is
    "iban": (
        *("kontonummer/iban", "iban zahlungsbeteiligter", "iban", "kontonummer", "partner iban"),
        *("iban / kontonummer", "iban des partners"),
    ),
    "account": (
        *("auftragskonto", "iban auftragskonto", "iban kontoinhaber", "eigenes konto"),
        *("account", "own iban", "account iban"),
    ),
    "end_to_end": (
        *("kundenreferenz (end-to-end)", "end-to-end-referenz", "end-to-end", "endtoend"),
        *("kundenreferenz", "end-to-end id"),
    ),
    "bank_reference": ("bankreferenz", "referenz der bank", "bank reference", "transaction id"),
    "status": ("info", "status", "state", "umsatzstatus"),
    "balance": ("saldo", "saldo nach buchung", "kontostand", "balance"),
}
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
THOUSANDS = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+-?")  # no bank has three decimals
NOT_BOOKED = {"vorgemerkt", "pending", "offen", "vorläufig"}
BALANCES = {"kontostand", "anfangssaldo", "endsaldo", "alter kontostand", "neuer kontostand"}
OUTGOING = {"s", "soll", "debit", "dbit"}
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Row:
    """A row by our names, and the line it stands in."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "").strip()


def read(data: bytes, columns: Mapping[str, str] | None = None) -> list[Statement]:
    """The table as one statement; ``columns`` maps our names to heads where a bank's are new."""
    text = _decoded(data)
    lines = text.splitlines(keepends=True)
    known = {head: ours for ours, heads in COLUMNS.items() for head in heads}
    known |= {head.casefold().strip(): ours for ours, head in (columns or {}).items()}
    head, separator, names = _head(lines, known)
    rows = _rows(lines[head + 1 :], separator, names, head + 2)
    booked = [row for row in rows if not _is_pending(row)]
    if not booked:
        raise BrokenStatement(say("The table holds no movement."))
    _check_balances(booked)
    found = IBAN.search("\n".join(lines[:head]))
    accounts = {row["account"] for row in booked if row["account"]}
    if len(accounts) > 1:
        raise BrokenStatement(say("The table is about several accounts."))
    account = accounts.pop() if accounts else (found[0] if found else "")
    entries = tuple(_entry(row) for row in booked)
    return [Statement(account, entries, pending=len(rows) - len(booked))]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _head(lines: Sequence[str], known: Mapping[str, str]) -> tuple[int, str, list[str]]:
    """The line of the heads, the separator, and our name for each column."""
    for position, text in enumerate(lines[:40]):
        for separator in (";", "\t", ","):
            cells = next(csv.reader([text], delimiter=separator), [])
            names = [known.get(" ".join(cell.split()).casefold(), "") for cell in cells]
            if names and names[-1] == "" and not cells[-1].strip() and "amount" in names[-2:]:
                names[-1] = "direction"  # some head their S and H with nothing
            has_amount = {"amount"} & set(names) or {"credit", "debit"} <= set(names)
            if "date" in names and has_amount:
                return position, separator, names
    raise BrokenStatement(
        say("The table has no columns for the day and the amount that are known.")
    )


def _rows(lines: Sequence[str], separator: str, names: Sequence[str], first: int) -> list[Row]:
    if len(lines) > MOST_ROWS:
        raise BrokenStatement(say("The table has more than %(most)s rows.", most=MOST_ROWS))
    found = []
    try:
        reader = csv.reader(lines, delimiter=separator, strict=True)
        for cells in reader:
            if not any(cell.strip() for cell in cells) or _is_balance(cells):
                continue
            if len(cells) < len(names):
                raise BrokenStatement(
                    say(
                        "Line %(line)s has %(count)s cells instead of %(wanted)s.",
                        line=first + reader.line_num - 1,
                        count=len(cells),
                        wanted=len(names),
                    )
                )
            kept = {name: cell for name, cell in zip(names, cells, strict=False) if name}
            found.append(Row(first + reader.line_num - 1, kept))
    except csv.Error:
        raise BrokenStatement(
            say("The table is broken: a quotation mark is never closed.")
        ) from None
    return found


def _is_balance(cells: Sequence[str]) -> bool:
    """A balance among the movements, above or below them, is none."""
    return any(cell.strip().casefold() in BALANCES for cell in cells)


def _is_pending(row: Row) -> bool:
    said = re.findall(r"\w+", f"{row['status']} {row['date']}".casefold())
    return not NOT_BOOKED.isdisjoint(said)


def _entry(row: Row) -> Entry:
    on = day(row["date"]) or _german_short(row["date"])
    if on is None:
        raise BrokenStatement(
            say("Line %(line)s: “%(text)s” is no day.", line=row.line, text=row["date"][:40])
        )
    return Entry(
        booked_on=on,
        cents=_amount(row),
        currency=row["currency"].upper() or "EUR",
        name=line(row["name"]),
        iban="".join(row["iban"].split()).upper(),
        text=line(row["text"] if "text" in row.cells else row["more"]),
        end_to_end="" if row["end_to_end"] == "NOTPROVIDED" else row["end_to_end"],
        bank_reference=row["bank_reference"],
    )


def _german_short(text: str) -> date | None:
    """``15.01.27`` as some banks write it."""
    short = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d\d)", text)
    return day(f"{short[1]}.{short[2]}.20{short[3]}") if short else None


def _amount(row: Row) -> int:
    if row["amount"]:
        amount = _cents(row, "amount")
        return -abs(amount) if row["direction"].casefold() in OUTGOING else amount
    credit = _cents(row, "credit") if row["credit"] else 0
    debit = _cents(row, "debit") if row["debit"] else 0
    return credit - abs(debit)


def _cents(row: Row, name: str) -> int:
    text = re.sub(r"(?i)eur|€|\s", "", row[name])
    if THOUSANDS.fullmatch(text):
        text = re.sub(r"[.,]", "", text)
    found = number(f"-{text[:-1]}" if text.endswith("-") else text)
    if found is None:
        raise BrokenStatement(
            say("Line %(line)s: “%(text)s” is no amount.", line=row.line, text=row[name][:40])
        )
    return cents(str(found))


def _check_balances(rows: Sequence[Row]) -> None:
    """Where each row names the balance after it, the rows must follow from one another."""
    if not all(row["balance"] for row in rows):
        return
    steps = [(_cents(row, "balance"), _amount(row)) for row in rows]
    pairs = list(pairwise(steps))
    is_forward = all(after == before + amount for (before, _), (after, amount) in pairs)
    is_backward = all(before == after + amount for (before, amount), (after, _) in pairs)
    if not is_forward and not is_backward:
        raise BrokenStatement(say("The table does not add up: balances and amounts do not fit."))
