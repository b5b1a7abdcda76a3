"""A person is erased: name, mail and words stand nowhere, what has to stay does, and says so."""

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.db import Model
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message, MessageState
from cfp.mail.service import post_text
from cfp.materials import service as materials
from cfp.materials.models import Material, MaterialKind
from cfp.people import erasing
from cfp.people.erasing import ERASED, Fate
from cfp.people.models import LogEntry, Person, SignIn
from cfp.people.passwords import hash_password
from cfp.people.service import log
from cfp.reviews.models import Argument, Review
from cfp.schedule import service as schedule
from cfp.schedule.models import Schedule
from cfp.submissions.models import Speaker, Submission, SubmissionState, Talk, TalkState
from cfp.tickets.models import Order
from cfp.uploads import Sent
from tests.conftest import NOW
from tests.make import (
    make_argument,
    make_conference,
    make_member,
    make_opening,
    make_person,
    make_placement,
    make_review,
    make_room,
    make_schedule,
    make_submission,
    make_talk,
)

NAME, MAIL, WORDS = "Mila Sommernacht", "mila@example.org", "I fall for a living"
PASSWORD = "a-night-at-the-theatre"
PDF = b"%PDF-1.7\n" + WORDS.encode() + b"\n%%EOF\n"
OVER = {"starts_on": date(2026, 5, 4), "ends_on": date(2026, 5, 5)}


@pytest.fixture
def mila(house):
    return make_person(
        NAME,
        email=MAIL,
        employer=f"{WORDS} Inc.",
        biography=WORDS,
        password_hash=hash_password(PASSWORD),
    )


def test_a_short_name_goes_from_what_is_logged_of_its_owner_and_from_nothing_else(db):
    bo, other = make_person("Bo"), make_person("Boris")
    log("renamed", bo, by=bo, at=NOW, changed={"name": ["Bo", "Bo"]}, note="Bob is not Bo.")
    log("renamed", other, by=other, at=NOW, changed={"name": ["Bo", "Boris"]})
    erasing.erase(bo, at=NOW)
    details = [one.details for one in database.session.query(LogEntry).order_by(LogEntry.id)]
    assert details[0] == {"changed": {"name": [ERASED, ERASED]}, "note": f"Bob is not {ERASED}."}
    assert details[1] == {"changed": {"name": ["Bo", "Boris"]}}


def everything():
    """Every cell of every table, as text."""
    for table in Model.metadata.sorted_tables:
        for row in database.session.execute(sa.select(table)).mappings():
            for name, value in row.items():
                shown = value.decode(errors="replace") if isinstance(value, bytes) else value
                yield f"{table.name}.{name}", json.dumps(shown, default=str, ensure_ascii=False)


def where(word):
    return {place for place, text in everything() if word in text}


def erase(person):
    erasing.erase(person, at=NOW)
    database.session.expire_all()


def released(edition, talks):
    room = make_room(edition)
    opening = make_opening(room, NOW.replace(month=5, day=edition.starts_on.day, hour=7))
    draft = make_schedule(edition)
    for number, talk in enumerate(talks):
        make_placement(draft, talk, room, opening.starts_at + timedelta(hours=number))
    database.session.expire_all()
    schedule.release(edition, make_person("Olga Regie"), NOW, "1.0")
    return database.session.query(Schedule).filter_by(version="1.0").one()


def fill(mila):
    """A life in two editions, one of them over: speaker, reviewer, addressee."""
    over, next_year = make_conference(**OVER), make_conference()
    more = {"speakers": [mila], "abstract": WORDS, "notes": WORDS}
    draft = make_submission(next_year, state=SubmissionState.DRAFT, title=WORDS, **more)
    handed_in = make_submission(next_year, title=WORDS, **more)
    shared = make_submission(next_year, speakers=[mila, make_person("Joana")])
    make_review(handed_in, make_person(), 2, for_committee="Not new.")
    other = make_submission(next_year)
    make_review(other, mila, 4, for_committee=WORDS, for_speaker=WORDS)
    make_argument(other, mila, WORDS)
    held = make_talk(over, title="Snow", speakers=[mila], abstract=WORDS)
    make_member(over, Role.REVIEWER, mila)
    sent = post_text("told", mila, f"For {NAME}", WORDS, at=NOW, key="told:1")
    sent.state = MessageState.SENT
    post_text("told", mila, "Later", WORDS, at=NOW)
    post_text("told", make_person("Joana"), f"{NAME} invites you", f"{NAME}, {MAIL}", at=NOW)
    log("invited speaker", shared, by=mila, at=NOW, email=MAIL, name=NAME)
    materials.add(held, MaterialKind.SLIDES, Sent("a.pdf", PDF), by=mila, at=NOW)
    release = released(over, [held])
    return draft, handed_in, shared, held, release


def test_neither_name_nor_mail_nor_words_stand_in_any_table(db, mila):
    fill(mila)
    assert where(NAME)
    assert where(MAIL)
    assert where(WORDS)
    erase(mila)
    assert (where(NAME), where(MAIL), where(WORDS)) == (set(), set(), set())


