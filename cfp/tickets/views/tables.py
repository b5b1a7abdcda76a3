"""Any table of selling as a file: CSV, or a spreadsheet."""

from flask import Response

from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.headers import attached
from cfp.people.session import me
from cfp.sheets import KINDS, Table
from cfp.tickets.service import catalogue_tables, tables
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.catalogue import LIST
from cfp.tickets.views.organising import SELLERS

NAMES = ", ".join(f'"{name}"' for name in tables.TABLES)


@pages.get(f"/<conference>/team/tickets/tables/<any({NAMES}):sold_table>.<any(csv, xlsx):ending>")
@allow(*SELLERS)
def sold_table(sold_table, ending) -> Response:
    """Take a table along for a spreadsheet."""
    return _file(sold_table, tables.table(sold_table, me(), current_conference()), ending)


@pages.get(f"{LIST}.<any(csv, xlsx):ending>")
@allow(Role.ORGANISER)
def catalogue_table(section, ending) -> Response:
    """Take products, stock, audiences, vouchers or refund rules along."""
    return _file(section, catalogue_tables.TABLES[section](current_conference()), ending)


@pages.get("/<conference>/team/doors/scans.<any(csv, xlsx):ending>")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def scans_table(ending) -> Response:
    """Take along who went through which door when."""
    return _file("scans", tables.scans(current_conference()), ending)


def _file(name: str, found: tables.Table, ending: str) -> Response:
    written = Table(name, *found).written(ending)
    return attached(written, f"{current_conference().slug}-{name}.{ending}", KINDS[ending])
