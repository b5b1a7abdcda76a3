"""A file of another system is tried, taken in on a yes, and changes nothing the second time."""

import json
from datetime import timedelta
from io import BytesIO

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.interop import hotcrp_csv, reading, tasks
from cfp.interop.imported import BrokenFile
from cfp.interop.models import ImportFile
from cfp.interop.service import Kind, import_file
from cfp.interop.service.handing_over import KEPT
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun
from cfp.submissions.models import Outcome, Submission, SubmissionState
from tests.conftest import NOW
from tests.interop.test_other_calls import HOTCRP, PAPERCALL, SESSIONIZE, XLSX, as_bytes
from tests.make import (
    make_conference,
    make_decision,
    make_format,
    make_member,
    make_person,
    make_submission,
    make_talk,
    make_track,
)
from tests.submissions.conftest import today  # noqa: F401  (the clock stands still)
from tests.visitor import rows

PAPERS = b"""ID,Title,Status,Authors,Topics
12,Snow,Submitted,Ada Winter (Nordwind) <ada@x.example>; Bo Li,Weather;Art
13,Ice,Withdrawn,Bo Li,
"""
AUTHORS = b"""paper,title,first,last,email,affiliation
12,Snow,Ada,Winter,ADA@x.example,Nordwind
12,Snow,Bo,Li,,
13,Ice,Bo,Li,,
"""
TABLE = b"Title;Speakers;E-mails\nSnow;Ada Winter;ada@x.example\nIce;Bo Li;bo@x.example\n"
PRETALX = {
    "results": [
        {"code": "ABCDEF", "title": "Snow", "speakers": [{"code": "A", "name": "Ada Winter"}]},
        {"code": "GHJKLM", "title": "Ice", "state": "withdrawn", "speakers": []},
    ]
}
FRAB = b"""<schedule><conference><title>Cold</title><acronym>cold</acronym></conference>
<day index="1" date="2027-05-10"><room name="Hall">
<event id="1" guid="a1"><title>Snow</title><start>10:00</start><duration>00:30</duration>
<persons><person id="1">Ada Winter</person></persons></event>
<event id="2" guid="a2"><title>Ice</title><start>11:00</start><duration>00:30</duration>
<persons/></event></room></day></schedule>"""
FILES = {
    "sessionize.json": as_bytes(SESSIONIZE),
    "sessionize.xlsx": XLSX,
    "papercall.json": as_bytes(PAPERCALL),
    "hotcrp.json": as_bytes(HOTCRP),
    "hotcrp.csv": PAPERS,
    "hotcrp-authors.csv": AUTHORS,
    "table.csv": TABLE,
    "pretalx.json": as_bytes(PRETALX),
    "schedule.xml": FRAB,
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_comes_in_and_the_second_time_changes_nothing(db, name):
    edition, chair = make_conference(), make_person()
    reports = []
    for _time in range(2):
        read = reading.read(name, FILES[name])
        assert not read.refused
        more = {"slug": edition.slug, "by": chair, "at": NOW}
        reports.append(import_file(read, edition, Kind.PROPOSALS, **more)[1])
    assert sorted(reports[0].new) == ["Ice", "Snow"]
    assert sorted(reports[1].unchanged) == ["Ice", "Snow"]
    assert (reports[1].new, reports[1].changed, reports[1].cancelled) == ([], [], [])
    snow = database.session.query(Submission).filter_by(title="Snow").one()
    assert snow.speakers[0].person.name == "Ada Winter"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith("xlsx")])
def test_a_file_says_the_same_in_whatever_encoding_it_was_saved(name, encoding):
    again = FILES[name].decode().encode(encoding)
    assert reading.read(name, again).talks == reading.read(name, FILES[name]).talks


@pytest.mark.parametrize("data", [PAPERS, AUTHORS])
def test_the_tables_of_hotcrp_are_known_by_their_header(data):
    assert reading.guess_format("papers.csv", data) == "hotcrp.csv"
    first, _second = hotcrp_csv.read(data).talks
    assert [one.name for one in first.speakers] == ["Ada Winter", "Bo Li"]
    assert first.speakers[0].email == "ada@x.example"


