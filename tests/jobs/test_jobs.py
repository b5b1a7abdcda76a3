"""Jobs: rows that a worker runs once, that survive its death, and that a person may cancel."""

import threading
import time
from datetime import timedelta

import pytest

from cfp import clock
from cfp.config import read_settings
from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.jobs import queue, service
from cfp.jobs.models import JobRun, RunState
from cfp.jobs.registry import job
from tests.make import make_conference
from tests.servers import redis_server

ran: list[int] = []


@job("test.add")
def add(watch, number):
    watch.progress(0.5, "half way")
    ran.append(number)
    return {"sum": number + 1}


@job("test.break")
def break_down(_watch):
    raise RuntimeError("broken")


@job("test.refuse")
def refuse(_watch):
    raise Refused("There is nothing to do.")


@job("test.until_cancelled")
def until_cancelled(watch):
    if watch.is_cancelled():
        raise service.Cancelled
    return {}


@pytest.fixture(autouse=True)
def nothing_ran():
    ran.clear()


def asked(name, **arguments):
    with transaction():
        run = service.ask(name, by=None, at=clock.now(), **arguments)
    return run.id


def after(run_id):
    database.session.expire_all()
    return database.session.get_one(JobRun, run_id)


def test_a_job_runs_once_and_keeps_its_result(db):
    run_id = asked("test.add", number=1)
    assert service.run_waiting() == 1
    assert service.run_waiting() == 0
    run = after(run_id)
    assert (run.state, run.result, run.progress) == (RunState.DONE, {"sum": 2}, 1.0)
    assert ran == [1]


def test_a_job_that_breaks_says_so_without_the_details(db, caplog):
    run_id = asked("test.break")
    service.run_waiting()
    assert after(run_id).state is RunState.FAILED
    assert "broken" not in after(run_id).error


def test_a_refusal_is_shown_as_it_stands(db):
    run_id = asked("test.refuse")
    service.run_waiting()
    assert after(run_id).error == "There is nothing to do."


def test_what_a_dead_worker_left_is_run_again(db):
    run_id = asked("test.add", number=2)
    with transaction():
        run = after(run_id)
        run.state, run.attempts = RunState.RUNNING, 1
        run.lease_until = clock.now() - timedelta(seconds=1)
    assert service.run_waiting() == 1
    assert after(run_id).state is RunState.DONE


def test_a_job_that_kills_its_worker_is_given_up(db):
    run_id = asked("test.add", number=3)
    with transaction():
        run = after(run_id)
        run.state, run.attempts = RunState.RUNNING, 3
        run.lease_until = clock.now() - timedelta(seconds=1)
    service.run_waiting()
    assert after(run_id).state is RunState.FAILED
    assert ran == []


def test_a_running_job_is_left_alone(db):
    run_id = asked("test.add", number=4)
    with transaction():
        run = after(run_id)
        run.state, run.lease_until = RunState.RUNNING, clock.now() + timedelta(minutes=1)
    assert service.run_waiting() == 0


def test_a_waiting_job_is_cancelled_at_once(db):
    run_id = asked("test.add", number=5)
    with transaction():
        service.cancel(after(run_id), clock.now())
    assert service.run_waiting() == 0
    with pytest.raises(Refused):
        service.cancel(after(run_id), clock.now())


def test_a_running_job_hears_that_it_is_cancelled(db):
    run_id = asked("test.until_cancelled")
    with transaction():
        after(run_id).cancel_asked = True
    service.run_waiting()
    assert after(run_id).state is RunState.CANCELLED


def test_asking_twice_while_it_is_open_gives_the_same_run(db):
    with transaction():
        conference = make_conference()
        options = {"by": None, "at": clock.now(), "conference_id": conference.id, "number": 1}
        first = service.ask_once("test.add", **options)
        assert service.ask_once("test.add", **options).id == first.id


def test_an_unknown_job_is_found_when_it_is_asked_for(db):
    with pytest.raises(KeyError):
        service.ask("test.unknown", by=None, at=clock.now())


def test_four_workers_run_ten_jobs_once_each(house):
    for number in range(10):
        asked("test.add", number=number)
    database.session.remove()

    def work():
        with house.app_context():
            service.run_waiting()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ran) == list(range(10))


@pytest.mark.redis
def test_the_queue_in_redis_wakes_a_worker(house, monkeypatch):
    """The same job path with the queue moved by ``REDIS_URL``: asked, woken, run."""
    with redis_server() as url:
        if url is None:
            pytest.skip("redis-server is not installed")
        _wakes(house, monkeypatch, REDIS_URL=url)


def test_the_queue_in_a_file_wakes_a_worker(house, monkeypatch):
    _wakes(house, monkeypatch)


def _wakes(house, monkeypatch, **environ):
    folder = str(house.config["SETTINGS"].instance)
    settings = read_settings(
        {"CALLBOARD_ENV": "testing", "CALLBOARD_INSTANCE": folder, "SECRET_KEY": "s", **environ}
    )
    line = queue.Queue(house, settings)
    monkeypatch.setitem(house.extensions, "callboard.queue", line)
    line.huey.flush()
    run_id = asked("test.add", number=7)
    task = line.huey.dequeue()
    assert task is not None, "the commit puts a call into the queue"
    database.session.remove()
    line.huey.execute(task)
    for _ in range(50):
        if after(run_id).state is RunState.DONE:
            break
        time.sleep(0.1)
    assert after(run_id).state is RunState.DONE
