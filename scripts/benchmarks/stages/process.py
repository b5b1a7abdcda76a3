"""What one program costs from its start to its end: time on the wall, time on the CPU, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Of a process and all that it waited for; ``peak`` is its largest resident set in MB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Ended:
    """How a program ended, what it printed and complained about, and what it cost."""

    code: int
    output: str
    complaints: str
    cost: Cost


def measured(command: Sequence[str], environ: Mapping[str, str]) -> Ended:
    """Run a command to its end.

    A child begins with the resident set of who started it, so a small process of its own does that.
    """
    with tempfile.NamedTemporaryFile() as told:
        starter = [sys.executable, "-S", __file__, told.name]
        done = subprocess.run(
            [*starter, *command], env=environ, check=False, capture_output=True, text=True
        )
        cost = Cost(**json.loads(told.read()))
    return Ended(done.returncode, done.stdout, done.stderr, cost)


def _start(told: Path, command: list[str]) -> int:
    begun = time.monotonic()
    child = subprocess.Popen(command)
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begun
    cost = Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    told.write_text(json.dumps(asdict(cost)), encoding="utf-8")
    return child.returncode


if __name__ == "__main__":
    sys.exit(_start(Path(sys.argv[1]), sys.argv[2:]))
