"""A small shop, and several people at the same moment."""

import pytest

from tests.submissions.conftest import at_once
from tests.tickets.selling import make_product, make_quota, make_shop

__all__ = ["at_once"]


@pytest.fixture
def shop(db):
    return make_shop()


@pytest.fixture
def hall(shop):
    return make_quota(shop, 5)


@pytest.fixture
def regular(shop, hall):
    return make_product(shop, hall)
