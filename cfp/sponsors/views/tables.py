"""Any table of sponsors as a file: CSV, or a spreadsheet."""

from __future__ import annotations

from flask import Response, g

from cfp import clock
from cfp.access import Role, allow
from cfp.headers import attached
from cfp.sheets import KINDS
from cfp.sponsors.service import tables
from cfp.sponsors.views.blueprint import pages

NAMES = ", ".join(f'"{name}"' for name in tables.TABLES)


@pages.get(
    f"/<conference>/team/sponsors/tables/<any({NAMES}):sponsor_table>.<any(csv, xlsx):ending>"
)
@allow(Role.ORGANISER, Role.TREASURER)
def table(sponsor_table, ending) -> Response:
    """Take a table along for a spreadsheet."""
    found = tables.table(sponsor_table, g.conference, clock.now())
    name = f"{g.conference.slug}-{sponsor_table}.{ending}"
    return attached(found.written(ending), name, KINDS[ending])
