"""Statements as German banks really write them, with their heads, trailers and habits."""

from __future__ import annotations

from datetime import date

import pytest

from cfp.billing.bank import BrokenStatement, read
from tests.billing.bank_files import IBAN, Move, camt

DKB = """\
"Girokonto";"DE89370400440532013000"
"Kontostand vom 05.02.2027:";"1.234,56\u00a0€"
""
"Buchungsdatum";"Status";"Zahlungspflichtige*r";"Verwendungszweck";"IBAN";"Betrag (€)"
"01.02.27";"Gebucht";"Werk GmbH";"FB27-0001 offene Rechnung";"DE02";"1.190"
"02.02.27";"Vorgemerkt";"X";"z";"";"-5,00"
"""
POSTBANK = """\
Umsätze
Konto;IBAN;Währung
Giro;DE89370400440532013000;EUR

Letzter Kontostand;;;;1.000,00;EUR
Buchungstag;Begünstigter / Auftraggeber;Verwendungszweck;Betrag;Soll;Haben;Währung
1.2.2027;Ada Lovelace;RF18 5390;119;;119;EUR
2.2.2027;Strom;Abschlag;-50,5;-50,5;;EUR
Kontostand;5.2.2027;;;1.068,50;EUR
"""
GLS = """\
IBAN Auftragskonto;Buchungstag;Name Zahlungsbeteiligter;Verwendungszweck;Betrag;Saldo nach Buchung
DE89370400440532013000;02.02.2027;Ada;"FB27-0001
2 Tickets";119,00;319,00
DE89370400440532013000;01.02.2027;Eva;x;100,00;200,00
"""
VOLKSBANK = """\
"Buchungstag";"Empfänger/Zahlungspflichtiger";"Vorgang/Verwendungszweck";"Währung";"Umsatz";" "
"01.02.2027";"Ada";"FB27-0001";"EUR";"119,00";"H"
"01.02.2027";"Strom";"Abschlag";"EUR";"50,00";"S"
"01.02.2027";"";"Anfangssaldo";"EUR";"1,00";"H"
"05.02.2027";"";"Endsaldo";"EUR";"70,00";"H"
"""
COMMERZBANK = """\
Buchungstag;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber
02.02.2027;Gutschrift;Ada FB27-0001;119,00;EUR;DE89370400440532013000
offen;Gutschrift;y;1,00;EUR;DE89370400440532013000
"""
SPARKASSE_MT940 = """\
:20:STARTUMSE
:25:37040044/0532013000
:28C:00001/001
:60F:C261231EUR1000,00
:61:2612310101C119,00N166NONREF
:86:166?00GUTSCHRIFT?20SVWZ+Rechnung FB27-00?2101 Ticket?31DE02120300000000202051?32Müller
:61:2701020102DR50,00NMSCNONREF//B123
:86:Lastschrift unstrukturiert Stadtwerke
 Abschlag Januar
:62F:C270102EUR1069,00
-
"""
ENVELOPE = """\
{1:F01INGDDEFFAXXX0000000000}{2:I940INGDDEFFXXXXN}{4:
:20:P1
:25:DE89370400440532013000
:28C:1
:60F:C270201EUR0,00
:61:270201C119,00NTRFNONREF
:86:Ada Lovelace FB27-0001
:62F:C270201EUR119,00
-}"""


