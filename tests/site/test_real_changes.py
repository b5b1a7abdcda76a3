"""Eight real versions of one programme, released one after the other: exactly the true changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from cfp.conference.models import Conference, Publicity
from cfp.db import db as database
from cfp.db import transaction
from cfp.interop import ical, reading, service
from cfp.interop.imported import ImportedTalk
from cfp.interop.released import from_content
from cfp.schedule import diff
from cfp.schedule.models import Schedule
from cfp.schedule.service import release
from cfp.schedule.service.content import entries_of, room_names
from cfp.submissions.models import Submission, Talk
from tests.databases import make_app
from tests.interop.calendars import Component, parse
from tests.interop.real import real
from tests.make import make_person

VERSIONS = range(2, 10)  # the first has no talk
START = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
BASE = "https://conf.example/pyconfr"


@dataclass(frozen=True)
class Version:
    """What a file says, and what we released of it."""

    number: int
    file: dict[str, ImportedTalk]
    content: dict
    calendar: dict[str, Component]

    def told(self, guid: str) -> tuple:
        """What a calendar shows of a talk, by the file alone."""
        talk = self.file[guid]
        return (
            talk.title,
            talk.room,
            talk.start,
            talk.minutes,
            tuple(s.name for s in talk.speakers),
        )


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """Every version imported over the one before and released; done once, for it takes its time."""
    folder = tmp_path_factory.mktemp("pyconfr")
    app = make_app(folder, f"sqlite:///{folder / 'test.db'}")
    with app.test_request_context():
        yield list(released_one_by_one())
        database.session.remove()
        database.engine.dispose()


def released_one_by_one():
    by, conference = make_person("Import"), None
    for number in VERSIONS:
        name = f"pyconfr-2025/revisions/{number:02}.json"
        imported = reading.read(name, real(f"schedules/{name}"), zone="Europe/Paris")
        at = START + timedelta(days=number)
        with transaction():
            conference, _ = service.import_file(
                imported, conference, service.Kind.PROGRAMME, slug="pyconfr", by=by, at=at
            )
            conference.publicity = Publicity.PUBLIC
        with transaction():
            content = release(conference, by, at, f"0.{number}").released_content
        database.session.expire_all()
        calendar = parse(ical.write(from_content(content, BASE)))
        events = {event.value("UID"): event for event in calendar.all("VEVENT")}
        yield Version(number, guids(conference, imported.talks), content, events)


def guids(conference: Conference, talks) -> dict[str, ImportedTalk]:
    """The file's talks by the names that ours have."""
    rows = database.session.execute(
        sa.select(Submission.source_key, Talk.guid)
        .join(Talk, Talk.submission_id == Submission.id)
        .where(Submission.conference_id == conference.id)
    )
    known = {key: guid for key, guid in rows}  # noqa: C416  (rows, not pairs)
    return {known[talk.key]: talk for talk in talks}


def pairs(versions):
    return list(pairwise(versions))


def test_each_version_announces_what_its_file_says(versions):
    for version in versions:
        names = room_names(version.content)
        ours = {
            talk["guid"]: (talk["title"], names[str(talk["room_id"])], talk["minutes"])
            for talk in version.content["talks"]
        }
        assert ours == {g: (t.title, t.room, t.minutes) for g, t in version.file.items()}


def test_the_changes_between_two_versions_are_those_between_their_files(versions):
    seen = set()
    for before, after in pairs(versions):
        guid_of = {
            str(talk["id"]): talk["guid"]
            for talk in [*before.content["talks"], *after.content["talks"]]
        }
        found = diff.diff(entries_of(before.content), entries_of(after.content))
        kinds = {guid_of[change.talk]: set(change.kinds) for change in found}
        assert kinds == true_changes(before.file, after.file)
        seen |= {kind for change in kinds.values() for kind in change}
    assert {diff.Kind.ROOM, diff.Kind.TIME, diff.Kind.DROPPED} <= seen


def true_changes(before, after):
    """By the files alone."""
    changes = {}
    for guid in before.keys() | after.keys():
        old, new = before.get(guid), after.get(guid)
        if old is None or new is None:
            changes[guid] = {diff.Kind.NEW if old is None else diff.Kind.DROPPED}
            continue
        differs = {
            diff.Kind.TIME: old.start != new.start,
            diff.Kind.ROOM: old.room != new.room,
            diff.Kind.LENGTH: old.minutes != new.minutes,
            diff.Kind.TITLE: old.title != new.title,
        }
        if any(differs.values()):
            changes[guid] = {kind for kind, does in differs.items() if does}
    return changes


def test_names_are_stable_and_sequences_rise_only_for_what_changed(versions):
    for before, after in pairs(versions):
        assert before.calendar.keys() <= after.calendar.keys()  # nothing vanishes from a feed
        for uid, old in before.calendar.items():
            new = after.calendar[uid]
            same = uid in before.file and uid in after.file and before.told(uid) == after.told(uid)
            gone = uid not in before.file and uid not in after.file
            rise = int(new.value("SEQUENCE")) - int(old.value("SEQUENCE"))
            assert rise == (0 if same or gone else 1), (after.number, new.text("SUMMARY"))
            if same or gone:
                assert new == old


def test_what_was_dropped_is_cancelled_and_stays_so(versions):
    last = versions[-1]
    ever = {guid for version in versions for guid in version.file}
    states = {uid: event.value("STATUS") for uid, event in last.calendar.items()}
    assert set(states) == ever
    cancelled = {uid for uid, state in states.items() if state == "CANCELLED"}
    assert cancelled == ever - last.file.keys()
    assert len(cancelled) == 4


def test_a_released_version_never_changes(versions):
    kept = database.session.scalars(
        sa.select(Schedule).where(Schedule.number.is_not(None)).order_by(Schedule.number)
    )
    assert [schedule.released_content for schedule in kept] == [v.content for v in versions]
