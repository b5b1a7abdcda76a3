"""``flask people add``: an account by hand, the first one of an installation for example."""

import click
from flask.cli import AppGroup

from cfp import clock
from cfp.db import transaction
from cfp.errors import Refused
from cfp.people import service
from cfp.people.passwords import LEAST_CHARACTERS, hash_password

people = AppGroup("people", help="Accounts.")


@people.command()
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--admin", is_flag=True, help="May create editions.")
@click.password_option()
def add(name: str, email: str, *, admin: bool, password: str) -> None:
    """Add an account whose address needs no confirmation."""
    if len(password) < LEAST_CHARACTERS:
        raise click.ClickException(f"Please take {LEAST_CHARACTERS} characters or more.")
    password_hash, at = hash_password(password), clock.now()
    try:
        with transaction():
            service.add_person(
                name,
                email,
                at=at,
                password_hash=password_hash,
                email_confirmed_at=at,
                is_admin=admin,
            )
    except Refused as refused:
        raise click.ClickException(refused.sentence) from refused
    click.echo(f"{email} may sign in.")
