"""MT940, the account statement of SWIFT, with the German structure of field 86."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from cfp.billing.bank.statement import BrokenStatement, Entry, Statement, cents, line
from cfp.sentences import say

REVERSED = re.compile(r"^R[CD]$")
RETURNED = {"108", "109", "159", "160", "181", "184"}  # GVC codes of returns
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def read(data: bytes) -> list[Statement]:
    """All statements of a file, one for each ``:20:`` block."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    blocks = [block for block in re.split(r"(?m)^(?=:20:)", text) if ":25:" in block]
    if not blocks:
        raise BrokenStatement(say("The file holds no statement."))
    return [_statement(block) for block in blocks]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _statement(block: str) -> Statement:
    from mt940.models import Transactions  # noqa: PLC0415  (only who imports needs it)
    from mt940.options import Options  # noqa: PLC0415

    if not re.search(r"(?m)^:62[FM]:", block):
        raise BrokenStatement(say("The statement is cut off: it has no closing balance."))
    parsed = Transactions(options=Options.all())
    try:
        parsed.parse(block)
    except (RuntimeError, ValueError, ArithmeticError, KeyError, AttributeError):
        raise BrokenStatement(say("A line of the statement cannot be read.")) from None
    found = parsed.data
    marks = re.findall(r"(?m)^:61:", block)
    if len(marks) != len(parsed.transactions):
        raise BrokenStatement(say("A line of the statement cannot be read."))
    return Statement(
        str(found.get("account_identification") or "").strip(),
        tuple(_entry(each.data) for each in parsed.transactions),
        _balance(found, "opening"),
        _balance(found, "closing"),
    )


def _balance(found: dict[str, Any], which: str) -> int:
    for kind in ("final", "intermediate"):
        balance = found.get(f"{kind}_{which}_balance")
        if balance is not None:
            return cents(str(balance.amount.amount))
    raise BrokenStatement(say("The statement does not name its opening and closing balance."))


def _entry(found: dict[str, Any]) -> Entry:
    amount, day = found["amount"], found.get("entry_date") or found.get("date")
    if day is None:
        raise BrokenStatement(say("A movement has no day."))
    name, iban = _payer(found)
    details = found.get("purpose") or found.get("transaction_details") or ""
    reference = str(found.get("bank_reference") or "").strip()
    end_to_end = str(found.get("end_to_end_reference") or "").strip()
    code = str(found.get("transaction_code") or "")
    return Entry(
        booked_on=date(day.year, day.month, day.day),
        cents=cents(str(amount.amount)),
        currency=str(amount.currency or "EUR"),
        name=line(name),
        iban=iban,
        text=line(str(details), str(found.get("additional_purpose") or "")),
        end_to_end="" if end_to_end in {"NOTPROVIDED", "NONREF"} else end_to_end,
        bank_reference="" if reference in {"", "NONREF"} else reference,
        is_reversal=bool(REVERSED.match(str(found.get("status")))) or code in RETURNED,
    )


def _payer(found: dict[str, Any]) -> tuple[str, str]:
    """Name and IBAN of the other side; some banks glue them together."""
    name = str(found.get("applicant_name") or found.get("gvc_applicant_name") or "").strip()
    iban = str(found.get("applicant_iban") or found.get("gvc_applicant_iban") or "").strip()
    if not iban and (glued := IBAN.match(name)) and name[:2].isupper() and name[2:4].isdigit():
        from stdnum import iban as ibans  # noqa: PLC0415

        for end in range(15, min(len(glued[0]), 34) + 1):
            if ibans.is_valid(name[:end]):
                return name[end:].strip(), name[:end]
    return name, iban
