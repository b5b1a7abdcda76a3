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
CARRIED = "ITBD"
RETURNED = {"RRTN", "RPCR", "UPDD", "URDD", "RIMB"}  # sub-families of returned payments
RETURNED_BY_GVC = {"108", "109", "159", "160", "181", "184"}  # what German banks call them
REMITTED = (
    *("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/RfrdDocInf/Nb"),
    "RmtInf/Strd/AddtlRmtInf",
)
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
    if root.getroottree().docinfo.internalDTD is not None:
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
    opening, closing = _balances(node)
    if opening is None or closing is None:
        raise BrokenStatement(say("The statement does not name its opening and closing balance."))
    return Statement(account, tuple(entries), opening, closing, pending)


def _balances(node: Node) -> tuple[int | None, int | None]:
    """Opening and closing; of a page of a statement what it carries on (ITBD) stands for them."""
    said = [
        (_text(balance, "Tp/CdOrPrtry/Cd"), _signed(balance, _text(balance, "Amt")))
        for balance in node.findall("Bal")
    ]
    carried = [amount for code, amount in said if code == CARRIED]
    opening = next((amount for code, amount in said if code in OPENING), None)
    closing = next((amount for code, amount in said if code in CLOSING), None)
    if opening is None and carried:
        opening = carried.pop(0)
    if closing is None and carried:
        closing = carried.pop()
    return opening, closing


def _signed(node: Node, amount: str) -> int:
    direction = _text(node, "CdtDbtInd")
    if direction not in {"CRDT", "DBIT"}:
        raise BrokenStatement(say("An amount is neither credit nor debit."))
    return cents(amount) * (1 if direction == "CRDT" else -1)


def _entries(node: Node) -> Iterator[Entry]:
    """An entry; a collective one as its parts where their amounts make up the whole."""
    whole = _signed(node, _text(node, "Amt"))
    parts = node.findall("NtryDtls/TxDtls")
    sign = 1 if whole > 0 else -1
    amounts = [_part(part, sign, _currency(node)) for part in parts]
    if len(parts) > 1 and None not in amounts and sum(filter(None, amounts)) == whole:
        for part, amount in zip(parts, amounts, strict=True):
            yield _entry(node, [part], amount or 0)
        return
    yield _entry(node, parts, whole)


def _part(node: Node, sign: int, currency: str) -> int | None:
    """The amount of a part in the account's currency, below zero where it went out."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        amount = node.find(path)
        if amount is not None and (amount.get("Ccy") or currency) == currency:
            way = {"CRDT": 1, "DBIT": -1}.get(_text(node, "CdtDbtInd"), sign)
            return way * cents(amount.text or "")
    return None


def _entry(node: Node, parts: list[Node], amount: int) -> Entry:
    came_in = amount > 0
    first = parts[0] if parts else node
    who = "Dbtr" if came_in else "Cdtr"
    texts = [
        text
        for part in parts
        for path in REMITTED
        for text in (found.text for found in part.findall(path))
    ]
    own = _text(first, "Refs/AcctSvcrRef") if len(node.findall("NtryDtls/TxDtls")) > 1 else ""
    end_to_end = _text(first, "Refs/EndToEndId")
    return Entry(
        booked_on=_day(node, "BookgDt") or _day(node, "ValDt") or _no_day(),
        cents=amount,
        currency=_currency(node),
        name=line(_name(first, who)),
        iban=_text(first, f"RltdPties/{who}Acct/Id/IBAN"),
        text=line(*texts) or line(_text(node, "AddtlNtryInf")),
        end_to_end="" if end_to_end == "NOTPROVIDED" else end_to_end,
        bank_reference=own or _text(node, "AcctSvcrRef"),
        is_reversal=_is_returned(node, first),
    )


def _name(part: Node, who: str) -> str:
    """The other side; of what is returned the roles are those of the payment that it undoes."""
    other = "Cdtr" if who == "Dbtr" else "Dbtr"
    paths: tuple[str, ...] = (f"{who}/Nm", f"{who}/Pty/Nm", f"Ultmt{who}/Nm", f"Ultmt{who}/Pty/Nm")
    if part.find("RtrInf") is not None:
        paths = (*paths, f"{other}/Nm", f"{other}/Pty/Nm")
    return next(filter(None, (_text(part, f"RltdPties/{path}") for path in paths)), "")


def _is_returned(node: Node, part: Node) -> bool:
    if _text(node, "RvslInd") in {"true", "1"} or part.find("RtrInf") is not None:
        return True
    for holder in (part, node):
        code = re.match(r"(?:[A-Z]{4}\+)?(\d{3})(?:\+|$)", _text(holder, "BkTxCd/Prtry/Cd"))
        if code and code[1] in RETURNED_BY_GVC:
            return True
        if _text(holder, "BkTxCd/Domn/Fmly/SubFmlyCd") in RETURNED:
            return True
    return False


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
