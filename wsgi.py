"""The WSGI entry point: what gunicorn and ``flask`` load."""

from cfp import create_app

app = create_app()
