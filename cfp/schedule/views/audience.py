"""What visitors have starred, as organisers see it: numbers of people, never people."""

from __future__ import annotations

from flask import g, render_template

from cfp.access import allow
from cfp.schedule import service
from cfp.schedule.service import audience as wanted
from cfp.schedule.views.blueprint import READERS, pages
from cfp.stars.pairs import LEAST, LIFT


@pages.get("/<conference>/team/programme/audience/")
@allow(*READERS)
def audience():
    programme = service.read_programme(g.conference)
    return render_template(
        "schedule/audience.html",
        interest=programme.interest,
        share=wanted.share_of(programme),
        talks=wanted.wanted_talks(programme),
        pairs=wanted.wanted_pairs(programme),
        least=LEAST,
        lift=LIFT,
    )
