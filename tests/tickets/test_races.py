"""Everything at once, by real processes that are killed between two statements: nothing is lost."""

import json
import subprocess
import sys

import pytest

from cfp.config import ROOT
from tests.databases import migrated_database
from tests.servers import postgres_server
from tests.tickets.races.deeds import ESSENTIAL

DEATHS = 0.003  # before any one statement; a deed has about fifteen


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, place):
    if request.param == "sqlite":
        yield "sqlite:///FOLDER/race.db"
        return
    with postgres_server(place) as server:
        yield migrated_database(server)


def race(url, *, deeds, deaths=0.0, guard="guarded", mood="everyday"):
    run = [sys.executable, "-m", "tests.tickets.races.race", url, str(deeds), str(deaths)]
    done = subprocess.run(
        [*run, guard, mood], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_whatever_happens_at_once_and_whoever_dies_nothing_is_oversold_or_lost(url):
    told = race(url, deeds=120, deaths=DEATHS)
    assert told["complaints"] == []
    assert told["killed"] >= 3  # they really died
    for deed in ESSENTIAL:
        assert told["done"].get(f"{deed}:done", 0) > 0, deed
    assert any(word.endswith("refused") for word in told["done"])  # the stock was really short
    assert not [word for word in told["done"] if word.endswith("Error")], told  # no deadlocks


@pytest.mark.slow
def test_the_rush_of_the_first_minute_sells_what_there_is_and_no_more(url):
    told = race(url, deeds=60, mood="rush")
    assert told["complaints"] == []
    assert told["done"]["buy:refused"] > 10


@pytest.mark.slow
def test_the_same_rush_oversells_when_the_guard_is_switched_off(url):
    told = race(url, deeds=60, guard="careless", mood="rush")
    assert any(" of " in line for line in told["complaints"]), told


@pytest.mark.slow
def test_the_same_race_loses_count_when_the_guard_is_switched_off(url):
    told = race(url, deeds=80, guard="careless")
    assert any("tickets are live" in line for line in told["complaints"]), told
