"""``flask billing issue``: invoices for scripts, without a database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path

import click
from flask.cli import AppGroup

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
