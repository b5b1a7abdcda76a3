"""Any table of the kitchen as a file: CSV, or a spreadsheet."""

from flask import Response, g

from cfp.access import allow
from cfp.billing.sheets import Table, as_csv, as_xlsx
from cfp.catering.service import tables
from cfp.catering.views.blueprint import READERS, pages

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
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
    data = as_csv(*found) if ending == "csv" else as_xlsx(Table(name, *found))
    head = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(data, mimetype=KINDS[ending], headers=head | {"Cache-Control": "no-store"})
