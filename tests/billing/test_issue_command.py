"""``flask billing issue`` writes four files for scripts, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cfp.billing.cli import billing
from tests.billing.scenarios import BUYER, SCENARIOS, describe

NOWHERE = {**BUYER, "email": "", "reference": "B-1"}


def run(folder: Path, given: object, *options: str) -> Result:
    source = folder / "given.json"
    source.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    command = ["issue", str(source), "--out", str(folder / "out"), *options]
    return CliRunner().invoke(billing, command)


def files(folder: Path) -> set[str]:
    out = folder / "out"
    return {path.name for path in out.iterdir()} if out.exists() else set()


def test_four_files_are_written_and_the_sums_printed(tmp_path):
    scenario = SCENARIOS[0]
    done = run(tmp_path, scenario.given)
    assert done.exit_code == 0, done.output
    assert files(tmp_path) == {"invoice.pdf", "factur-x.xml", "xrechnung.xml", "totals.json"}
    assert "2027-0001: 5149.50 + 978.41 = 6127.91 EUR, due 6127.91" in done.output
    sums = json.loads((tmp_path / "out" / "totals.json").read_text(encoding="utf-8"))
    assert (sums["net"], sums["tax"], sums["gross"]) == ("5149.50", "978.41", "6127.91")
    assert sums["taxes"] == [
        {"category": "S", "rate": "19", "basis": "5149.50", "tax": "978.41", "reason": ""}
    ]


def test_a_second_run_gives_the_same_bytes(tmp_path):
    before = {}
    for _ in range(2):
        assert run(tmp_path, describe()).exit_code == 0
        now = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
        assert now == (before or now)
        before = now


def test_without_what_xrechnung_needs_there_is_none_and_the_reason_is_said(tmp_path):
    run(tmp_path, describe())
    done = run(tmp_path, describe(buyer={**BUYER, "reference": ""}))
    assert done.exit_code == 0
    assert "BT-10" in done.output
    assert "xrechnung.xml" not in files(tmp_path)
    sums = json.loads((tmp_path / "out" / "totals.json").read_text(encoding="utf-8"))
    assert any("BT-10" in sentence for sentence in sums["xrechnung_needs"])


@pytest.mark.parametrize(
    ("given", "options", "sentence"),
    [
        ("{", (), "is no JSON"),
        (describe(number=""), (), "number: is missing."),
        (describe(due=None), (), "due date or payment terms"),
        (describe(buyer=NOWHERE), ("--profile", "xrechnung"), "BT-49"),
        (describe(seller={**describe()["seller"], "logo": "../x.png"}), (), "no logo"),
        (describe(buyer={**BUYER, "name": "ಕನ್ನಡ"}), (), "cannot be printed"),
    ],
)
def test_what_cannot_be_issued_writes_nothing_and_says_why(tmp_path, given, options, sentence):
    done = run(tmp_path, given, *options)
    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output
    assert files(tmp_path) == set()
