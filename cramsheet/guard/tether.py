"""A worker ends with whoever started it, and so do those that it forks."""

import ctypes
import os
import signal
import sys
import time

_DEATH_SIGNAL = 1  # prctl
_LOOK = 0.3  # s


def tie(parent: int) -> bool:
    """The kernel kills this process when `parent`, which started it, is gone, and each fork of it
    when this one is; False where it cannot."""
    if not _follow(parent):
        return False
    started = [os.getpid()]

    def before() -> None:
        started[0] = os.getpid()

    os.register_at_fork(before=before, after_in_child=lambda: _follow(started[0]))
    return True


def _follow(parent: int) -> bool:
    if sys.platform != "linux":
        return False
    try:
        told = ctypes.CDLL(None).prctl(_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
    except (OSError, AttributeError):
        return False
    if os.getppid() != parent:  # it was gone before the kernel knew
        os._exit(1)
    return bool(told == 0)


def end_with(parent: int) -> None:
    """Elsewhere a thread looks whether whoever started us is there."""
    from threading import Thread

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    Thread(target=look, name="tether", daemon=True).start()
