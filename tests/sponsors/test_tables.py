"""Every table of sponsors can be taken along, and nothing in it is taken for a formula."""

import csv
import io

import time_machine
from openpyxl import load_workbook

from cfp.access import Role
from cfp.sponsors.service import booths, places
from cfp.sponsors.service.tables import TABLES
from tests.bad_input.patrons import ask
from tests.make import make_member
from tests.sponsors.dealing import NOW, make_booth, make_level, make_signed, make_sponsor, pay


def test_every_table_can_be_had_as_csv_and_as_a_spreadsheet(client, house):
    with time_machine.travel(NOW, tick=False):
        agreement = pay(make_signed())
        here = agreement.conference
        booths.hold(make_booth(here), agreement, by=None, at=NOW)
        waits = make_sponsor(here, "=HYPERLINK(1)")
        places.wait(make_level(here, name="Spare", cap=0), waits, by=None, at=NOW)
        ask(here, agreement.level, "Asks")
        visitor = client(make_member(here, Role.TREASURER))
        found = {name: read(visitor, here, name) for name in TABLES}
        assert [len(rows) for rows in found.values()] == [2, 2, 1, 4, 1, 2, 1, 1]
        deal, booth = found["agreements"][0], found["booths"][0]
        assert (deal["state"], deal["gross_eur"]) == ("paid", "5950.00")
        assert (deal["still_to_be_paid_eur"], deal["text_sha256"]) == ("0.00", agreement.text_hash)
        assert (booth["width_m"], booth["held_by"]) == ("3.0", agreement.sponsor.name)
        assert found["line"][0]["sponsor"] == "'=HYPERLINK(1)"
        sheet = visitor.browser.get(address(here, "agreements", "xlsx")).data
        cells = [*load_workbook(io.BytesIO(sheet)).active.values]
        assert dict(zip(cells[0], cells[1], strict=True))["gross_eur"] == 5950


def address(here, name, ending):
    return f"/{here.slug}/team/sponsors/tables/{name}.{ending}"


def read(visitor, here, name):
    text = visitor.browser.get(address(here, name, "csv")).get_data(as_text=True)
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]
