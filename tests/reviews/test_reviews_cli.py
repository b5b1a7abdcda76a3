"""``flask reviews``: assignment, ranking and lots on files, without a database."""

import csv
import io
import subprocess
from collections import Counter, defaultdict

import pytest
from click.testing import CliRunner

from cfp.reviews.cli import reviews
from tests.interop.real import real


@pytest.fixture
def run(tmp_path):
    """The command's exit code, what it says and what it writes, in a place of its own."""

    def command(name, *arguments, text=None, **files):
        runner = CliRunner()
        paths = []
        for option, content in files.items():
            path = tmp_path / f"{option}.csv"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths += [f"--{option}", str(path)]
        out = tmp_path / "out.csv"
        if name != "draw":
            paths += ["--out", str(out)]
        result = runner.invoke(reviews, [name, *paths, *arguments], input=text)
        text = out.read_bytes().decode() if out.exists() else ""
        return result, list(csv.DictReader(io.StringIO(text, newline="")))

    return command


BIDS = "reviewer,p1,p2\nann,yes,no\nbob,no,yes\ncy,maybe,maybe\ndee,no,\n"


def test_assigns_reviewers_by_their_bids(run):
    result, rows = run("assign", "--per-submission", "1", bids=BIDS)
    assert result.exit_code == 0
    assert rows == [
        {"submission": "p1", "reviewer": "ann"},
        {"submission": "p2", "reviewer": "bob"},
    ]


def test_three_each_is_the_usual(run):
    _result, rows = run("assign", bids=BIDS)
    assert Counter(row["submission"] for row in rows) == {"p1": 3, "p2": 3}


def test_says_which_submission_cannot_have_three_and_why(run):
    bids = "reviewer,p1,p2\nann,conflict,no\nbob,no,yes\ncy,maybe,maybe\n"
    result, rows = run("assign", bids=bids)
    assert result.exit_code == 1
    assert "p1: 2 of 3 reviewers." in result.output
    assert "p2:" not in result.output
    assert ("ann", "p1") not in {(row["reviewer"], row["submission"]) for row in rows}
    assert len(rows) == 5


@pytest.mark.parametrize(
    ("bids", "sentence"),
    [
        ("", "The table of bids has no lines."),
        ("reviewer,p1\n", "The table of bids has no lines."),
        ("name,p1\nann,yes\n", "The first column must be headed “reviewer”."),
        ("reviewer,p1\nann,always\n", "ann, p1: “always” is no bid."),
        ("reviewer,p1\nann,yes\nann,no\n", "ann stands here twice."),
        ("reviewer,p1\nann,yes,no\n", "Line 2: there are more cells than columns."),
        ("reviewer,p1\n\n\n,yes\n", "Line 4 names no reviewer."),
        ("reviewer\nann\n", "The table of bids names no proposals."),
        ("reviewer,p1,\nann,yes,no\n", "A column with something in it has no head."),
        ("reviewer,p1,p1\nann,yes,no\n", "Two columns are headed “p1”."),
        ('reviewer,p1\nann,"yes\n', "is no table: "),
        ("reviewer,p1\nJürgen,yes\n".encode("latin-1"), "bids.csv is not written in UTF-8."),
        (b"\x00\xff\xfe", "is not written in UTF-8."),
    ],
)
def test_says_what_is_wrong_with_a_table_of_bids(run, bids, sentence):
    result, rows = run("assign", bids=bids)
    assert (result.exit_code, rows) == (1, [])
    assert sentence in result.output


@pytest.mark.parametrize(
    "written",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("yes", " YES ").encode(),
        lambda text: text.replace("reviewer,p1", '"Reviewer", p1').encode(),
        lambda text: text.replace(",", "\t").encode("utf-8-sig"),
        lambda text: text.replace("\n", ",,\n").encode() + b",,,,\n,,,,\n\n",
        lambda text: text.replace("\n", "\r").encode(),
    ],
    ids=[
        "mark",
        "semicolons",
        "line ends",
        "loud",
        "quoted",
        "tabs",
        "empty cells",
        "old line ends",
    ],
)
def test_reads_tables_as_spreadsheets_write_them(run, written):
    result, rows = run("assign", "--per-submission", "1", bids=written(BIDS))
    assert result.exit_code == 0
    assert [(row["submission"], row["reviewer"]) for row in rows] == [("p1", "ann"), ("p2", "bob")]


def test_heads_and_names_may_hold_commas_and_line_ends(run):
    bids = '"reviewer";"Snow, ice; and rain";"Two\nlines"\n"Ann, ""A""";yes;no\nBob;no;yes\n'
    result, rows = run("assign", "--per-submission", "1", bids=bids)
    assert result.exit_code == 0
    assert [tuple(row.values()) for row in rows] == [
        ("Snow, ice; and rain", 'Ann, "A"'),
        ("Two\nlines", "Bob"),
    ]


def test_the_seed_decides_among_equals_and_repeats(run):
    bids = "reviewer," + ",".join(f"p{n}" for n in range(20)) + "\n"
    bids += "".join(f"r{n}{',' * 20}\n" for n in range(10))
    drawn = [run("assign", "--seed", seed, bids=bids)[1] for seed in ("1", "2", "1")]
    assert drawn[0] == drawn[2] != drawn[1]


