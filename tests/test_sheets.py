"""Tables as files: nothing runs in a spreadsheet, and what was typed can be had back."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.sheets import Table, amount, as_csv, as_xlsx, defused, typed

EVIL = ["=1+1", "+49 30", "-x", "-1-1", "@A", "\t=1", "\r=1", "\n=1", "\uff1d1", "'=1", "''+1"]
PLAIN = ["", "x=1", "'Tis snow", "-1", "-5.00", "12.5", "a\u2028b"]
TEXTS = st.text() | st.text("'=+-@\t\r\n01.", max_size=6)


def read_csv(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(table).removeprefix("\ufeff"), newline="")))


def read_xlsx(table: Table) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(table))).active


@pytest.mark.parametrize("text", EVIL)
def test_what_begins_like_a_formula_gets_an_apostrophe_in_both_files(text):
    table = Table("t", ["=head"], [[text]])
    assert read_csv(table) == [["'=head"], [f"'{text}"]]
    cell = read_xlsx(table)["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{text}".replace("\r", "\n"))


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stands_as_it_is_and_so_do_numbers_below_zero(text):
    assert read_csv(Table("t", ["a", "b"], [[text, "x"]]))[1] == [text, "x"]
    assert read_xlsx(Table("t", ["a"], [[text]]))["A2"].value == (text or None)


@given(TEXTS)
def test_what_was_typed_can_be_had_back(text):
    assert typed(defused(text)) == text


@given(TEXTS)
def test_a_cell_is_a_number_or_begins_like_no_formula(text):
    cell = defused(text)
    assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n"))
    assert not cell.startswith("-") or float(cell) <= 0


def test_numbers_days_and_amounts_are_what_they_are():
    row = [5, -1, 2.5, True, date(2027, 6, 1), amount(-1250), None, "2027", float("nan")]
    found = read_xlsx(Table("t", list("abcdefghi"), [row]))[2]
    values = [cell.value for cell in found]
    assert values[:4] == [5, -1, 2.5, True]
    assert values[4].date() == row[4]
    assert (values[5], found[5].number_format) == (-12.5, "0.00")
    assert values[6:] == [None, "2027", "nan"]
    assert read_csv(Table("t", ["a"], [row]))[1][4:7] == ["2027-06-01", "-12.50", ""]


def test_what_no_workbook_can_hold_is_left_out():
    table = Table(
        "A [long] name: with all / that 'no sheet' may be called", ["a"], [["a\x00<&>\ud800b"]]
    )
    sheet = read_xlsx(table)
    assert sheet["A2"].value == "a<&>b"
    assert sheet.title == "A  long  name  with all   that"


def test_amounts_have_two_places():
    assert [amount(cents) for cents in (5, -100)] == [Decimal("0.05"), Decimal("-1.00")]
