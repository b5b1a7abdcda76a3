"""The editions, and the settings of one."""

from flask import Blueprint, render_template
from flask_login import current_user

from cfp.access import Role, allow
from cfp.conference import queries
from cfp.db import db

pages = Blueprint("conference", __name__)


@pages.get("/")
@allow(Role.ANYONE)
def editions():
    found = db.session.scalars(queries.public()).all()
    may_create = current_user.is_authenticated and current_user.is_admin
    return render_template("conference/editions.html", found=found, may_create=may_create)
