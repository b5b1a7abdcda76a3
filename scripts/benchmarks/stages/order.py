"""All stages of the main job in their order; run as a program, one of them in its own process."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from . import call, programme, reviews, selection
from .job import SOURCES, Facts, Job

STAGES: dict[str, Callable[[Job], Facts]] = {
    "import": call.import_proposals,
    "committee": call.form_committee,
    "assign": reviews.assign,
    "publish": reviews.publish,
    "score": reviews.score,
    "select": selection.select,
    "tell": selection.tell,
    "deliver": selection.deliver,
    "confirm": selection.confirm_all,
    "grid": programme.open_grid,
    "solve": programme.solve,
    "release": programme.release,
    "deliver news": selection.deliver,
    "export": programme.export,
}


def run(app: Flask, name: str, job: Job) -> Facts:
    """One stage, as if somebody pressed its button."""
    with app.test_request_context(base_url=app.config["SETTINGS"].base_url):
        return STAGES[name](job)


def main() -> None:
    """Print the facts of one stage as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("slug", choices=[source.slug for source in SOURCES])
    parser.add_argument("data", type=Path)
    parser.add_argument("seconds", type=int)
    asked = parser.parse_args()
    source = next(source for source in SOURCES if source.slug == asked.slug)
    from cfp import create_app  # noqa: PLC0415  (after the arguments are known to be right)

    print(json.dumps(run(create_app(), asked.stage, Job(source, asked.data, asked.seconds))))


if __name__ == "__main__":
    main()
