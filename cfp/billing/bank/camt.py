"""CAMT.053, the account statement of ISO 20022, in versions 02 to 08 and whatever lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from cfp.billing.bank.statement import BrokenStatement, Entry, Statement, cents, line
from cfp.sentences import say

OPENING = ("OPBD", "PRCD")
CLOSING = ("CLBD",)
Node = etree._Element  # noqa: SLF001  (lxml has no public name for it)


def read(data: bytes) -> list[Statement]:
    """All statements of a file; no DTD, no entities, nothing fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise BrokenStatement(say("The XML is broken: %(why)s.", why=_plainly(wrong))) from None
    if b"<!DOCTYPE" in data:
        raise BrokenStatement(say("A statement has no DTD."))
    space = etree.QName(root).namespace or ""
    if "camt.053" not in space:
        raise BrokenStatement(say("The XML is no account statement (camt.053)."))
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    found = [_statement(node) for node in root.findall("BkToCstmrStmt/Stmt")]
    if not found:
        raise BrokenStatement(say("The file holds no statement."))
    return found


def _plainly(wrong: Exception) -> str:
    """What the parser says, without the name that it gives to our file."""
    return re.sub(r" \(<string>.*", "", str(wrong))[:100]


def _statement(node: Node) -> Statement:
    account = _text(node, "Acct/Id/IBAN") or _text(node, "Acct/Id/Othr/Id")
    entries: list[Entry] = []
    pending = 0
    for entry in node.findall("Ntry"):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        if status == "BOOK":
            entries += _entries(entry)
        else:
            pending += 1
    opening, closing = _balance(node, OPENING), _balance(node, CLOSING)
    if opening is None or closing is None:
        raise BrokenStatement(say("The statement does not name its opening and closing balance."))
    return Statement(account, tuple(entries), opening, closing, pending)


def _balance(node: Node, codes: tuple[str, ...]) -> int | None:
    for balance in node.findall("Bal"):
        if _text(balance, "Tp/CdOrPrtry/Cd") in codes:
            return _signed(balance, _text(balance, "Amt"))
    return None


def _signed(node: Node, amount: str) -> int:
    direction = _text(node, "CdtDbtInd")
    if direction not in {"CRDT", "DBIT"}:
        raise BrokenStatement(say("An amount is neither credit nor debit."))
    return cents(amount) * (1 if direction == "CRDT" else -1)


def _entries(node: Node) -> Iterator[Entry]:
    """An entry; a collective one as its parts where their amounts make up the whole."""
    whole = _signed(node, _text(node, "Amt"))
    parts = node.findall("NtryDtls/TxDtls")
    amounts = [_part(part) for part in parts]
    if len(parts) > 1 and None not in amounts:
        sign = 1 if whole > 0 else -1
        signed = [sign * (amount or 0) for amount in amounts]
        if sum(signed) == whole:
            for part, amount in zip(parts, signed, strict=True):
                yield _entry(node, [part], amount)
            return
    yield _entry(node, parts, whole)


def _part(node: Node) -> int | None:
    text = _text(node, "Amt") or _text(node, "AmtDtls/TxAmt/Amt")
    return cents(text) if text else None


def _entry(node: Node, parts: list[Node], amount: int) -> Entry:
    came_in = amount > 0
    first = parts[0] if parts else node
    who = "Dbtr" if came_in else "Cdtr"
    name = _text(first, f"RltdPties/{who}/Nm") or _text(first, f"RltdPties/{who}/Pty/Nm")
    texts = [
        text
        for part in parts
        for path in ("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref")
        for text in (found.text for found in part.findall(path))
    ]
    own = _text(first, "Refs/AcctSvcrRef") if len(node.findall("NtryDtls/TxDtls")) > 1 else ""
    end_to_end = _text(first, "Refs/EndToEndId")
    return Entry(
        booked_on=_day(node, "BookgDt") or _day(node, "ValDt") or _no_day(),
        cents=amount,
        currency=_currency(node),
        name=line(name),
        iban=_text(first, f"RltdPties/{who}Acct/Id/IBAN"),
        text=line(*texts) or line(_text(node, "AddtlNtryInf")),
        end_to_end="" if end_to_end == "NOTPROVIDED" else end_to_end,
        bank_reference=own or _text(node, "AcctSvcrRef"),
        is_reversal=_text(node, "RvslInd") == "true" or first.find("RtrInf") is not None,
    )


def _currency(node: Node) -> str:
    amount = node.find("Amt")
    return (amount.get("Ccy") if amount is not None else None) or "EUR"


def _day(node: Node, name: str) -> date | None:
    text = _text(node, f"{name}/Dt") or _text(node, f"{name}/DtTm")[:10]
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise BrokenStatement(say("“%(text)s” is no day.", text=text[:40])) from None


def _no_day() -> date:
    raise BrokenStatement(say("A movement has no day."))


def _text(node: Node, path: str) -> str:
    return (node.findtext(path) or "").strip()
