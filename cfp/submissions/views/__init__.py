"""The pages of the call for papers: the call itself, one's own proposals, the organiser's list."""

from flask import Blueprint

pages = Blueprint("submissions", __name__)

from cfp.submissions.views import (  # noqa: E402  (they hang their pages on the blueprint above)
    after,
    answers,
    call,
    desk,
    export,
    files,
    invited,
    letters,
    proposals,
    team,
    unsent,
    wanted,
    wording,
)

__all__ = [
    "after",
    "answers",
    "call",
    "desk",
    "export",
    "files",
    "invited",
    "letters",
    "pages",
    "proposals",
    "team",
    "unsent",
    "wanted",
    "wording",
]
