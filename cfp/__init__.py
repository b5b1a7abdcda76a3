"""Callboard: one conference, from the call for papers to the last paid invoice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NoReturn
from urllib.parse import urlsplit

import click
from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from cfp import (
    access,
    codes,
    config,
    db,
    display,
    failures,
    headers,
    health,
    history,
    logs,
    navigation,
)
from cfp.access import Role, allow
from cfp.billing import tasks as billing_tasks
from cfp.billing import views as billing
from cfp.billing.cli import billing as billing_commands
from cfp.budget import views as budget
from cfp.catering import tasks as catering_tasks
from cfp.catering import views as catering
from cfp.catering.cli import catering as catering_commands
from cfp.conference import current
from cfp.conference import views as conference
from cfp.conference.service import erasing as conference_erasing
from cfp.interop import tasks as interop_tasks
from cfp.interop import views as interop
from cfp.interop.cli import conference as conference_commands
from cfp.interop.solve_cli import schedule as schedule_commands
from cfp.invited import views as invited
from cfp.jobs import queue
from cfp.jobs import views as jobs
from cfp.jobs.cli import jobs as job_commands
from cfp.mail import tasks as mail_tasks
from cfp.mail import views as mail
from cfp.mail.cli import mail as mail_commands
from cfp.materials import views as materials
from cfp.overview import views as overview
from cfp.people import session
from cfp.people import views as people
from cfp.people.cli import people as people_commands
from cfp.questions import views as questions
from cfp.reviews import tasks as review_tasks
from cfp.reviews import views as reviews
from cfp.reviews.cli import reviews as review_commands
from cfp.reviews.service import erasing as review_erasing
from cfp.schedule import tasks as schedule_tasks
from cfp.schedule import views as schedule
from cfp.schedule.service import erasing as schedule_erasing
from cfp.site import erasing as site_erasing
from cfp.site import tasks as site_tasks
from cfp.site import views as site
from cfp.sponsors import tasks as sponsor_tasks
from cfp.sponsors import views as sponsors
from cfp.sponsors.service import erasing as sponsor_erasing
from cfp.stars import tasks as star_tasks
from cfp.submissions import tasks as submission_tasks
from cfp.submissions import views as submissions
from cfp.submissions.cli import submissions as submission_commands
from cfp.submissions.service import erasing as submission_erasing
from cfp.tickets import paper_jobs as ticket_papers
from cfp.tickets import tasks as ticket_tasks
from cfp.tickets import views as tickets
from cfp.tickets.cli import tickets as ticket_commands
from cfp.tickets.service import erasing as ticket_erasing
from cfp.wishlist import tasks as wish_tasks
from cfp.wishlist import views as wishlist

ROOMS = (
    people,
    conference,
    questions,
    invited,
    submissions,
    reviews,
    schedule,
    materials,
    wishlist,
    tickets,
    catering,
    budget,
    billing,
    sponsors,
    interop,
    overview,
    mail,
    jobs,
    site,
    health,
)
COMMANDS = (
    people_commands,
    mail_commands,
    conference_commands,
    submission_commands,
    review_commands,
    schedule_commands,
    ticket_commands,
    billing_commands,
    catering_commands,
    job_commands,
)
TASKS = (
    mail_tasks,
    submission_tasks,
    review_tasks,
    schedule_tasks,
    star_tasks,
    wish_tasks,
    ticket_tasks,
    ticket_papers,
    billing_tasks,
    sponsor_tasks,
    catering_tasks,
    interop_tasks,
    site_tasks,
)  # known once imported
ERASING = (
    conference_erasing,
    submission_erasing,
    review_erasing,
    schedule_erasing,
    ticket_erasing,
    sponsor_erasing,
    site_erasing,
)  # likewise: what is forgotten when somebody is erased


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, from top to bottom as the list of rooms in the house."""
    try:
        settings = settings or config.read_settings()
    except config.WrongSetting as wrong:
        if click.get_current_context(silent=True) is None:
            raise
        return files_only(wrong)
    app = Flask(__name__, template_folder=str(config.ROOT / "templates"))
    app.config.update(flask_settings(settings))
    app.url_map.converters["int"] = codes.KnownNumber

    logs.init_app(app)
    db.init_app(app)
    history.init_app(app)
    CSRFProtect(app)
    Bootstrap5(app)
    session.init_app(app)
    current.init_app(app)
    access.init_app(app, current.roles_here)
    display.init_app(app)
    headers.init_app(app, https=settings.https)
    failures.init_app(app)
    queue.init_app(app, settings)
    navigation.init_app(app)

    for room in ROOMS:
        app.register_blueprint(room.pages)
    for commands in COMMANDS:
        app.cli.add_command(commands)
    if not settings.is_production:
        from cfp import styleguide  # noqa: PLC0415  (no part of what is served to people)

        app.register_blueprint(styleguide.pages)

    open_to_all(app, "static", "bootstrap.static")
    return app


def files_only(wrong: config.WrongSetting) -> Flask:
    """What ``flask`` gets where nothing is set up: the commands that only read and write files.

    Whatever needs more is told what is wrong with the settings.
    """

    def refuse(**_asked: Any) -> NoReturn:
        raise click.ClickException(str(wrong))

    app = Flask(__name__)
    app.config["WRONG_SETTING"] = str(wrong)
    for group in COMMANDS:
        app.cli.add_command(group)
        for command in group.commands.values():
            if hasattr(command.callback, "__wrapped__"):  # by Flask's with_appcontext
                command.callback = refuse
    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    app.cli.add_command(click.Command("db", callback=refuse, context_settings=anything))
    return app


def flask_settings(settings: config.Settings) -> dict[str, Any]:
    """Our settings in the words of Flask and its extensions."""
    place = urlsplit(settings.base_url or "")
    engine = {} if settings.is_sqlite else {"pool_pre_ping": True, "pool_size": 5}
    return {
        "SETTINGS": settings,
        "SERVER_NAME": place.netloc or None,  # where links in letters lead, also from the worker
        "APPLICATION_ROOT": place.path or "/",
        "PREFERRED_URL_SCHEME": place.scheme or "http",
        "TRUSTED_HOSTS": [place.hostname] if settings.is_production and place.hostname else None,
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.environment == "testing",
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.https else "session",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form left open loses nothing
        "BOOTSTRAP_SERVE_LOCAL": True,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
        "JSON_SORT_KEYS": False,
    }


def open_to_all(app: Flask, *endpoints: str) -> None:
    """Label the pages that libraries brought along."""
    for endpoint in endpoints:
        view: Callable[..., Any] = app.view_functions[endpoint]

        @allow(Role.ANYONE)
        def labelled(_view: Callable[..., Any] = view, **values: Any) -> Any:
            return _view(**values)

        app.view_functions[endpoint] = labelled
