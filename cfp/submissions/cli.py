"""``flask submissions remind``: what the worker does every minute, by hand."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from cfp.submissions import tasks

submissions = AppGroup("submissions", help="The call for papers.")


@submissions.command()
def remind() -> None:
    """Remind speakers who were accepted a week ago and have not answered."""
    click.echo(f"{tasks.remind()} reminders wait in the outbox.")
