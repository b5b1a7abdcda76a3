"""``flask tickets``: one round of what is due, and whether the stock adds up."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from cfp.db import transaction
from cfp.tickets import tasks
from cfp.tickets.service import doctor

tickets = AppGroup("tickets", help="Selling: orders, stock, the waiting list.")


@tickets.command()
def due() -> None:
    """Settle, expire, remind and offer what is due; the worker does so every minute."""
    for what, number in tasks.everything().items():
        click.echo(f"{what}: {number}")


@tickets.command()
def check() -> None:
    """Compare the counters with the tickets, and the orders with the ledger."""
    with transaction():
        found = doctor.complaints()
    for line in found:
        click.echo(line)
    if found:
        sys.exit(1)
    click.echo("Stock, orders and ledger add up.")