@pytest.mark.parametrize(
    ("text", "encoding", "found", "pending"),
    [
        (DKB, "utf-8-sig", [(119000, "Werk GmbH", "FB27-0001 offene Rechnung")], 1),
        (
            POSTBANK,
            "cp1252",
            [(11900, "Ada Lovelace", "RF18 5390"), (-5050, "Strom", "Abschlag")],
            0,
        ),
        (GLS, "utf-8", [(11900, "Ada", "FB27-0001 2 Tickets"), (10000, "Eva", "x")], 0),
        (VOLKSBANK, "cp1252", [(11900, "Ada", "FB27-0001"), (-5000, "Strom", "Abschlag")], 0),
        (COMMERZBANK, "utf-8", [(11900, "", "Ada FB27-0001")], 1),
        (
            SPARKASSE_MT940,
            "latin-1",
            [
                (11900, "Müller", "Rechnung FB27-0001 Ticket"),
                (-5000, "", "Lastschrift unstrukturiert Stadtwerke Abschlag Januar"),
            ],
            0,
        ),
        (ENVELOPE, "ascii", [(11900, "", "Ada Lovelace FB27-0001")], 0),
    ],
    ids=["DKB", "Postbank", "GLS", "Volksbank", "Commerzbank", "Sparkasse", "SWIFT"],
)
def test_a_statement_is_read_as_the_bank_meant_it(text, encoding, found, pending):
    [(_, statement)] = read(text.encode(encoding), [IBAN])
    said = [(entry.cents, entry.name, entry.text) for entry in statement.entries]
    assert (said, statement.pending) == (found, pending)


def test_a_movement_may_be_booked_in_the_year_after_its_value():
    [(_, statement)] = read(SPARKASSE_MT940.encode("latin-1"), [IBAN])
    assert statement.entries[0].booked_on == date(2027, 1, 1)


def test_two_numbers_that_a_point_could_mean_are_those_of_a_bank():
    head = "Buchungstag;Betrag\n01.02.2027;"
    amounts = {"1.190": 119000, "1,190": 119000, "1.190,50-": -119050, "12,5": 1250, "7": 700}
    for text, cents in amounts.items():
        [(_, statement)] = read((head + text).encode(), [IBAN])
        assert statement.entries[0].cents == cents


def part(amount: str, currency: str, reference: str, more: str = "") -> str:
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>"
        f'<Amt Ccy="{currency}">{amount}</Amt>{more}'
        f"<RmtInf><Strd><RfrdDocInf><Nb>{reference}</Nb></RfrdDocInf></Strd></RmtInf></TxDtls>"
    )


def collective(*parts: str) -> list[tuple[int, str, bool]]:
    whole = camt([Move(350)]).decode()
    start, end = whole.index("<TxDtls>"), whole.index("</NtryDtls>")
    [(_, statement)] = read((whole[:start] + "".join(parts) + whole[end:]).encode(), [IBAN])
    return [(entry.cents, entry.text, entry.is_reversal) for entry in statement.entries]


def test_in_a_collective_entry_something_may_go_back():
    back = "<CdtDbtInd>DBIT</CdtDbtInd><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    assert collective(part("4.00", "EUR", "FB27-0001"), part("0.50", "EUR", "B", back)) == [
        (400, "FB27-0001", False),
        (-50, "B", True),
    ]


def test_parts_in_another_currency_are_no_parts_of_the_whole():
    assert collective(part("1.00", "USD", "A"), part("2.50", "USD", "B")) == [(350, "A B", False)]


@pytest.mark.parametrize(
    "code",
    [
        "<Domn><Cd>PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn>",
        "<Prtry><Cd>NRTI+109+931</Cd></Prtry>",
    ],
)
def test_what_came_back_is_known_by_the_code_of_its_kind(code):
    data = camt([Move(-11900, "RF18")]).replace(
        b"<NtryDtls>", f"<BkTxCd>{code}</BkTxCd><NtryDtls>".encode()
    )
    [(_, statement)] = read(data, [IBAN])
    assert statement.entries[0].is_reversal


def test_a_page_of_a_statement_carries_its_balance_on():
    pages = camt([Move(100)]).replace(b"CLBD", b"ITBD")
    [(_, statement)] = read(pages, [IBAN])
    assert (statement.opening, statement.closing) == (100_000, 100_100)


def test_a_dtd_in_any_encoding_is_refused():
    text = camt([Move(100)]).decode().replace("UTF-8", "UTF-16")
    data = text.replace("<Document", '<!DOCTYPE x [<!ENTITY a "b">]><Document', 1)
    with pytest.raises(BrokenStatement):
        read(data.encode("utf-16"), [IBAN])
