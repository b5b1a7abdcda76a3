"""The WSGI entry point: what gunicorn and ``flask`` load."""

import gc

from cfp import create_app

app = create_app()
gc.freeze()  # what is here now is shared by all forked workers, and never garbage
