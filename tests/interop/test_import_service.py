"""A file becomes an edition; the same file again changes nothing; a broken one changes nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from cfp.conference.models import Conference, Membership
from cfp.db import db as database
from cfp.db import transaction
from cfp.interop import reading
from cfp.interop.service import Kind, import_file
from cfp.people.models import Person
from cfp.schedule.models import Placement
from cfp.submissions.models import Speaker, Submission, SubmissionState, Talk, TalkState
from tests.make import make_person
from tests.visitor import rows

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
AT = datetime(2027, 1, 5, tzinfo=UTC)
PROPOSALS = (
    "id,title,abstract,type,duration,track,language,level,speakers,emails\n"
    "1,Snow,All about snow,Talk,40,Weather,en,beginner,"
    "Mila Frost;Jo Ice,mila@example.org;jo@example.org\n"
    "2,Rain,All about rain,Talk,40,Weather,de,advanced,Mila Frost,mila@example.org\n"
)


def importing(name, data, kind=Kind.PROPOSALS, slug="conf"):
    with transaction():
        by = database.session.scalar(sa.select(Person).where(Person.name == "Ines"))
        by = by or make_person("Ines")
        into = database.session.scalar(sa.select(Conference).where(Conference.slug == slug))
        imported = reading.read(name, data if isinstance(data, bytes) else data.encode())
        return import_file(imported, into, kind, slug=slug, by=by, at=AT)


def test_proposals_come_with_people_tracks_and_formats(db):
    conference, report = importing("p.csv", PROPOSALS)
    assert report.new == ["Snow", "Rain"]
    assert [track.name for track in conference.tracks] == ["Weather"]
    assert [(f.name, f.minutes) for f in conference.formats] == [("Talk", 40)]
    assert rows(Speaker) == 3
    assert rows(Person) == 3, "Ines, Mila and Jo: one address is one person"


def test_the_importer_runs_the_new_edition(db):
    conference, _ = importing("p.csv", PROPOSALS)
    roles = database.session.scalars(sa.select(Membership.role)).all()
    assert {role.value for role in roles} == {"organiser", "chair"}
    assert conference.slug == "conf"


def test_the_same_file_twice_changes_nothing(db):
    importing("p.csv", PROPOSALS)
    _, report = importing("p.csv", PROPOSALS)
    assert report.unchanged == ["Snow", "Rain"]
    assert not report.new + report.changed + report.cancelled
    assert rows(Submission) == 2


def test_what_changed_is_changed_and_what_vanished_is_withdrawn(db):
    importing("p.csv", PROPOSALS)
    header, first, _second = PROPOSALS.splitlines()
    _, report = importing("p.csv", "\n".join([header, first.replace("Snow", "Sleet")]))
    assert report.changed == ["Sleet"]
    assert report.cancelled == ["Rain"]
    rain = database.session.scalars(sa.select(Submission).where(Submission.title == "Rain")).one()
    assert rain.state is SubmissionState.WITHDRAWN


def test_different_lengths_of_one_format_become_formats_of_their_own(db):
    conference, _ = importing("p.csv", PROPOSALS.replace(",40,Weather,de", ",90,Weather,de"))
    assert {f.name for f in conference.formats} == {"Talk (40 min)", "Talk (90 min)"}


XML = """<?xml version="1.0"?><schedule><version>1</version><conference><acronym>snow</acronym>
<title>Snow</title><start>2027-01-20</start><end>2027-01-20</end>
<time_zone_name>Europe/Berlin</time_zone_name></conference>
<day index="1" date="2027-01-20" start="2027-01-20T09:00:00+01:00" end="2027-01-20T18:00:00+01:00">
<room name="Hall"><event id="7" guid="3a6f7a52-6d8b-5d5b-8a84-0c0f2d6a8a11">
<date>2027-01-20T10:00:00+01:00</date><start>10:00</start><duration>00:45</duration>
<room>Hall</room><title>Flakes</title><type>lecture</type><language>en</language>
<persons><person id="1">Mila</person></persons></event></room></day></schedule>"""


def test_a_programme_is_accepted_confirmed_and_in_its_place(db):
    conference, _ = importing("s.xml", XML, Kind.PROGRAMME)
    talk = database.session.scalars(sa.select(Talk)).one()
    place = database.session.scalars(sa.select(Placement)).one()
    assert talk.state is TalkState.CONFIRMED
    assert place.starts_at == datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
    assert place.room.name == "Hall"
    assert conference.timezone == "Europe/Berlin"


def test_a_programme_twice_moves_nothing(db):
    importing("s.xml", XML, Kind.PROGRAMME)
    _, report = importing("s.xml", XML, Kind.PROGRAMME)
    assert report.unchanged == ["Flakes"]


def test_a_talk_that_moved_is_moved(db):
    importing("s.xml", XML, Kind.PROGRAMME)
    later = XML.replace("T10:00", "T11:00").replace(">10:00<", ">11:00<")
    _, report = importing("s.xml", later, Kind.PROGRAMME)
    assert report.changed == ["Flakes"]
    place = database.session.scalars(sa.select(Placement)).one()
    assert place.starts_at == datetime(2027, 1, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [("s.xml", XML[:-40], "line"), ("s.json", '{"schedule": {', "line"), ("p.csv", "", "empty")],
)
def test_a_broken_file_changes_nothing_and_says_where(sqlite_house, tmp_path, name, data, where):
    path = tmp_path / name
    path.write_text(data)
    runner = sqlite_house.test_cli_runner()
    done = runner.invoke(args=["conference", "import", str(path), "--into", "broken"])
    assert done.exit_code == 1
    assert where in done.output
    with sqlite_house.app_context():
        assert rows(Conference) == 0


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(house, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(PROPOSALS)
    done = house.test_cli_runner().invoke(
        args=["conference", "import", str(path), "--into", "dry", "--dry-run"]
    )
    assert done.exit_code == 0, done.output
    assert "2 new" in done.output
    assert rows(Submission) == rows(Conference) == 0


REAL = {
    "cfp/pyconit8-2017.csv": 181,
    "schedules/pyconfr-2025/norm.json": 93,
    "schedules/debconf-2023/schedule.xml": 117,
    "schedules/31c3-2014/schedule.xml": 138,
    "schedules/rc3-2020/schedule.json": 48,
    "schedules/democon-pretalx/schedule.json": 36,
}


@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="shared/data is not here")
@pytest.mark.parametrize("path", REAL)
def test_real_files_come_in_whole_and_again_change_nothing(house, path):
    data = (DATA / path).read_bytes()
    kind = Kind.PROPOSALS if path.endswith("csv") else Kind.PROGRAMME
    _, first = importing(path, data, kind)
    assert len(first.new) == REAL[path]
    _, again = importing(path, data, kind)
    assert len(again.unchanged) == REAL[path]
