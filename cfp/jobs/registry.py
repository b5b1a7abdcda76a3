"""The jobs that exist, by name, and the work that comes round every minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol


class Watch(Protocol):
    """What a running job tells those who watch it, and hears from them."""

    def progress(self, share: float, text: str = "") -> None:
        """How far it is, from 0 to 1; raises nothing, costs a small transaction."""

    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""


Job = Callable[..., dict[str, Any] | None]

_jobs: dict[str, Job] = {}
_minutely: dict[str, Callable[[], Any]] = {}
_looks: dict[str, Callable[[datetime], bool]] = {}


def job(name: str) -> Callable[[Job], Job]:
    """Declare ``function(watch, **arguments) -> result`` as the job ``name``.

    The body must be idempotent: a worker that dies is followed by another from the start.
    """

    def declare(function: Job) -> Job:
        _jobs[name] = function
        return function

    return declare


def every_minute(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Declare work that asks "what is due now?" once a minute; idempotent as well."""

    def declare(function: Callable[[], Any]) -> Callable[[], Any]:
        _minutely[name] = function
        return function

    return declare


def looked_for(name: str) -> Callable[[Callable[[datetime], bool]], Callable[[datetime], bool]]:
    """Declare the question whether the work ``name`` is due, asked every second: one cheap read."""

    def declare(is_due: Callable[[datetime], bool]) -> Callable[[datetime], bool]:
        _looks[name] = is_due
        return is_due

    return declare


def get_job(name: str) -> Job:
    return _jobs[name]


def minutely() -> dict[str, Callable[[], Any]]:
    return dict(_minutely)


def looks() -> dict[str, Callable[[datetime], bool]]:
    return dict(_looks)
