"""What the kitchen has ordered, what is supposed, and why not everything fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cfp.catering.service import looking, ordering, setting_up
from cfp.db import db
from cfp.jobs.models import JobRun, RunState
from cfp.schedule import service as schedule
from cfp.schedule.service.alternatives import suppose_room_is_lost, suppose_speaker_cancels
from cfp.schedule.tasks import EXPLAIN
from tests.catering.kitchens import fill_kitchen, fill_purse, make_caterer
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.bad_input.world import World


def cook(world: World) -> None:
    """A kitchen that has looked ahead and ordered; one caterer who cooks nothing yet."""
    here, chair = world.here, world.people["organiser"]
    caterer = fill_kitchen(here, days_before=115, final=40)
    make_caterer(here, "Cold Plates")
    fill_purse(here)
    kitchen = setting_up.find_kitchen(here)
    assert kitchen is not None
    seen = looking.look_ahead(here, kitchen, NOW)
    ordering.order(here, caterer, seen, "", by=chair, at=NOW)


def suppose(world: World) -> None:
    """One question that waits, and one whose plan is there."""
    here, chair = world.here, world.people["organiser"]
    asked = {"by": chair, "at": NOW, "open_now": 0}
    person = schedule.read_programme(here).talks[0].submission.speakers[0].person
    suppose_speaker_cancels(here, person, **asked)
    ready = suppose_room_is_lost(here, here.rooms[1], None, **asked).run
    if ready is not None:
        ready.state = RunState.DONE
        more = {"proposals": {}, "won": [], "lost": [], "count": [0, 0], "optimal": True}
        placed = {"placed": 0, "talks": 3, "unplaced": [], "timetable": {}}
        ready.result = more | placed | {"edit": schedule.read_edit(here)}


def explain(world: World) -> None:
    """Why not everything fits, with a way out; and one rule that was set aside."""
    here, chair = world.here, world.people["organiser"]
    one, other = (talk.id for talk in schedule.read_programme(here).talks[:2])
    schedule.set_aside(here, "recording", str(one), by=chair, at=NOW)
    schedule.divide(here, schedule.read_programme(here).talks[2], 2, by=chair, at=NOW)
    way_out = {"sentence": "Do not record it.", "rule": "recording", "subject": str(other)}
    found = {"checks": [], "contradiction": [], "repairs": [way_out], "cheapest": True}
    result = found | {"fits": False, "edit": schedule.read_edit(here)}
    run = JobRun(job=EXPLAIN, conference_id=here.id, state=RunState.DONE, asked_at=NOW)
    run.result = result
    db.session.add(run)
