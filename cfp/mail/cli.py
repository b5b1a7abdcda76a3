"""``flask mail bounce``: takes what a mail server sends back, from a file or standard input."""

from __future__ import annotations

from typing import BinaryIO

import click
from flask.cli import AppGroup

from cfp import clock
from cfp.db import transaction
from cfp.mail import bounces, service

mail = AppGroup("mail", help="What leaves, and what comes back.")


@mail.command()
@click.argument("file", type=click.File("rb"), default="-")
def bounce(file: BinaryIO) -> None:
    """Mark the letter that came back; let the mail server pipe its reports here."""
    with transaction():
        message = service.take_bounce(file.read(bounces.MOST_BYTES + 1), clock.now())
        if message is None:
            raise click.ClickException("This is no report of a letter of ours that failed.")
        click.echo(f"Message {message.id} came back: {message.bounce or 'no reason is given'}.")
