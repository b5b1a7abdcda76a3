"""The programme from the command line: solve and release, with sentences when that is refused."""

import pytest

from cfp.db import transaction
from cfp.schedule import service
from cfp.schedule.cli import schedule
from tests.schedule.edition import Edition


@pytest.fixture
def run(house):
    """``run("solve", edition, ...)`` outside of any request; the output and the exit code."""

    def invoke(command, slug, *options):
        with transaction():
            pass  # what the test has made so far
        arguments = [command, "--conference", slug, *options]
        done = house.test_cli_runner().invoke(schedule, arguments)
        return done.output, done.exit_code

    return invoke


def made(house, **values):
    with house.test_request_context():
        return Edition(**values)


def test_solves_and_releases(house, run):
    edition = made(house, talks=3)
    said, code = run("solve", edition.conference.slug, "--seconds", "1", "--seed", "5")
    assert "3 of 3 sessions have a place." in said
    assert code == 0
    said, code = run("release", edition.conference.slug, "--version", "1.0", "--note", "First.")
    assert (code, said) == (0, "Version 1.0 is released with 3 sessions.\n")


def test_names_what_a_release_takes_back(house, run):
    with house.test_request_context():
        edition = Edition()
        edition.place(talk=1)
        edition.place(talk=2, room=2)
        edition.release("1.0")
        service.unplace(edition.conference, edition.talks[1], **edition.by)
    said, _code = run("release", edition.conference.slug, "--version", "1.1")
    assert said == "Version 1.1 is released with 1 sessions.\n  No longer announced: Talk 2\n"


def test_says_why_it_releases_nothing(house, run):
    edition = made(house)
    said, code = run("release", edition.conference.slug, "--version", "1.0")
    assert code == 1
    assert "There is nothing to release" in said


@pytest.mark.parametrize("command", [("solve",), ("release", "--version", "1.0")])
def test_says_when_there_is_no_such_edition(house, run, command):
    said, code = run(command[0], "nowhere", *command[1:])
    assert (code, "There is no conference nowhere." in said) == (1, True)
