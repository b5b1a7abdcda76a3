"""Everything that a form can hang on: an edition in full swing, one just begun, a stranger's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from cfp.access import Role
from cfp.billing.service import charge, import_statement
from cfp.billing.service.dunning import pause
from cfp.billing.service.selling import find_seller
from cfp.conference.models import Conference
from cfp.db import db
from cfp.jobs.models import JobRun, RunState
from cfp.mail.models import Message, MessageState
from cfp.materials import service as materials
from cfp.materials.models import MaterialKind
from cfp.people import service as people
from cfp.people.models import LinkPurpose, Person
from cfp.people.passwords import hash_password
from cfp.reviews.models import (
    DeclaredConflict,
)
from cfp.reviews.tasks import ASSIGN
from cfp.schedule import service as schedule
from cfp.schedule.models import Break
from cfp.schedule.tasks import SOLVE
from cfp.stars import service as stars
from cfp.submissions.links import token_for
from cfp.submissions.models import (
    Decision,
    Outcome,
    Speaker,
    Submission,
    SubmissionState,
    Talk,
    TalkState,
)
from cfp.uploads import Sent
from tests.bad_input.asking import A_PAGE, ask
from tests.bad_input.begun import cook, explain, suppose
from tests.bad_input.committee import a_selection, judge
from tests.bad_input.door import open_the_door
from tests.bad_input.names import foreign_to, names_of
from tests.bad_input.patrons import deal, deal_there
from tests.bad_input.shop import sell, sell_there
from tests.billing.bank_files import Move, camt
from tests.billing.made import make_invoice, make_seller
from tests.catering.kitchens import fill_purse, make_caterer, make_meal, make_past
from tests.conftest import NOW
from tests.make import (
    make_argument,
    make_assignment,
    make_ballot,
    make_conference,
    make_decision,
    make_format,
    make_invitation,
    make_length_offer,
    make_member,
    make_opening,
    make_person,
    make_placement,
    make_room,
    make_schedule,
    make_submission,
    make_talk,
    make_track,
)

HOUR = timedelta(hours=1)


@dataclass
class World:
    """Three editions, the people in them, and the addresses that only a letter tells."""

    here: Conference
    begun: Conference
    there: Conference
    people: dict[str, Person]
    letters: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    browser: str = "the secret of a stranger's browser"


def make_world() -> World:
    """``here`` and ``begun`` have the same people; nobody of them is anybody ``there``."""
    people_here = {
        "organiser": make_person("Olga Regie"),
        "reviewer": make_person("Rosa Ranglage"),
        "speaker": make_person(
            "Sina Bühne",
            email="sina@example.org",
            employer="Stadttheater",
            password_hash=hash_password("a-night-at-the-theatre"),
        ),
        "admin": make_person("Ada Anlage", is_admin=True),
    }
    here = make_conference(
        slug="here", name="Here", reviews_due_at=NOW + 240 * HOUR, talks_wanted=2, reviews_each=2
    )
    here.takes_wishes = True
    begun = make_conference(slug="begun", name="Begun")
    world = World(here, begun, make_conference(slug="there", name="There"), people_here)
    for edition in (here, begun):
        _staff(edition, people_here)
        _furnish(edition)
    _furnish(world.there)
    _propose(world)
    judge(world)
    _plan(world)
    cook(world)
    suppose(world)
    explain(world)
    _wait(world)
    sell(world)
    deal(world)
    _fill_there(world.there)
    ask(world)
    sell_there(world.there)
    for edition in (here, world.there):
        open_the_door(edition)
        _owe(edition)
    deal_there(world.there)
    db.session.flush()
    world.values, world.foreign = names_of(world), foreign_to(world)
    return world


def _staff(edition: Conference, known: dict[str, Person]) -> None:
    for role in (Role.ORGANISER, Role.CHAIR):
        make_member(edition, role, known["organiser"])
    make_member(edition, Role.ORGANISER)  # so that one of two can be dismissed
    for person in (known["reviewer"], make_person("Another reviewer")):
        make_member(edition, Role.REVIEWER, person)


def _furnish(edition: Conference) -> None:
    make_track(edition, "Light")
    make_track(edition, "Sound", position=1)
    make_format(edition)
    make_format(edition, "Workshop", 90, position=1)
    for number, name in enumerate(("Hall", "Studio")):
        room = make_room(edition, name, position=number)
        make_opening(room, NOW.replace(month=5, day=10, hour=7))
    noon = NOW.replace(month=5, day=10, hour=10)
    db.session.add(
        Break(conference_id=edition.id, title="Lunch", starts_at=noon, ends_at=noon + HOUR)
    )
    db.session.flush()
    db.session.expire(edition)


def _propose(world: World) -> None:
    """One proposal of the speaker in every state that a page shows another form for."""
    here, speaker = world.here, world.people["speaker"]
    more = {"speakers": [speaker], "track_id": here.tracks[0].id}
    make_submission(here, state=SubmissionState.DRAFT, submitted_at=None, **more)
    together = make_submission(here, **more)
    together.speakers.append(Speaker(person=make_person("Co-speaker"), position=1))
    make_submission(here, state=SubmissionState.WITHDRAWN, **more)
    told = make_submission(here, **more)
    decision = make_decision(told, told_at=NOW, told_outcome=Outcome.ACCEPT)
    make_talk(here, submission=told, state=TalkState.UNCONFIRMED)
    db.session.expire(told)
    token = token_for(told.speakers[0], decision)
    world.letters.append(f"/here/confirm/{told.code}/{token}")
    for outcome in Outcome:
        untold = make_submission(here, **more)
        make_decision(untold, outcome)
        if outcome is Outcome.ACCEPT:
            make_talk(here, submission=untold, state=TalkState.UNCONFIRMED)
    token = people.mail_link(speaker, LinkPurpose.SIGN_IN, NOW)
    world.letters.append(f"/link/sign_in/{token}")


def _plan(world: World) -> None:
    """A released version, a draft with a pinned talk and one that waits, a plan of the solver."""
    here, chair = world.here, world.people["organiser"]
    talks = [make_talk(here, title=f"Act {number}") for number in range(1, 4)]
    hall, draft = here.rooms[0], make_schedule(here)
    nine = NOW.replace(month=5, day=10, hour=7)
    make_placement(draft, talks[0], hall, nine)
    make_placement(draft, talks[1], hall, nine + HOUR).pinned = True
    db.session.expire_all()
    schedule.release(here, chair, NOW - HOUR, "1.0")
    wishes = {talks[0].code: True, talks[1].code: True}
    stars.change(here, None, world.browser, wishes, NOW)
    sina = world.people["speaker"]
    hers = db.session.query(Talk).join(Talk.submission).join(Submission.speakers)
    told = hers.join(Submission.decision).filter(Decision.told_at.is_not(None))
    for talk in told.filter(Speaker.person_id == sina.id).order_by(Talk.id):
        kind = MaterialKind.SLIDES
        for what in ("https://slides.example/1", Sent("slides.pdf", A_PAGE)):
            materials.add(talk, kind, what, by=sina, at=NOW)
    for hours in (4, 0, 5):
        schedule.put(here, {talks[0]: (hall, nine + hours * HOUR)}, by=chair, at=NOW)
    schedule.undo(here, by=chair, at=NOW)  # so that one may undo, and redo
    found = {str(talks[2].id): [str(hall.id), (nine + 2 * HOUR).isoformat()]}
    db.session.add(
        JobRun(
            job=SOLVE,
            conference_id=here.id,
            state=RunState.DONE,
            asked_at=NOW,
            result={
                "placed": 1,
                "talks": 3,
                "unplaced": [],
                "timetable": found,
                "optimal": False,
                "edit": 1,
                "adopted": False,
            },
        )
    )


def _wait(world: World) -> None:
    """What is under way: jobs, a letter that is stuck, one that left, one that came back."""
    here, begun = world.here, world.begun
    for edition, job in ((here, ASSIGN), (begun, SOLVE)):
        db.session.add(JobRun(job=job, conference_id=edition.id, asked_at=NOW))
    gone, sent = MessageState.FAILED, MessageState.SENT
    for state, back in ((gone, None), (sent, None), (sent, NOW)):
        letter = {"kind": "submitted", "to": "nobody@example.org", "subject": "Received"}
        more = {"body": "We have it.", "state": state, "bounced_at": back}
        db.session.add(Message(conference_id=here.id, **letter, **more))
    for person in world.people.values():
        people.open_session(person, "another device", NOW)


def _owe(edition: Conference) -> None:
    """An open invoice, one that is not reminded of, and a statement, in part booked."""
    seller = find_seller(edition) or make_seller(edition)
    claimed = make_invoice(NOW, seller)
    costs = f"claim:{claimed.code}:formal:costs"
    charge(claimed.receivable, 4000, NOW, why="Costs of the delay", source=costs)
    quiet, paid = make_invoice(NOW, seller), make_invoice(NOW, seller)
    pause(quiet.receivable, NOW, by=None, why="In dispute")
    moves = [Move(11900, paid.receivable.reference), Move(700, "Donation", name="Somebody")]
    import_statement(edition, "statement.xml", camt(moves), NOW)


def _fill_there(there: Conference) -> None:
    """Another edition with one of everything, to be found by nobody from here."""
    reviewer = make_member(there, Role.REVIEWER)
    chair = make_member(there, Role.ORGANISER)
    submission = make_submission(there)
    make_assignment(submission, reviewer)
    make_argument(submission, reviewer)
    make_invitation(there, "theirs@example.org")
    make_ballot(there, chair)
    make_length_offer(submission, there.formats[1], chair, token="theirs")
    kin = {"submission_id": submission.id, "person_id": reviewer.id}
    talk = make_talk(there)
    caterer = make_caterer(there)
    make_meal(there, caterer)
    make_past(there, 3)
    fill_purse(there)
    make_placement(make_schedule(there), talk, there.rooms[0], NOW.replace(month=5, day=10, hour=7))
    db.session.add_all(
        [
            JobRun(job=SOLVE, conference_id=there.id),
            DeclaredConflict(reason="Kin", **kin),
            a_selection(there, chair),
            Message(
                conference_id=there.id,
                kind="submitted",
                to="nobody@example.org",
                subject="Theirs",
                body="Not yours.",
            ),
        ]
    )
