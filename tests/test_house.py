"""The house rules of the architecture: who may import whom, what nouns are, how long a file is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From top to bottom: a package imports from lines above its own. See docs/decisions.md for the
# places of mail, interop, plot and overview.
LINES = [
    {
        "db",
        "sqlite",
        "access",
        "errors",
        "clock",
        "money",
        "config",
        "codes",
        "markdown",
        "plot",
        "sentences",
        "paper",
        "sheets",
    },
    {"display", "uploads"},
    {"forms", "headers", "history", "logs", "failures"},
    {"mail"},
    {"people"},
    {"conference", "jobs"},
    {"questions", "invited"},
    {"submissions", "billing"},
    {"stars", "materials", "wishlist"},
    {"reviews", "schedule", "tickets", "sponsors"},
    {"catering", "budget"},
    {"interop"},
    {"site", "api", "overview"},
    {"health", "navigation", "styleguide"},
]
# Imports that go sideways or up, each with its reason.
EXCEPTIONS = {
    ("db", "sqlite"): "the recipe for one engine is a room of its own beside the transaction",
    ("failures", "sqlite"): "a busy database has its own page",
    ("budget", "catering"): "the money ahead begins with the kitchen's forecast of tickets",
    ("sponsors", "tickets"): "the tickets in an agreement are vouchers of the shop",
    ("mail", "jobs"): "delivery is work that comes round every minute",
}
NOUNS = {
    "billing": {
        "reference",
        "giro",
        "document",
        "totals",
        "vat",
        "words",
        "vocabulary",
        "complete",
        "bundle",
        "bank",
        "matching",
        "dunning",
        "kept",
        "terms",
        "einvoice",
        "described",
        "printed",
    },
    "conference": {"checklist", "deeds"},
    "questions": {"asking"},
    "mail": {"placeholders", "bounces"},
    "reviews": {"conflicts", "assignment", "scoring", "selection", "weighing", "tables"},
    "stars": {"pairs", "wishes", "crowds"},
    "sponsors": {"agenda", "pictures", "terms", "vat_id", "wording"},
    "catering": {"forecast", "portions", "replay", "sold", "outlook", "demand"},
    "tickets": {"pricing", "admission", "crowd", "proof_file", "till", "transfers"},
    "budget": {"cashflow"},
    "schedule": {"problem", "rules", "solver", "diff", "csplib"},
    "interop": {
        *(
            "imported",
            "markup",
            "programme",
            "reading",
            "text",
            "released",
            "schedule_xml",
            "schedule_json",
            "pretalx",
            "sessionize",
            "papercall",
            "hotcrp",
            "hotcrp_csv",
            "spreadsheet",
            "proposals_csv",
            "replan",
            "ical",
            "widget",
            "xcal",
        ),
    },
}
PURE = {"money", "clock", "codes", "plot", "paper", "sentences", "sheets", "uploads"}
NOT_PURE = {"flask", "sqlalchemy", "flask_sqlalchemy", "flask_login", "flask_wtf", "wtforms"}
LONGEST = 300
LONG_FOR_A_REASON: dict[str, str] = {}


def modules() -> list[Path]:
    return sorted((ROOT / "cfp").rglob("*.py"))


def room_of(path: Path) -> str:
    """The package or single module of the house that a file belongs to."""
    first = path.relative_to(ROOT / "cfp").parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Everything a file imports, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("cfp.")}


def line_of(room: str) -> int:
    return next(number for number, rooms in enumerate(LINES) if room in rooms)


def noun_files() -> list[Path]:
    bases = [ROOT / "cfp" / package / noun for package, nouns in NOUNS.items() for noun in nouns]
    single = [base.with_suffix(".py") for base in bases if base.with_suffix(".py").exists()]
    return single + [path for base in bases for path in sorted(base.rglob("*.py"))]


def test_every_room_has_its_line():
    rooms = {room_of(path) for path in modules()} - {"__init__"}
    known = set().union(*LINES)
    assert rooms <= known


def test_a_package_imports_only_from_lines_above_its_own():
    wrong = [
        f"{path.relative_to(ROOT)} imports cfp.{other}"
        for path in modules()
        if room_of(path) != "__init__"
        for other in rooms_imported(path) - {room_of(path)}
        if line_of(other) >= line_of(room_of(path)) and (room_of(path), other) not in EXCEPTIONS
    ]
    assert not wrong


def test_nouns_know_neither_flask_nor_the_database():
    for path in noun_files() + [p for p in modules() if room_of(p) in PURE]:
        tops = {name.split(".")[0] for name in imports(path)}
        assert not tops & NOT_PURE, path
        siblings = {"models", "queries", "service", "views", "forms"}
        assert not {
            n for n in imports(path) if n.startswith("cfp.") and set(n.split(".")) & siblings
        }


def test_inside_a_package_imports_go_one_way():
    order = {
        "models": 0,
        "queries": 1,
        "service": 2,
        "forms": 2,
        "letters": 3,
        "views": 4,
        "cli": 4,
        "tasks": 4,
    }
    for path in modules():
        package, layer = path.parent.name, path.stem
        if layer not in order:
            continue
        for name in imports(path):
            parts = name.split(".")
            if len(parts) > 2 and parts[0] == "cfp" and parts[1] == package and parts[2] in order:
                assert order[parts[2]] <= order[layer], f"{path.relative_to(ROOT)} imports {name}"


def test_a_transaction_ends_in_db_and_nowhere_else():
    for path in modules():
        if path.name != "db.py":
            assert ".commit(" not in path.read_text(encoding="utf-8"), path


def test_who_asks_is_said_in_one_place():
    for path in modules():
        if path != ROOT / "cfp" / "people" / "session.py":
            assert "current_user._get" not in path.read_text(encoding="utf-8"), path


def test_the_web_never_loads_what_belongs_to_the_worker(tmp_path):
    code = (
        "import sys; from cfp import create_app; create_app();"
        "heavy = {'ortools', 'weasyprint', 'numpy', 'scipy', 'lxml', 'openpyxl'};"
        "heavy |= {'alembic', 'stripe'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environ = {"CALLBOARD_ENV": "testing", "CALLBOARD_INSTANCE": str(tmp_path), "PATH": "/usr/bin"}
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, env=environ, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("pattern", ["cfp/**/*.py", "tests/**/*.py", "templates/**/*.html"])
def test_no_file_grows_past_its_size(pattern):
    too_long = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob(pattern)
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    }
    assert too_long <= set(LONG_FOR_A_REASON)


def test_every_module_opens_with_a_sentence():
    for path in modules():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_no_file_is_named_after_nothing():
    names = {"utils", "helpers", "common", "misc", "manager"}
    assert not [path for path in modules() if path.stem in names or path.parent.name in names]


def test_templates_stand_under_their_package():
    packages = {path.name for path in (ROOT / "cfp").iterdir() if path.is_dir()}
    shared = {"layout.html", "team.html", "macros", "errors", "mail", "styleguide", "overview"}
    assert {path.name for path in (ROOT / "templates").iterdir()} <= packages | shared


def test_templates_and_scripts_hold_nothing_inline():
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*application/)")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        found = inline.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"
