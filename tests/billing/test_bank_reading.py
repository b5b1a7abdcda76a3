"""Statements in every format say the same; whatever is broken is refused whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing.bank import BrokenStatement, read
from cfp.billing.bank.known import Known, fingerprints, unknown
from cfp.billing.bank.statement import is_account
from tests.billing.bank_files import DAY, IBAN, Move, camt, mt940, table, zipped

MOVES = [
    Move(11900, "RF18 5390 0754 7034 Rechnung FB27-0001", reference="B1", end_to_end="E1"),
    Move(39900, "Ticket für Straße, bitte Quittung senden an die Buchhaltung der Firma"),
    Move(-2500, "Rückgabe", name="Ada Lovelace"),
    Move(-11900, "Rückbuchung RF18 5390 0754 7034", reversal=True),
    Move(5000, "noch nicht gebucht", pending=True),
]
FORMATS = {
    "camt 02": lambda moves: camt(moves, version="02"),
    "camt 04": lambda moves: camt(moves, version="04"),
    "camt 08": camt,
    "mt940": mt940,
    "csv": table,
    "csv in UTF-8": lambda moves: table(moves, encoding="utf-8-sig"),
    "zipped": lambda moves: zipped(camt(moves)),
}
every_format = pytest.mark.parametrize("form", FORMATS)


def entries(data: bytes):
    return [entry for _, statement in read(data, [IBAN]) for entry in statement.entries]


def known(data: bytes):
    return [Known(form, e) for form, each in read(data, [IBAN]) for e in each.entries]


@every_format
def test_every_format_says_day_amount_name_and_text(form):
    found = entries(FORMATS[form](MOVES))
    assert [entry.cents for entry in found] == [11900, 39900, -2500, -11900]
    assert {entry.booked_on for entry in found} == {DAY}
    assert {entry.currency for entry in found} == {"EUR"}
    assert "".join(found[0].text.split()).startswith("RF18539007547034RechnungFB27-0001")
    assert found[0].name.startswith("M")
    assert found[0].iban == "DE02120300000000202051"


@pytest.mark.parametrize("form", ["camt 02", "camt 08", "mt940"])
def test_what_the_bank_took_back_is_known_as_such(form):
    assert [e.is_reversal for e in entries(FORMATS[form](MOVES))] == [False, False, False, True]


def test_only_what_is_booked_counts():
    [(_, statement)] = read(camt(MOVES), [IBAN])
    assert statement.pending == 1


def test_a_collective_entry_is_read_as_its_parts():
    one, two = camt([Move(100, "first")]).decode(), camt([Move(250, "second")]).decode()
    start, end = "<TxDtls>", "</TxDtls>"
    parts = [
        text[text.index(start) : text.index(end)].replace(
            "</Refs>", f'</Refs><Amt Ccy="EUR">{amount}</Amt>'
        )
        + end
        for text, amount in ((one, "1.00"), (two, "2.50"))
    ]
    whole = camt([Move(350)]).decode()
    whole = whole[: whole.index(start)] + "".join(parts) + whole[whole.index(end) + len(end) :]
    assert [(e.cents, e.text) for e in entries(whole.encode())] == [(100, "first"), (250, "second")]


def test_a_column_map_reads_a_table_of_an_unknown_bank():
    data = b"Tag,Wert,Wer\n2027-02-01,119.00,Ada\n"
    with pytest.raises(BrokenStatement):
        read(data, [IBAN])
    [(_, statement)] = read(data, [IBAN], {"date": "Tag", "amount": "Wert", "name": "Wer"})
    assert [(e.cents, e.name) for e in statement.entries] == [(11900, "Ada")]


@pytest.mark.parametrize(
    ("named", "same"),
    [
        (IBAN, True),
        ("DE89 3704 0044 0532 0130 00", True),
        ("37040044/0532013000", True),
        ("37040044/532013000", True),
        ("37040044/0532013000EUR", True),
        ("37040044/0532013001", False),
        ("DE02120300000000202051", False),
        ("", False),
    ],
)
def test_an_account_may_be_named_in_the_old_way(named, same):
    assert is_account(named, IBAN) is same


BROKEN = {
    "another account": camt(MOVES, iban="DE02120300000000202051"),
    "another account in MT940": mt940(MOVES, account="12030000/0000202051"),
    "another account in CSV": table(MOVES, iban="DE02120300000000202051"),
    "does not add up": camt(MOVES, closing=1),
    "does not add up in MT940": mt940(MOVES, closing=1),
    "cut off": camt(MOVES)[:-200],
    "cut off in MT940": mt940(MOVES)[:-60],
    "cut off in CSV": table(MOVES)[:-40],
    "a DTD": camt(MOVES).replace(b"<Document", b'<!DOCTYPE x [<!ENTITY a "b">]><Document', 1),
    "a report of the day": camt(MOVES).replace(b"camt.053", b"camt.052"),
    "no balances": camt(MOVES).replace(b"PRCD", b"XXXX"),
    "an amount of parts of a cent": camt(MOVES).replace(b">119.00<", b">119.005<"),
    "no amount": camt(MOVES).replace(b">119.00<", b">much<"),
    "no day": camt(MOVES).replace(str(DAY).encode(), b"2027-13-45"),
    "an empty archive": zipped(),
    "a broken archive": zipped(camt(MOVES))[:-30],
    "one broken file among good ones": zipped(camt(MOVES), camt(MOVES, closing=1)),
    "a PDF": b"%PDF-1.7",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "nothing": b"",
    "other XML": b"<a/>",
    "a table of something else": b"a;b;c\n1;2;3\n",
    "balances of a table": b"Datum;Betrag;Saldo\n01.02.2027;1,00;10,00\n02.02.2027;2,00;13,00\n",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_refused_whole(fault):
    with pytest.raises(BrokenStatement) as refused:
        read(BROKEN[fault], [IBAN])
    assert str(refused.value).endswith((".", "13.00."))


def test_an_archive_that_explodes_is_refused():
    with pytest.raises(BrokenStatement):
        read(zipped(b"<" + b" " * 30_000_000), [IBAN])
    with pytest.raises(BrokenStatement):
        read(zipped(*[b"x"] * 201), [IBAN])


# What is known already


@every_format
def test_the_same_file_has_nothing_new(form):
    found = known(FORMATS[form](MOVES))
    assert unknown(found, found) == []


@every_format
@pytest.mark.parametrize("other", FORMATS)
def test_another_format_of_the_same_day_has_nothing_new(form, other):
    assert unknown(known(FORMATS[form](MOVES)), known(FORMATS[other](MOVES))) == []


@every_format
def test_of_an_overlapping_file_only_what_is_new_counts(form):
    more = [*MOVES, Move(700, "new", on=DAY + timedelta(days=1)), Move(39900, "other payer", "Eva")]
    new = unknown(known(FORMATS[form](MOVES)), known(FORMATS[form](more)))
    assert sorted(one.entry.cents for one in new) == [700, 39900]


@every_format
def test_equal_movements_are_counted(form):
    twin = Move(1000, "Spende", name="Ada")
    first = known(FORMATS[form]([twin, twin]))
    assert len(first) == 2
    assert len(unknown([], first)) == 2
    assert len(unknown(first, known(FORMATS[form]([twin, twin, twin])))) == 1


@pytest.mark.parametrize(("form", "other"), [("camt 08", "csv"), ("csv", "mt940")])
def test_a_new_payer_of_the_same_amount_and_day_is_not_taken_for_a_known_one(form, other):
    ada = Move(39900, "Ticket RF18 5390 0754 7034", name="Ada Lovelace")
    eva = Move(39900, "Ticket RF97 8812 3344 1199", name="Eva Blohm")
    new = unknown(known(FORMATS[form]([ada])), known(FORMATS[other]([eva, ada])))
    assert [one.entry.name for one in new] == ["Eva Blohm"]


moves = st.builds(
    Move,
    cents=st.integers(1, 400).map(lambda n: n * 100),
    text=st.sampled_from(["RF18 5390 0754 7034", "FB27-0001", "Ticket", "Spende fuer alle"]),
    name=st.sampled_from(["Ada Lovelace", "Eva Blohm", "Mueller und Soehne"]),
    on=st.sampled_from([DAY, DAY + timedelta(days=1)]),
)


@given(st.lists(moves, min_size=1, max_size=12), st.data())
def test_any_two_parts_of_a_statement_make_the_whole(whole, data):
    cut = data.draw(st.integers(0, len(whole)))
    overlap = data.draw(st.integers(0, cut))
    first, second = known(camt(whole[:cut])), known(camt(whole[overlap:]))
    kept = [*first, *unknown(first, second)]
    wanted = known(camt(whole))
    # Equal movements may lie in the overlap or be new: a file alone cannot tell them apart.
    assert len(kept) <= len(wanted)
    assert {repr(one) for one in kept} == {repr(one) for one in wanted}
    assert unknown(kept, known(camt(whole[overlap:]))) == []


@given(st.lists(moves, max_size=12))
def test_every_movement_has_a_name_of_its_own(several):
    names = fingerprints(IBAN, known(camt(several)))
    assert len(set(names)) == len(several)
    assert names == fingerprints(IBAN, known(camt(several)))


def test_days_of_a_table_may_be_short():
    data = table([replace(MOVES[0], on=date(2027, 12, 31))])
    assert entries(data)[0].booked_on == date(2027, 12, 31)
