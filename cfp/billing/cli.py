"""``flask billing issue|import-statement|check``: invoices and statements for scripts."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from cfp import clock
from cfp.billing.matching import Verdict
from cfp.billing.models import Seller
from cfp.billing.service import doctor
from cfp.billing.service.bank import Imported
from cfp.billing.service.bank import import_statement as read_statement
from cfp.conference import queries as conferences
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.errors import Refused

billing = AppGroup("billing", help="Invoices and bank statements.")
LARGEST_LOGO = 5_000_000
PDF, EN16931, XRECHNUNG, TOTALS = "invoice.pdf", "factur-x.xml", "xrechnung.xml", "totals.json"


@billing.command(with_appcontext=False)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder that gets invoice.pdf, factur-x.xml, xrechnung.xml and totals.json.",
)
@click.option("--profile", type=click.Choice(["zugferd", "xrechnung"]), help="What the PDF holds.")
def issue(source: Path, out: Path, profile: str | None) -> None:
    """Issue the invoice that a JSON file describes; docs/invoices.md says how.

    Nothing is written unless all of it could be made.
    """
    from cfp.billing import bundle, described  # noqa: PLC0415  (only this command needs them)
    from cfp.billing.einvoice import Profile  # noqa: PLC0415

    try:
        found = described.read(source.read_bytes())
        wanted = Profile[{"zugferd": "EN16931"}.get(profile, "XRECHNUNG")] if profile else None
        wanted = wanted or found.profile or Profile.EN16931
        logo = _logo(source.parent, found.logo)
        at = datetime.combine(found.document.issued, time(), UTC)
        made = bundle.make(found.document, at=at, profile=wanted, logo=logo)
    except described.NotUnderstood as unclear:
        raise click.ClickException("\n".join([f"{source.name}:", *unclear.sentences])) from unclear
    except Refused as refused:
        raise click.ClickException(f"{source.name}: {refused.sentence}") from refused
    sums = bundle.as_json(found.document, made.totals)
    sums["warnings"] = list(found.warnings)
    sums["xrechnung_needs"] = list(made.missing)
    out.mkdir(parents=True, exist_ok=True)
    (out / PDF).write_bytes(made.pdf)
    (out / EN16931).write_bytes(made.en16931)
    if made.xrechnung is None:
        (out / XRECHNUNG).unlink(missing_ok=True)
    else:
        (out / XRECHNUNG).write_bytes(made.xrechnung)
    text = json.dumps(sums, ensure_ascii=False, indent=2)
    (out / TOTALS).write_text(f"{text}\n", encoding="utf-8")
    _tell(found.document.number, sums, made.missing)


@billing.command("import-statement")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--conference", "slug", help="The edition; not needed where there is only one.")
@click.option("--dry-run", is_flag=True, help="Print what it would match, and change nothing.")
@click.option(
    "--column", "columns", multiple=True, help="Of a CSV: date=Tag, amount=Wert ... Repeatable."
)
def import_statement(
    path: Path, slug: str | None, columns: tuple[str, ...], *, dry_run: bool
) -> None:
    """Import CAMT.053, MT940 or CSV, zipped or not, and book what is certain."""
    named = dict(column.split("=", 1) for column in columns if "=" in column)
    if len(named) < len(columns):
        raise click.ClickException("A column is given as ours=theirs, such as date=Buchungstag.")
    try:
        with transaction():
            edition = _edition(slug)
            done = read_statement(edition, path.name, path.read_bytes(), clock.now(), columns=named)
            _print_statement(done, dry_run=dry_run)
            if dry_run:
                db.session.rollback()  # it was tried for real, and is taken back
    except Refused as refused:
        raise click.ClickException(f"{path.name}: {refused.sentence}") from refused


@billing.command()
def check() -> None:
    """Whether ranges have no gaps, and nothing that was issued was tampered with."""
    with transaction():
        found = doctor.findings()
    for line in found:
        click.echo(line)
    if found:
        sys.exit(1)
    click.echo("Ranges, archive and what is shown of it agree.")


def _edition(slug: str | None) -> Conference:
    if slug:
        found = db.session.scalar(conferences.by_slug(slug))
        if found is None:
            raise click.ClickException(f"There is no conference {slug}.")
        return found
    several = db.session.scalars(sa.select(Conference).join(Seller)).all()
    if len(several) != 1:
        raise click.ClickException("Say which conference: --conference SHORT-NAME.")
    return several[0]


def _print_statement(done: Imported, *, dry_run: bool) -> None:
    """One line a new movement: what it is, and what becomes of it."""
    if dry_run:
        click.echo("Nothing was changed. This is what would happen:")
    for entry, found in done.matches:
        amount = f"{Decimal(entry.cents).scaleb(-2):>12.2f} {entry.currency}"
        click.echo(f"{entry.booked_on} {amount}  {entry.name or '-'}: {entry.text or '-'}")
        codes = [done.references[key] for key, _ in found.parts]
        parts = [
            f"{code} {Decimal(cents).scaleb(-2):.2f}"
            for code, (_, cents) in zip(codes, found.parts, strict=True)
        ]
        said = ", ".join(parts)
        click.echo(f"    {found.verdict.value}{': ' if said else ''}{said} {found.reason}".rstrip())
    counted = done.verdicts
    click.echo(
        f"{done.read} movements, {done.file.added} new: "
        f"{counted[Verdict.AUTOMATIC]} automatic, {counted[Verdict.SUGGESTION]} to be confirmed, "
        f"{counted[Verdict.NONE]} unknown; {done.pending} not booked by the bank yet."
    )


def _logo(folder: Path, name: str) -> str:
    """The logo's picture; its file stands beside the description or below."""
    if not name:
        return ""
    from cfp.billing.printed.logo import embedded  # noqa: PLC0415  (Pillow)

    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise Refused(f"There is no logo “{name}” beside the description.")
    if path.stat().st_size > LARGEST_LOGO:
        raise Refused("The logo is larger than 5 MB.")
    return embedded(path.read_bytes())


def _tell(number: str, sums: dict[str, object], missing: tuple[str, ...]) -> None:
    net, tax, gross, due = (sums[key] for key in ("net", "tax", "gross", "due"))
    click.echo(f"{number}: {net} + {tax} = {gross} {sums['currency']}, due {due}")
    for sentence in sums["warnings"]:  # type: ignore[attr-defined]
        click.echo(f"note: {sentence}", err=True)
    if missing:
        click.echo(f"No {XRECHNUNG} was written:", err=True)
        for sentence in missing:
            click.echo(f"  {sentence}", err=True)
