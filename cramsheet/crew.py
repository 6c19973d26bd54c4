"""Work shared out among forks of this process: what it has imported and read is there in all.

Only on Linux, and while there is one thread: elsewhere a fork may not go on with the libraries that
draw. What the work gives back has to be something that can be pickled.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from traceback import format_exception
from typing import Any, TypeVar

from cramsheet.problems import MachineFault, Mistakes, Problem

T = TypeVar("T")
Tell = Callable[[str], None]

_DIED = "a process that was drawing pages was killed"
_HINT = "it may have run out of memory: print fewer documents at a time, or type --jobs 1"


def most_hands() -> int:
    """As many as cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def can_fork() -> bool:
    """Only where nothing else runs in this process: a fork has one thread, and waits for ever for
    what the others held when it was made."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


def share_out(
    work: Callable[[int, Tell], T], count: int, hands: int, tell: Tell
) -> list[T]:  # fmt: skip
    """What `work` gives for each number below `count`, in order; the first numbers are begun first.

    What it tells is told here. Raises what it raises, and MachineFault when a process dies.
    """
    found: dict[int, T] = {}
    left = iter(range(count))
    with _crew(work, min(hands, count)) as crew:
        busy: dict[Any, int | None] = {pipe: _hand_out(pipe, left) for pipe in crew}
        while pipes := [pipe for pipe, number in busy.items() if number is not None]:
            for pipe in wait(pipes):
                message = _heard(pipe)
                if isinstance(message, str):
                    tell(message)
                    continue
                if message.error is not None:
                    raise message.error
                found[message.number] = message.made
                busy[pipe] = _hand_out(pipe, left)
    return [found[number] for number in range(count)]


@dataclass(frozen=True)
class _Done:
    number: int
    made: Any = None
    error: BaseException | None = None


def _portable(error: BaseException) -> BaseException:
    """With the place where it was raised, which does not travel by itself."""
    if isinstance(error, Mistakes):
        return error
    error.add_note("".join(format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("\n".join(error.__notes__))
    return error


def _hand_out(pipe: Any, left: Iterator[int]) -> int | None:
    number = next(left, None)
    pipe.send(number)
    return number


def _heard(pipe: Any) -> Any:
    try:
        return pipe.recv()
    except (EOFError, OSError) as error:
        raise MachineFault([Problem(_DIED, hint=_HINT)]) from error


@contextmanager
def _crew(
    work: Callable[[int, Tell], Any], hands: int
) -> Iterator[Sequence["Connection[Any, Any]"]]:
    context = get_context("fork")
    pairs = [context.Pipe() for _ in range(hands)]
    crew = []
    try:
        for _, theirs in pairs:
            others = [pipe for pair in pairs for pipe in pair if pipe is not theirs]
            hand = context.Process(target=_work_on, args=(work, theirs, others), daemon=True)
            hand.start()
            theirs.close()
            crew.append(hand)
        yield [ours for ours, _ in pairs]
    finally:
        for ours, _ in pairs:
            ours.close()
        for hand in crew:
            hand.join(0.2)
            if hand.is_alive():
                hand.kill()
                hand.join()


def _work_on(work: Callable[[int, Tell], Any], pipe: Any, others: Sequence[Any]) -> None:
    """In the fork: until there is nothing left, or nobody to work for. Ends held by a fork would
    keep a pipe open when the process at its other end has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started stops the others
    for other in others:
        if not other.closed:
            other.close()
    try:
        while (number := pipe.recv()) is not None:
            try:
                done = _Done(number, work(number, pipe.send))
            except BaseException as error:
                done = _Done(number, error=_portable(error))
            pipe.send(done)
    except (EOFError, OSError):
        return
