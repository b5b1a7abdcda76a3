"""Any table of the kitchen as a file: CSV, or a spreadsheet."""

from flask import Response, g

from cfp.access import allow
from cfp.catering.service import tables
from cfp.catering.views.blueprint import READERS, pages
from cfp.headers import attached
from cfp.sheets import KINDS, Table

NAMES = ", ".join(f'"{name}"' for name in tables.TABLES)
FILE = f"<any({NAMES}):kitchen_table>.<any(csv, xlsx):ending>"


@pages.get(
    f"/<conference>/team/kitchen/tables/<any({NAMES}):kitchen_table>.<any(csv, xlsx):ending>"
)
@allow(*READERS)
def table(kitchen_table, ending):
    """Take a table along for a spreadsheet."""
    found = tables.table(kitchen_table, g.conference)
    return as_file(found, f"{g.conference.slug}-{kitchen_table}", ending)


def as_file(found: tables.Table, name: str, ending: str) -> Response:
    """A file to keep, never shown in place."""
    return attached(Table(name, *found).written(ending), f"{name}.{ending}", KINDS[ending])
