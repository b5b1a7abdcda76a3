"""What the schedule editor's answers cost at 200 sessions: moves, verdicts, suggestions, the page.

``scripts/bench editor`` prints the CPU time of each request in this process (median of thirty, and
the slowest), so that other work on the machine does not count, and how large the answers are.
"""

from __future__ import annotations

import gc
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from werkzeug.test import TestResponse

from cfp import create_app
from cfp.config import read_settings
from cfp.db import transaction
from tests.visitor import Visitor

from .served.programme import Programme, programme
from .served.server import environment

TIMES, FIRST = 30, 4  # by the fifth time templates are compiled and statements are known
SCRIPT = {"headers": {"Accept": "application/json"}}


class Editor:
    """The organiser's browser on a programme of 200 sessions."""

    def __init__(self, visitor: Visitor, known: Programme) -> None:
        self.visitor = visitor
        self.here = f"/{known.conference.slug}/team/programme/draft/"
        self.codes = [talk.code for talk in known.talks]
        self.rooms = [room.id for room in known.rooms]

    def move(self, n: int) -> TestResponse:
        """One session goes where another one stands already: every move makes or mends a clash."""
        code, room = self.codes[n], self.rooms[(n + 1) % len(self.rooms)]
        start = f"2027-05-1{n % 4}T{9 + n % 7:02}:05"
        fields = {"room": str(room), "start": start, "edit": str(self.edit())}
        url = f"{self.here}{code}/place"
        return self.timed(lambda: self.visitor.post(url, fields, 200, **SCRIPT))

    def undo(self, n: int) -> TestResponse:
        """The last move is taken back, then done again."""
        fields = {"edit": str(self.edit())}
        url = f"{self.here}{'redo' if n % 2 else 'undo'}"
        return self.timed(lambda: self.visitor.post(url, fields, 200, **SCRIPT))

    def verdict(self, n: int) -> TestResponse:
        where = {"room": self.rooms[n % 5], "start": f"2027-05-1{n % 4}T{9 + n % 7:02}:05"}
        url = f"{self.here}{self.codes[n]}/try"
        return self.timed(lambda: self.visitor.get(url, query_string=where))

    def shade(self, n: int) -> TestResponse:
        """Where a session cannot be, asked once for each that is carried."""
        return self.timed(lambda: self.visitor.get(f"{self.here}{self.codes[n]}/shade"))

    def suggestions(self, n: int) -> TestResponse:
        url = f"{self.here}{self.codes[-1 - n % 5]}/"
        return self.timed(lambda: self.visitor.get(url, headers={"HX-Request": "true"}))

    def page(self, _n: int) -> TestResponse:
        return self.timed(lambda: self.visitor.get(self.here))

    def edit(self) -> int:
        state = self.visitor.get(f"{self.here}state", query_string={"edit": -1}).json
        assert state is not None  # noqa: S101  (a state is always there)
        return int(state["edit"])

    def timed(self, ask: Callable[[], TestResponse]) -> TestResponse:
        begun = time.process_time()
        answer = ask()
        self.spent = time.process_time() - begun
        return answer


@contextmanager
def edited(folder: Path) -> Iterator[Editor]:
    """A database of its own, filled, and the organiser signed in."""
    environ = environment(folder) | {"CALLBOARD_ENV": "testing"}
    app = create_app(read_settings({**os.environ, **environ}))
    with app.app_context():
        flask_migrate.upgrade()
    with app.test_request_context():
        with transaction():
            known = programme()
        gc.freeze()  # as the web server does before it forks
        editor = Editor(Visitor(app, known.organiser), known)
        editor.move(0)
        yield editor


def measured(
    editor: Editor, ask: Callable[[int], TestResponse], times: int = TIMES
) -> tuple[list[float], bytes]:
    """CPU seconds of each request but the first ones, and the last answer."""
    spent = []
    answer = b""
    for n in range(times + FIRST):
        answer = ask(n).get_data()
        spent.append(editor.spent)
    return spent[FIRST:], answer


def main() -> None:
    """One row a kind of request."""
    with (
        tempfile.TemporaryDirectory(prefix="callboard-") as folder,
        edited(Path(folder)) as editor,
    ):
        print("| request | median ms | slowest ms | answer kB (compressed) |")
        print("|---|---:|---:|---:|")
        for name, ask in (
            ("a move", editor.move),
            ("undo or redo", editor.undo),
            ("a verdict while carrying", editor.verdict),
            ("a session with its best places", editor.suggestions),
            ("the whole page", editor.page),
        ):
            spent, answer = measured(editor, ask)
            median, slowest = 1000 * statistics.median(spent), 1000 * max(spent)
            weight = len(gzip.compress(answer)) / 1000
            print(f"| {name} | {median:.0f} | {slowest:.0f} | {weight:.1f} |")


if __name__ == "__main__":
    main()
