"""``flask conference demo|import``: an edition out of files."""

from pathlib import Path

import click
import sqlalchemy as sa

from cfp import clock
from cfp.conference import queries as conferences
from cfp.conference.cli import conference
from cfp.conference.models import Conference
from cfp.config import ROOT
from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.interop import demo as demo_conference
from cfp.interop import reading, service
from cfp.interop.imported import BrokenFile
from cfp.people import queries as people
from cfp.people.models import Person
from cfp.people.passwords import hash_password
from cfp.people.service import add_person

__all__ = ["conference"]


@conference.command()
def demo() -> None:
    """Fill an empty installation with a conference to try things on."""
    if db.session.scalar(sa.select(Conference.id).limit(1)):
        click.echo("There is a conference already; the demo was left out.")
        return
    password_hash, at = hash_password(demo_conference.PASSWORD), clock.now()
    with transaction():
        edition = demo_conference.fill(ROOT / "scripts" / "demo", at, password_hash)
        name = edition.name
    click.echo(f"{name} is ready.")


@conference.command("demo-logins")
def demo_logins() -> None:
    """Print who may sign in to the demo, if it is the demo that is here."""
    emails = [email for _, email, _ in demo_conference.LOGINS]
    here = set(db.session.scalars(sa.select(Person.email).where(Person.email.in_(emails))))
    for name, email, what in demo_conference.LOGINS:
        if email in here:
            click.echo(f"{email}  {demo_conference.PASSWORD}  ({name}, {what})")


@conference.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", "slug", required=True, help="Short name of the edition; made if missing.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["proposals", "programme"]),
    help="What its talks become. A CSV holds proposals, a schedule a programme.",
)
@click.option("--by", "email", help="The address of the organiser in whose name this happens.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
def import_(path: Path, slug: str, kind: str | None, email: str | None, *, dry_run: bool) -> None:
    """Read a schedule (XML, JSON), or proposals of pretalx, Sessionize, Papercall, HotCRP, CSV."""
    zone = db.session.scalar(conferences.by_slug(slug).with_only_columns(Conference.timezone))
    try:
        imported = reading.read(path.name, path.read_bytes(), zone=zone or "UTC")
    except BrokenFile as broken:
        raise click.ClickException(f"{path.name}: {broken}") from broken
    has_places = any(talk.start for talk in imported.talks)
    wanted = service.Kind(kind or ("programme" if has_places else "proposals"))
    try:
        with transaction():
            into = db.session.scalar(conferences.by_slug(slug))
            by = _importer(email)
            _, report = service.import_file(
                imported, into, wanted, slug=slug, by=by, at=clock.now()
            )
            if dry_run:
                db.session.rollback()  # it was tried for real, and is taken back
    except Refused as refused:
        raise click.ClickException(refused.sentence) from refused
    if dry_run:
        click.echo("Nothing was changed. This is what would happen:")
    _print(report)


def _importer(email: str | None) -> Person:
    """Who answers for the import: the person named, else the first admin, else a new name."""
    if email:
        found: Person | None = db.session.scalar(people.person_by_email(email))
        if found is None:
            raise Refused(f"Nobody here has the address {email}.")
        return found
    admin = sa.select(Person).where(Person.is_admin).order_by(Person.id).limit(1)
    first: Person | None = db.session.scalar(admin)
    return first or add_person("Import", at=clock.now())


def _print(report: service.Report) -> None:
    for sentence in report.repairs:
        click.echo(f"repaired: {sentence}")
    for where, sentence in report.refused:
        click.echo(f"refused: {where}: {sentence}", err=True)
    for title in report.cancelled:
        click.echo(f"cancelled: {title}")
    click.echo(report.summary)
