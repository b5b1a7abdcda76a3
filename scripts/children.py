"""The web server and the worker live and die together, and with the one who started them."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

SECONDS_TO_END = 15


class Family:
    """Processes in groups of their own, so that whatever they start ends with them."""

    def __init__(self) -> None:
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        self._told_to_end = threading.Event()

    def start(self, name: str, command: list[str], **options: Any) -> None:
        """Start one that stays; ``options`` are those of ``subprocess.Popen``."""
        self.members[name] = subprocess.Popen(command, start_new_session=True, **options)

    def finish(self, name: str, command: list[str], **options: Any) -> bool:
        """Start one that has an end, and wait for it; False if it failed or the end came first."""
        self.start(name, command, **options)
        while self.wait(0.02):
            pass
        done = self.lost() == [name] and self.members[name].returncode == 0
        if done:
            del self.members[name]
        return done

    def wait(self, seconds: float) -> bool:
        """Wait a moment; False as soon as one was lost or somebody said that this is the end."""
        return not self._told_to_end.wait(seconds) and not self.lost()

    def lost(self) -> list[str]:
        """The names of those that ended although nobody said so."""
        if self._told_to_end.is_set():
            return []
        return [name for name, child in self.members.items() if child.poll() is not None]

    def tell(self, *_signal: object) -> None:
        """Say that this is the end: Ctrl-C, SIGTERM and a closed terminal; twice is once."""
        self._told_to_end.set()

    def end(self) -> None:
        """Let everybody finish what they are doing, and kill whoever takes too long."""
        deadline = time.monotonic() + SECONDS_TO_END
        for child in self.members.values():
            _signal_group(child, signal.SIGTERM)
        for child in self.members.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
        for child in self.members.values():
            _signal_group(child, signal.SIGKILL)
            child.wait()


@contextmanager
def family() -> Iterator[Family]:
    """A family that ends on every way out; a signal only sets a flag, so that none is left over."""
    together = Family()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, together.tell)
    try:
        yield together
    finally:
        together.end()


def _signal_group(leader: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader.pid, number)
