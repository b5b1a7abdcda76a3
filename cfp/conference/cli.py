"""``flask conference ...``: editions by hand."""

from flask.cli import AppGroup

conference = AppGroup("conference", help="Editions of the conference.")
