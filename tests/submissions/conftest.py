"""The pages of the call depend on the day; here it is always the same one."""

import threading
from datetime import UTC, datetime

import pytest
import time_machine

from cfp.db import db as database
from cfp.db import transaction
from tests.conftest import NOW
from tests.make import make_conference, make_format, make_person, make_track


@pytest.fixture(autouse=True)
def today():
    """The clock stands still in the middle of the call of ``make_conference``."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def at_once(house):
    """Run functions in threads of their own, each in its transaction, begun together."""

    def run(*deeds):
        with transaction():
            pass  # what was made so far, for the others to see
        said, together = [], threading.Barrier(len(deeds))

        def do(deed):
            with house.test_request_context():
                together.wait()
                try:
                    with transaction():
                        said.append(deed())
                except Exception as failure:  # noqa: BLE001  (the test looks at it)
                    said.append(type(failure).__name__)
                database.session.remove()

        threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        database.session.expire_all()
        return said

    return run


@pytest.fixture
def edition(house):
    """Its call ends as the last second of 30 January passes in Newfoundland."""
    edition = make_conference(
        slug="here",
        timezone="America/St_Johns",
        call_closes_at=datetime(2027, 1, 31, 3, 29, 59, tzinfo=UTC),
    )
    make_format(edition)
    make_track(edition)
    return edition


@pytest.fixture
def mila(house):
    return make_person("Mila Sommer")


@pytest.fixture
def visitor(client, edition, mila):
    return client(mila)
