"""Never twice: by real processes, of whom some die between two statements or between two mails."""

import json
import subprocess
import sys

import pytest

from cfp.config import ROOT
from tests.databases import migrated_database
from tests.servers import postgres_server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, place):
    if request.param == "sqlite":
        yield "sqlite:///FOLDER/race.db"
        return
    with postgres_server(place) as server:
        yield migrated_database(server)


def race(url, guard):
    run = [sys.executable, "-m", "tests.submissions.letters_race", url, guard]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_two_who_press_and_two_who_deliver_and_die_send_every_letter_once(url):
    told = race(url, "guarded")
    assert told["complaints"] == []
    assert told["killed"] >= 1  # they really died


@pytest.mark.slow
def test_without_the_guards_the_same_race_writes_to_people_twice():
    assert race("sqlite:///FOLDER/race.db", "careless")["complaints"]