@pytest.mark.parametrize("command", ["assign", "rank"])
def test_says_where_nothing_can_be_written(tmp_path, command):
    table = tmp_path / "table.csv"
    table.write_text("submission,reviewer,score\na,r,3\n" if command == "rank" else BIDS)
    option, out = {"rank": "--scores", "assign": "--bids"}[command], tmp_path / "away" / "out.csv"
    result = CliRunner().invoke(reviews, [command, option, str(table), "--out", str(out)])
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory." in result.output


def test_any_scale_ranks_and_equal_or_lonely_scores_do_too(run):
    for scores in ("a,r,10\na,s,9\nb,r,-3\n", "a,r,3\nb,r,3\n", "a,r,3\n"):
        result, rows = run("rank", scores="submission,reviewer,score\n" + scores)
        assert result.exit_code == 0
        assert list(rows[0]) == ["submission", "mean", "adjusted", "low", "high", "spread"]
        assert [row["submission"] for row in rows] == sorted(row["submission"] for row in rows)
        assert all(float(r["low"]) < float(r["adjusted"]) < float(r["high"]) for r in rows)


def test_ranks_with_severity_taken_out_best_first(run):
    lines = ["submission,reviewer,score"]
    for paper in range(12):
        quality = 2 + paper % 3
        for reviewer, shift in (("severe", -1), ("kind", +1)):
            lines.append(f"q{quality}n{paper},{reviewer},{quality + shift}")
    lines += ["good,severe,3", "fair,kind,4"]
    result, rows = run("rank", scores="\n".join(lines))
    assert result.exit_code == 0
    by_code = {row["submission"]: row for row in rows}
    assert float(by_code["good"]["mean"]) < float(by_code["fair"]["mean"])
    assert float(by_code["good"]["adjusted"]) > float(by_code["fair"]["adjusted"])
    adjusted = [float(row["adjusted"]) for row in rows]
    assert adjusted == sorted(adjusted, reverse=True)
    assert all(float(r["low"]) < float(r["adjusted"]) < float(r["high"]) for r in rows)
    assert (by_code["good"]["spread"], by_code["q2n0"]["spread"]) == ("", "1.4142")


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ("submission,reviewer,score\na,r,x\n", "Line 2: “x” is no number."),
        ("submission,score\na,3\n", "Line 2: submission, reviewer and score are needed."),
        ("submission,reviewer,score\na,r,3\na,r,4\n", "r scored a twice."),
        ("submission,reviewer,score\na,r,nan\n", "Line 2: “nan” is no number."),
        ("submission,reviewer,score\na,r,1_0\n", "Line 2: “1_0” is no number."),
        ("submission,reviewer,score\na,r,1000001\n", "Line 2: 1000001 is no score."),
        ('submission,reviewer,score\n"a\nb",r,3\n,r,3\n', "Line 4: submission, reviewer and"),
        ("submission;reviewer;score\na;r;4,5\n", "Line 2: “4,5” is no number."),
        ("", "The table of scores has no lines."),
    ],
)
def test_says_what_is_wrong_with_a_table_of_scores(run, scores, sentence):
    result, rows = run("rank", scores=scores)
    assert (result.exit_code, rows) == (1, [])
    assert sentence in result.output


def test_a_lot_can_be_repeated_with_sha256sum(run):
    result, _rows = run("draw", "--seed", "2027", text="K7XQ\nABCD\n\nZZZZ\n")
    drawn = [line.split() for line in result.output.splitlines()]
    for code, lot in drawn:
        digest = subprocess.run(
            ["sha256sum"], input=f"2027:{code}".encode(), capture_output=True, check=True
        ).stdout.split()[0]
        assert lot == digest.decode()
    assert [lot for _code, lot in drawn] == sorted(lot for _code, lot in drawn)
    assert {code for code, _lot in drawn} == {"K7XQ", "ABCD", "ZZZZ"}


def test_a_lot_of_nothing_is_refused(run):
    result, _rows = run("draw", "--seed", "1", text="\n")
    assert result.exit_code == 1
    assert "one a line" in result.output


def test_a_lot_with_a_code_twice_is_refused(run):
    result, _rows = run("draw", "--seed", "1", text="A\nB\nA\n")
    assert result.exit_code == 1


def test_real_bids_of_a_conference_give_three_reviewers_each(run):
    text = real("bids/csconf1_bids.csv").decode()
    result, rows = run("assign", bids=text)
    table = {row["reviewer"]: row for row in csv.DictReader(text.splitlines())}
    given = defaultdict(set)
    for row in rows:
        given[row["submission"]].add(row["reviewer"])
        assert table[row["reviewer"]][row["submission"]] != "conflict"
    assert result.exit_code == 0
    assert {len(people) for people in given.values()} == {3}
    assert len(given) == 54
    loads = Counter(row["reviewer"] for row in rows).values()
    assert max(loads) - min(loads) <= 1  # 162 reviews by 31 people


def test_who_asks_for_it_gets_wishes_before_equal_loads(run):
    bids = "reviewer,p1,p2\nann,yes,yes\nbob,no,no\n"
    for balance, given in (("100", {"ann", "bob"}), ("0", {"ann"})):
        _result, rows = run("assign", "--per-submission", "1", "--balance", balance, bids=bids)
        assert {row["reviewer"] for row in rows} == given
