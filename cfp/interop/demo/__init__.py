"""The demo conference: read from ``scripts/demo``, opened three days before its call closes."""

import json
import random
from datetime import datetime
from pathlib import Path

from cfp.conference.models import Conference
from cfp.interop.demo.book import LOGINS, PASSWORD, Demo
from cfp.interop.demo.call import add_invitations, add_questions, add_wishes
from cfp.interop.demo.edition import add_conference, add_grid, add_parts, add_team
from cfp.interop.demo.kitchen import add_kitchen, add_purse
from cfp.interop.demo.patrons import add_patrons
from cfp.interop.demo.proposals import add_availability, add_keynotes, add_proposals
from cfp.interop.demo.reviews import add_arguments, add_reviews
from cfp.interop.demo.shop import add_shop
from cfp.interop.demo.treasury import add_treasury

__all__ = ["LOGINS", "PASSWORD", "fill"]


def fill(folder: Path, at: datetime, password_hash: str, seed: int = 2027) -> Conference:
    """The whole demo in the database; everybody in it has the same password."""
    plan = json.loads((folder / "conference.json").read_text(encoding="utf-8"))
    demo = Demo(folder, at, password_hash, plan, add_conference(plan, at), {})
    add_parts(demo)
    add_team(demo)
    add_grid(demo)
    quality = dict(add_proposals(demo))
    add_keynotes(demo)
    add_availability(demo)
    add_questions(demo)
    add_invitations(demo)
    add_wishes(demo)
    lot = random.Random(seed)  # noqa: S311  (made-up tastes, no secrets)
    add_reviews(demo.conference, quality, demo.rows("comments.csv"), at, lot)
    lot_of_words = random.Random(seed)  # noqa: S311  (one of their own, so that shops stay alike)
    add_arguments(demo.conference, demo.rows("arguments.csv"), at, lot_of_words)
    add_shop(demo, lot)
    add_kitchen(demo)
    add_purse(demo)
    add_treasury(demo, add_patrons(demo))
    return demo.conference
