"""A limit on computing time, so that no one document holds up all the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTimeError(Exception):
    """What was to be done took longer than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError within, even inside a regular expression, after so many seconds of computing.

    Time that other processes take does not count, so a busy machine changes no result. Without the timers of
    POSIX, or outside the main thread, which alone gets signals, there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_: object) -> None:
    raise OutOfTimeError