def test_what_others_rest_on_stays_without_the_person(db, mila):
    draft, handed_in, shared, held, release = fill(mila)
    numbers = [one.id for one in (draft, handed_in, shared, held)]
    digest = release.digest
    erase(mila)
    gone, mine, ours = (database.session.get(Submission, number) for number in numbers[:3])
    talk = database.session.get(Talk, numbers[3])
    assert gone is None
    assert (mine.state, mine.title, mine.abstract) == (SubmissionState.WITHDRAWN, ERASED, "")
    assert [s.person.name for s in ours.speakers] == ["Joana"]
    assert (talk.title, talk.abstract, talk.state) == ("Snow", "", TalkState.CONFIRMED)
    scores = {one.score: one.for_committee for one in database.session.query(Review)}
    assert scores == {2: "Not new.", 4: ""}
    assert database.session.query(Argument).count() == 0
    assert database.session.query(Material).count() == 0
    told = database.session.query(Schedule).filter_by(version="1.0").one()
    (kept,) = told.released_content["talks"]
    assert (kept["title"], kept["abstract"]) == ("Snow", "")
    assert [one["name"] for one in kept["speakers"]] == [ERASED]
    assert told.digest != digest  # so that nobody shows the old one from a cache


def test_a_letter_that_was_sent_is_never_sent_again_and_one_that_waits_never(db, mila):
    fill(mila)
    erase(mila)
    letters = {one.key: (one.to, one.body) for one in database.session.query(Message)}
    assert letters["told:1"] == ("", "")
    assert not any(to == "" for key, (to, _body) in letters.items() if key != "told:1")


def test_a_talk_still_to_come_is_cancelled_and_one_with_others_goes_on(db, mila):
    edition = make_conference()
    alone = make_talk(edition, speakers=[mila])
    together = make_talk(edition, speakers=[mila, make_person("Joana")])
    together.submission.speakers[1].confirmed_at = NOW
    erase(mila)
    assert database.session.get(Talk, alone.id).state is TalkState.CANCELLED
    assert database.session.get(Talk, together.id).state is TalkState.CONFIRMED
    assert {one.person.name for one in database.session.query(Speaker)} == {ERASED, "Joana"}


def test_the_last_organiser_hands_over_first(db, mila):
    edition = make_conference(name="Seitenbühne")
    make_member(edition, Role.ORGANISER, mila)
    with pytest.raises(Refused, match="only organiser of Seitenbühne"):
        erasing.erase(mila, at=NOW)
    database.session.rollback()


def test_orders_of_the_past_lose_their_names_and_those_to_come_stay(db, mila):
    orders = []
    for more in (OVER, {}):
        made = Order(
            conference_id=make_conference(**more).id,
            form_key="k",
            form_digest="d",
            was="placed",
            state="paid",
            name=NAME,
            email=MAIL,
            street="Ring 1",
        )
        orders.append(made)
    for made in orders:
        database.session.add(made)
    database.session.flush()
    lines = {line.what: line for line in erasing.told(mila, NOW)}
    assert lines["Orders of editions that are over"].fate is Fate.NAMELESS
    kept = lines["Orders that are open, or whose edition is still to come"]
    assert (kept.count, kept.fate) == (1, Fate.KEPT)
    erase(mila)
    past, coming = (database.session.get(Order, one.id) for one in orders)
    assert (past.name, past.email, past.street) == ("", "erased@invalid", "")
    assert (coming.name, coming.email) == (NAME, MAIL)


def test_what_is_told_before_is_what_there_is(db, mila):
    fill(mila)
    told = {line.what: (line.count, line.fate) for line in erasing.told(mila, NOW)}
    assert told["Drafts of yours alone"] == (1, Fate.DELETED)
    assert told["Letters to you"] == (3, Fate.DELETED)
    assert told["Proposals with others"] == (1, Fate.NAMELESS)
    assert told["Released schedules that name you"] == (1, Fate.NAMELESS)
    erase(mila)
    _account, *rest = erasing.told(mila, NOW)
    assert {line.fate for line in rest} == {Fate.NAMELESS}


def test_the_browser_asks_for_the_password_and_shows_it_first(client, mila):
    fill(mila)
    visitor = client(mila)
    page = visitor.get("/account/erase").text
    assert "Released schedules that name you" in page
    visitor.post("/account/erase", {"password": PASSWORD}, status=422)
    wrong = visitor.post("/account/erase", {"password": "guessed", "sure": "y"}, status=422)
    assert "not your password" in wrong.text
    visitor.post("/account/erase", {"password": PASSWORD, "sure": "y"})
    visitor.get("/account", status=303)
    known = database.session.get(Person, mila.id)
    assert (known.name, known.email, known.password_hash) == (ERASED, None, None)
    assert database.session.query(SignIn).count() == 0
    assert database.session.query(LogEntry).filter_by(action="erased").one().person_id is None
    refused = client().post("/sign-in", {"email": MAIL, "password": PASSWORD}, status=422)
    assert "do not fit" in refused.text
