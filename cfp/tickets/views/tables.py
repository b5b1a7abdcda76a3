"""Any table of selling as a file: CSV, or a spreadsheet."""

from flask import Response

from cfp.access import allow
from cfp.conference.current import current_conference
from cfp.headers import attached
from cfp.people.session import me
from cfp.sheets import KINDS, Table
from cfp.tickets.service import tables
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.organising import SELLERS

NAMES = ", ".join(f'"{name}"' for name in tables.TABLES)


@pages.get(f"/<conference>/team/tickets/tables/<any({NAMES}):sold_table>.<any(csv, xlsx):ending>")
@allow(*SELLERS)
def sold_table(sold_table, ending) -> Response:
    """Take a table along for a spreadsheet."""
    conference = current_conference()
    found = Table(sold_table, *tables.table(sold_table, me(), conference))
    name = f"{conference.slug}-{sold_table}.{ending}"
    return attached(found.written(ending), name, KINDS[ending])
