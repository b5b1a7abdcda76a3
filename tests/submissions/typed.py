"""What somebody typed into the form of a proposal."""

from cfp.db import db as database
from cfp.submissions.models import Submission


def form(edition, **changes):
    return {
        "key": "0a1b",
        "version": "0",
        "title": "Snow",
        "abstract": "It falls.",
        "format_id": str(edition.formats[0].id),
        "track_id": str(edition.tracks[0].id),
        "recording_consent": "y",
    } | changes


def only():
    return database.session.query(Submission).one()
