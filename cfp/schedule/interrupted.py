"""Ctrl-C, or an order to end, while the command line plans: the best so far is kept."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")
ORDERS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_to_end(pull: Callable[[], None]) -> Iterator[None]:
    """Whoever orders the command to end pulls; nothing is torn down."""
    before = {order: signal.signal(order, lambda *_: pull()) for order in ORDERS}
    try:
        yield
    finally:
        for order, handler in before.items():
            signal.signal(order, handler)


def beside(work: Callable[[], Found]) -> Found:
    """Work in a thread of its own: Python hears no signal while its first one is in a solver."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
