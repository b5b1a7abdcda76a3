"""Every component of the design on one page, in both themes; development only."""

from flask import Blueprint

pages = Blueprint("styleguide", __name__)
