"""Signals that ask the command to end, as Ctrl-C does: it tidies up and says what became of the
output."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and SIGHUP, where nobody has told us to ignore them (`nohup` does)."""
    here = threading.current_thread() is threading.main_thread() and os.name == "posix"
    asked = (signal.SIGTERM, signal.SIGHUP) if here else ()
    ours = [it for it in asked if signal.getsignal(it) == signal.SIG_DFL]
    mine = os.getpid()

    def stop(number: int, _: object) -> None:
        if os.getpid() != mine:  # a fork ends as it would
            os._exit(128 + number)
        raise KeyboardInterrupt

    for it in ours:
        signal.signal(it, stop)
    try:
        yield
    finally:
        for it in ours:
            signal.signal(it, signal.SIG_DFL)