def test_a_table_without_papers_is_none_of_hotcrp():
    assert reading.guess_format("t.csv", b"id,title,abstract\n1,Snow,x\n") == "csv"
    with pytest.raises(BrokenFile):
        hotcrp_csv.read(b"paper,title,first\n,,\n")


# In the browser


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


@pytest.fixture
def organiser(client, edition):
    return client(make_member(edition, Role.ORGANISER))


LIST = "/here/team/proposals/import/"


def send(organiser, data, name="papers.csv", status=302):
    return organiser.post(
        LIST, {"file": (BytesIO(data), name), "becomes": "proposals"}, status=status
    )


def work():
    jobs.run_waiting()
    database.session.expire_all()


def test_a_file_is_looked_at_taken_in_and_the_second_time_nothing_is_left_to_do(organiser):
    place = send(organiser, TABLE).location
    assert rows(Submission) == 0
    work()
    page = organiser.get(place).text
    assert "2 new, 0 changed" in page
    assert "Snow" in page
    assert rows(Submission) == 0
    organiser.post(f"{place}take-in")
    organiser.post(f"{place}take-in")
    work()
    assert rows(JobRun) == 2
    assert rows(Submission) == 2
    file = database.session.query(ImportFile).one()
    assert (file.waits, file.data) == (False, None)
    assert "What happened" in organiser.get(place).text
    again = send(organiser, TABLE).location
    work()
    page = organiser.get(again).text
    assert "Nothing changes" in page
    assert "Take it in" not in page


def test_what_no_reader_knows_is_said_at_the_field_and_what_breaks_later_in_the_run(organiser):
    assert "This is a PDF" in send(organiser, b"%PDF-1.7", status=422).text
    place = send(organiser, b'{"sessions": 1, "isServiceSession": true}', "all.json").location
    work()
    assert "no sessions of Sessionize" in organiser.get(place).text


def test_a_german_organiser_reads_a_report_in_german(organiser):
    organiser.post("/language", {"language": "de"})
    broken = send(organiser, b"%PDF-1.7", status=422).text
    assert "Das ist ein PDF." in broken
    table = b"title,e-mails,shoe\nSnow,,\nIce,nobody,\n"
    place = send(organiser, table, "t.csv").location
    work()
    page = organiser.get(place).text
    assert "Spalten, die nicht gelesen wurden: shoe" in page
    assert "Zeile 3: „nobody“ ist keine E-Mail-Adresse." in page
    assert "Der Beitrag hat keine Dauer (Zeile 2)" in page
    place = send(organiser, b'{"sessions": 1, "isServiceSession": true}', "all.json").location
    work()
    assert "Die Datei enthält keine Sessions von Sessionize." in organiser.get(place).text


def test_where_all_of_it_is_refused_nothing_is_said_to_be_here_already(organiser):
    place = send(organiser, b"title,e-mails\nIce,nobody\n", "t.csv").location
    work()
    page = organiser.get(place).text
    assert "holds nothing that can be taken in" in page
    assert "here already" not in page


def test_a_file_that_nobody_said_yes_to_is_forgotten_after_a_day(organiser, today):  # noqa: F811
    place = send(organiser, TABLE).location
    work()
    today.move_to(NOW + KEPT + timedelta(minutes=1))
    tasks.forget()
    organiser.post(f"{place}take-in", status=409)
    assert "forgotten" in organiser.get(LIST).text


def test_what_is_exported_comes_home_without_a_change(organiser, edition):
    make_format(edition, "Talk", 40)
    make_track(edition, "Weather")
    database.session.expire(edition)
    more = {"track_id": edition.tracks[0].id, "abstract": "It **falls**.", "notes": "Third row."}
    both = [make_person("Ada Winter"), make_person("Bo Li")]
    make_submission(edition, speakers=both, source_key="form:1", **more)
    make_decision(make_submission(edition, title="No"), Outcome.REJECT)
    make_submission(edition, title="Gone", state=SubmissionState.WITHDRAWN)
    make_submission(edition, title="Draft", state=SubmissionState.DRAFT)
    make_talk(edition)
    exported = organiser.get("/here/team/proposals.json").data
    assert {one["title"] for one in json.loads(exported)["results"]} & {"No", "Gone", "Draft"} == {
        "No",
        "Gone",
    }
    place = send(organiser, exported, "ours.json").location
    work()
    assert "Nothing changes" in organiser.get(place).text
