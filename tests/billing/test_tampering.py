"""Whoever has the database itself cannot change what was issued, or is found out."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from cfp.billing.cli import billing
from cfp.billing.service.doctor import EVERYWHERE, GUARDS, findings
from cfp.db import db as database
from tests.billing.made import make_invoice, make_seller

ISSUED = ("invoice", "invoice_line", "invoice_tax", "archive")
KEPT = (*ISSUED, "number_range", "ledger_entry")


def run(statement: str) -> None:
    database.session.execute(sa.text(statement))


def dialect() -> str:
    return str(database.engine.dialect.name)


def unguard(table: str) -> None:
    """What an owner of the database can do: take the guards away."""
    for name in sorted(GUARDS[dialect()] | EVERYWHERE):
        if name.startswith((f"{table}_no", f"{table}_never", f"{table}_counts")):
            run(f"DROP TRIGGER {name}" + (f" ON {table}" if dialect() == "postgresql" else ""))


def test_nothing_is_put_in_the_place_of_what_was_issued_or_cleared_away(db, now):
    make_invoice(now)
    database.session.commit()
    for table in KEPT:
        replace = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608
        with pytest.raises(sa.exc.DatabaseError, match=r"never changes|count up by one"):
            run(replace if dialect() == "sqlite" else f"TRUNCATE {table} CASCADE")
        database.session.rollback()
    assert findings() == []


def test_no_other_key_lets_a_document_be_replaced(db, now):
    if dialect() != "sqlite":
        pytest.skip("only SQLite replaces rows")
    make_invoice(now)
    database.session.commit()
    columns = [column.name for column in database.metadata.tables["invoice"].columns]
    for key in ({"code"}, {"draft_id"}, {"range_id", "sequence"}, {"conference_id", "number"}):
        other = {"id": "999", "code": "'XXXXXXXX'", "draft_id": "999", "sequence": "9"}
        other |= {"number": "'X'"}
        chosen = [each if each in key else other.get(each, each) for each in columns]
        with pytest.raises(sa.exc.DatabaseError, match="never changes"):
            run(
                f"INSERT OR REPLACE INTO invoice ({', '.join(columns)}) "  # noqa: S608
                f"SELECT {', '.join(chosen)} FROM invoice"
            )
        database.session.rollback()


CHANGES = [
    ("invoice", "UPDATE invoice SET buyer = 'Somebody else'"),
    ("invoice", "UPDATE invoice SET net_cents = 1, gross_cents = 1901"),
    ("invoice", "UPDATE invoice SET prepaid_cents = 11900"),
    ("invoice", "UPDATE invoice SET issued_on = '2026-12-31'"),
    ("invoice_line", "UPDATE invoice_line SET name = 'Silver'"),
    ("invoice_tax", "UPDATE invoice_tax SET tax_cents = 1"),
    ("archive", "UPDATE archive SET pdf = en16931"),
    ("archive", "UPDATE archive SET en16931 = pdf"),
    ("archive", "UPDATE archive SET previous = 'x'"),
    ("archive", "DELETE FROM archive"),
    ("number_range", "UPDATE number_range SET last = 7"),
]


def test_who_takes_the_guards_away_and_changes_something_is_found_out(db, now):
    make_invoice(now)
    database.session.commit()
    for table, change in CHANGES:
        unguard(table)
        run(change)
        database.session.expire_all()
        found = findings()
        database.session.rollback()
        assert any("no longer guards" in each and table in each for each in found), change
        assert [each for each in found if "no longer guards" not in each], change
    assert findings() == []


def test_content_that_was_changed_is_found_out(db, now):
    invoice = make_invoice(now)
    database.session.commit()
    unguard("invoice")
    content = dict(invoice.content)
    content["lines"] = [{**line, "price": "1.00"} for line in content["lines"]]
    run("SELECT 1")
    database.session.execute(sa.update(type(invoice).__table__).values(content=content))
    database.session.expire_all()
    found = findings()
    database.session.rollback()
    assert f"{invoice.number}: what is shown of it is not what was issued." in found


def test_a_document_in_the_place_of_another_breaks_the_chain(db, now):
    seller = make_seller()
    for _ in range(2):
        make_invoice(now, seller)
    database.session.commit()
    unguard("archive")
    run(
        "UPDATE archive SET pdf = (SELECT a.pdf FROM archive a ORDER BY a.id LIMIT 1), en16931 ="
        " (SELECT a.en16931 FROM archive a ORDER BY a.id LIMIT 1) WHERE previous <> ''"
    )
    database.session.expire_all()
    found = findings()
    database.session.rollback()
    assert "FB27-0002: the archived bytes are not what was issued." in found


def test_the_command_says_whether_all_is_well(db, now):
    make_invoice(now)
    database.session.commit()
    done = CliRunner().invoke(billing, ["check"])
    assert (done.exit_code, done.output) == (0, "Ranges, archive and what is shown of it agree.\n")
