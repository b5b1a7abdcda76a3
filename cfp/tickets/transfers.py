"""A file of transfers that a bank carries out: ISO 20022, pain.001.001.09, as SEPA wants it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
    }
    | {"æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "&": "+", "@": "(at)"}
)
NOT_SEPA = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")


@dataclass(frozen=True)
class Transfer:
    """So many cents to somebody; ``reference`` is by what both sides find it again."""

    name: str
    iban: str
    cents: int
    reference: str
    text: str


@dataclass(frozen=True)
class Batch:
    """Transfers that leave one account together."""

    code: str
    made_at: datetime
    on: date
    holder: str
    iban: str
    bic: str
    transfers: Sequence[Transfer]

    @property
    def cents(self) -> int:
        return sum(one.cents for one in self.transfers)


def plain(text: str, most: int) -> str:
    """In the letters that every bank in SEPA takes; what has none is left out."""
    latin = unicodedata.normalize("NFKD", text.translate(UMLAUTS))
    letters = "".join(one for one in latin if not unicodedata.combining(one))
    return " ".join(NOT_SEPA.sub(" ", letters).split())[:most].strip()


def as_xml(batch: Batch) -> bytes:
    """The file; amounts are in euros, and the bank books it as one sum."""
    count, total = len(batch.transfers), _amount(batch.cents)
    holder = _named("Nm", plain(batch.holder, 70) or "NOTPROVIDED")
    agent = _named("BICFI", batch.bic) if batch.bic else "<Othr><Id>NOTPROVIDED</Id></Othr>"
    made = batch.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    sums = f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
    said = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}">'
        f"<CstmrCdtTrfInitn><GrpHdr>{_named('MsgId', batch.code)}<CreDtTm>{made}</CreDtTm>{sums}"
        f"<InitgPty>{holder}</InitgPty></GrpHdr>"
        f"<PmtInf>{_named('PmtInfId', batch.code)}<PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>"
        f"{sums}<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>"
        f"<ReqdExctnDt><Dt>{batch.on.isoformat()}</Dt></ReqdExctnDt><Dbtr>{holder}</Dbtr>"
        f"<DbtrAcct><Id>{_named('IBAN', batch.iban)}</Id></DbtrAcct>"
        f"<DbtrAgt><FinInstnId>{agent}</FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>"
        f"{''.join(map(_transfer, batch.transfers))}</PmtInf></CstmrCdtTrfInitn></Document>\n"
    )
    return said.encode()


def _transfer(one: Transfer) -> str:
    return (
        f"<CdtTrfTxInf><PmtId>{_named('EndToEndId', plain(one.reference, 35))}</PmtId>"
        f'<Amt><InstdAmt Ccy="EUR">{_amount(one.cents)}</InstdAmt></Amt>'
        f"<Cdtr>{_named('Nm', plain(one.name, 70) or 'NOTPROVIDED')}</Cdtr>"
        f"<CdtrAcct><Id>{_named('IBAN', one.iban)}</Id></CdtrAcct>"
        f"<RmtInf>{_named('Ustrd', plain(one.text, 140))}</RmtInf></CdtTrfTxInf>"
    )


def _named(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))
