"""Settings: wrong ones are refused at start, with the sentence that helps."""

import subprocess
import sys

import pytest

from cfp.config import ROOT, WrongSetting, read_settings


def settings(tmp_path, **environ):
    return read_settings({"CALLBOARD_INSTANCE": str(tmp_path), **environ})


def test_production_without_a_secret_does_not_start(tmp_path):
    with pytest.raises(WrongSetting, match="SECRET_KEY"):
        settings(tmp_path)
    with pytest.raises(WrongSetting, match="32 characters"):
        settings(tmp_path, SECRET_KEY="short")


def test_development_keeps_a_secret_that_only_its_owner_reads(tmp_path):
    first = settings(tmp_path, CALLBOARD_ENV="development").secret_key
    assert settings(tmp_path, CALLBOARD_ENV="development").secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CALLBOARD_ENV", "staging"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("REDIS_URL", "http://localhost"),
        ("MAIL_URL", "carrier-pigeon://roof"),
        ("BASE_URL", "ftp://example.org"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, name, value):
    with pytest.raises(WrongSetting, match=name):
        settings(tmp_path, **{"SECRET_KEY": "x" * 40, "MAIL_URL": "smtp://localhost", name: value})


def test_postgresql_is_spoken_to_by_psycopg_3(tmp_path):
    found = settings(tmp_path, CALLBOARD_ENV="testing", DATABASE_URL="postgres://h/d")
    assert found.database_url == "postgresql+psycopg://h/d"


def test_https_turns_on_secure_cookies(tmp_path):
    found = settings(tmp_path, CALLBOARD_ENV="testing", BASE_URL="https://c.example.org/")
    assert found.https
    assert found.base_url == "https://c.example.org"


def flask(folder, *arguments):
    """What ``flask`` says on a machine where nothing is set up."""
    environ = {"CALLBOARD_INSTANCE": str(folder), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environ)


def test_a_command_on_files_needs_no_settings(tmp_path):
    numbers = ["--low", "262", "--likely", "276", "--high", "291"]
    done = flask(tmp_path, "catering", "order", *numbers, "--price", "28", "--shortage", "60")
    assert done.returncode == 0, done.stderr
    assert "Order:" in done.stdout


@pytest.mark.parametrize("asked", ["jobs sweep", "db upgrade", "schedule solve --conference x"])
def test_a_command_on_the_database_is_told_which_setting_is_missing(tmp_path, asked):
    done = flask(tmp_path, *asked.split())
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
