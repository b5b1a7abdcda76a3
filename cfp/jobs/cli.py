"""``flask jobs work``: the worker; ``flask jobs sweep``: one round by hand."""

import logging

import click
from flask.cli import AppGroup

from cfp.jobs import service
from cfp.jobs.lookout import lookout
from cfp.jobs.queue import get_queue

jobs = AppGroup("jobs", help="Work that is too slow for a request.")


@jobs.command()
@click.option("--workers", default=2, show_default=True, help="Threads that run jobs.")
def work(workers: int) -> None:
    """Run jobs, deliver mail and do what is due, until told to stop."""
    from huey.consumer import Consumer  # noqa: PLC0415  (worker only; see cfp/jobs/queue.py)

    queue = get_queue()
    _ = queue.tasks
    logging.getLogger("huey").setLevel(logging.WARNING)
    click.echo("The worker is ready.")
    consumer = Consumer(queue.huey, workers=workers, periodic=True, max_delay=1.0)
    service.sweep()
    with lookout(queue.app):
        consumer.run()


@jobs.command()
def sweep() -> None:
    """Do what is due now, once: mail, waiting jobs, reminders."""
    service.sweep()
