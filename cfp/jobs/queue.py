"""The queue behind the jobs: huey, in a file by default, in Redis by a setting.

The queue carries no work, only a call to wake up: what is to be done stands in rows. So a
message lost with a killed worker costs at most the minute until the next sweep.

huey brings the clients of Redis and PostgreSQL along, 17 MB and a sixth of the time to start; it
is loaded when the first job is asked for.
"""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app

from cfp.config import Settings

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger("callboard.jobs")


class Queue:
    """The queue of one application; nothing is opened before the first call."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    @cached_property
    def huey(self) -> Huey:
        """The queue that the settings name. Its messages are signed: no one else's are believed."""
        from huey import RedisHuey, SqliteHuey  # noqa: PLC0415
        from huey.serializer import SignedSerializer  # noqa: PLC0415

        options: dict[str, Any] = {
            "results": False,
            "serializer": SignedSerializer(secret=self.settings.secret_key),
        }
        if self.settings.redis_url:
            return RedisHuey("callboard", url=self.settings.redis_url, **options)
        path = self.settings.instance / "queue.db"
        return SqliteHuey("callboard", filename=str(path), **options)

    @cached_property
    def tasks(self) -> tuple[Any, Any]:
        """The only two tasks: run what waits, and the sweep of every minute."""
        from huey import crontab  # noqa: PLC0415

        @self.huey.task(name="run_waiting")  # type: ignore[untyped-decorator]
        def run_waiting() -> None:
            from cfp.jobs import service  # noqa: PLC0415  (the service wakes this queue)

            with self.app.app_context():
                service.run_waiting()

        @self.huey.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
        def sweep() -> None:
            from cfp.jobs import service  # noqa: PLC0415

            with self.app.app_context():
                service.sweep()

        return run_waiting, sweep


def init_app(app: Flask, settings: Settings) -> None:
    app.extensions["callboard.queue"] = Queue(app, settings)


def get_queue() -> Queue:
    queue: Queue = current_app.extensions["callboard.queue"]
    return queue


def wake() -> None:
    """Tell a worker that there is something to do. A queue that is away costs only time."""
    run_waiting, _ = get_queue().tasks
    try:
        run_waiting()
    except Exception:
        log.exception("the queue did not take the call; the next sweep finds the work")
