"""Statements of a made-up bank in every format, from the same movements."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

IBAN = "DE89370400440532013000"
PAYER = "DE02120300000000202051"
DAY = date(2027, 2, 1)


@dataclass(frozen=True)
class Move:
    """One movement in cents; ``reference`` is the bank's own."""

    cents: int
    text: str = ""
    name: str = "Müller & Söhne AG"
    on: date = DAY
    reference: str = ""
    end_to_end: str = ""
    reversal: bool = False
    pending: bool = False


def amount(cents: int, sign: str = ".") -> str:
    return f"{abs(cents) // 100}{sign}{abs(cents) % 100:02d}"


def camt(
    moves: Sequence[Move],
    *,
    version: str = "08",
    opening: int = 100_000,
    closing: int | None = None,
    iban: str = IBAN,
) -> bytes:
    booked = sum(move.cents for move in moves if not move.pending)
    end = opening + booked if closing is None else closing
    entries = "".join(_camt_entry(move, version) for move in moves)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        "<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>"
        f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_camt_balance('PRCD', opening)}{_camt_balance('CLBD', end)}{entries}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _camt_balance(code: str, cents: int) -> str:
    way = "CRDT" if cents >= 0 else "DBIT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount(cents)}</Amt><CdtDbtInd>{way}</CdtDbtInd>'
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>"
    )


def _camt_entry(move: Move, version: str) -> str:
    way = "CRDT" if move.cents > 0 else "DBIT"
    who = "Dbtr" if move.cents > 0 else "Cdtr"
    name = f"<Nm>{escape(move.name)}</Nm>"
    party = name if version == "02" else f"<Pty>{name}</Pty>"
    state = "PDNG" if move.pending else "BOOK"
    status = state if version == "02" else f"<Cd>{state}</Cd>"
    reference = f"<AcctSvcrRef>{move.reference}</AcctSvcrRef>" if move.reference else ""
    lines = "".join(f"<Ustrd>{escape(part)}</Ustrd>" for part in textwrap.wrap(move.text, 140))
    return (
        f'<Ntry><Amt Ccy="EUR">{amount(move.cents)}</Amt><CdtDbtInd>{way}</CdtDbtInd>'
        f"<RvslInd>{str(move.reversal).lower()}</RvslInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>{move.on}</Dt></BookgDt><ValDt><Dt>{move.on}</Dt></ValDt>{reference}"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{move.end_to_end or 'NOTPROVIDED'}</EndToEndId>"
        f"</Refs><RltdPties><{who}>{party}</{who}><{who}Acct><Id><IBAN>{PAYER}</IBAN></Id>"
        f"</{who}Acct></RltdPties><RmtInf>{lines}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def mt940(
    moves: Sequence[Move],
    *,
    opening: int = 100_000,
    closing: int | None = None,
    account: str = "37040044/0532013000",
) -> bytes:
    booked = [move for move in moves if not move.pending]
    end = opening + sum(move.cents for move in booked) if closing is None else closing
    day = f"{DAY:%y%m%d}"
    lines = [
        ":20:STARTUMSE",
        f":25:{account}",
        ":28C:00001/001",
        f":60F:C{day}EUR{amount(opening, ',')}",
    ]
    for move in booked:
        way = "C" if move.cents > 0 else ("RC" if move.reversal else "D")
        reference = f"NONREF//{move.reference[:16]}" if move.reference else "NONREF"
        lines.append(
            f":61:{move.on:%y%m%d}{move.on:%m%d}{way}{amount(move.cents, ',')}N051{reference}"
        )
        lines.append(_field_86(move))
    lines += [f":62F:C{day}EUR{amount(end, ',')}", "-", ""]
    return "\r\n".join(lines).encode("cp1252")


def _field_86(move: Move) -> str:
    """The German structure: 27 characters a part, broken anywhere."""
    plain = move.text.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae")
    said = (f"EREF+{move.end_to_end} " if move.end_to_end else "") + f"SVWZ+{plain}"
    parts = [said[i : i + 27] for i in range(0, len(said), 27)][:10]
    name = move.name.replace("ü", "ue").replace("ö", "oe")
    code = "109" if move.reversal else "166"
    text = f"{code}?00SEPA-GUTSCHRIFT?109201"
    text += "".join(f"?{20 + n}{part}" for n, part in enumerate(parts))
    text += f"?30BYLADEM1001?31{PAYER}?32{name[:27]}" + (f"?33{name[27:54]}" if name[27:] else "")
    return ":86:" + "\r\n".join(text[i : i + 65] for i in range(0, len(text), 65))


def table(moves: Sequence[Move], *, iban: str = IBAN, encoding: str = "cp1252") -> bytes:
    head = (
        "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;"
        "Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;Betrag;Waehrung;Info"
    )
    rows = [head]
    for move in moves:
        state = "Umsatz vorgemerkt" if move.pending else "Umsatz gebucht"
        sign = "-" if move.cents < 0 else ""
        cells = [
            iban,
            f"{move.on:%d.%m.%y}",
            f"{move.on:%d.%m.%y}",
            "GUTSCHRIFT",
            move.text,
            move.name,
            PAYER,
            sign + amount(move.cents, ","),
            "EUR",
            state,
        ]
        rows.append(";".join(f'"{cell}"' for cell in cells))
    return "\r\n".join([*rows, ""]).encode(encoding)


def zipped(*files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files):
            archive.writestr(f"{number}.xml", data)
    return target.getvalue()
