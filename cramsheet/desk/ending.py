"""How the work of a worker ended, when not as it should: a line for the person, and what to do."""

import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cramsheet.guard.limits import Limits
from cramsheet.guard.worker import Death
from cramsheet.problems import MachineFault, Mistakes, Problem

_AS_IT_WAS = "the output is as it was"
_CRASHES = {"SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP"}
_NEAR = 0.5  # of the memory that may be taken: a library that gets no more of it aborts
_LESS = "print less at a time (--exam, --only), or allow more"


def too_late(limits: Limits) -> Mistakes:
    what = f"the work took longer than {limits.seconds} s; {_AS_IT_WAS}"
    return _beyond(what, f"seconds={2 * limits.seconds}")


def too_large(limits: Limits) -> Mistakes:
    what = f"the work took more than {_size(limits.memory)} of memory; {_AS_IT_WAS}"
    return _beyond(what, f"memory={2 * limits.memory >> 20}M")


def too_much(limits: Limits) -> Mistakes:
    what = f"the documents are larger than {_size(limits.output)}; {_AS_IT_WAS}"
    return _beyond(what, f"output={2 * limits.output >> 20}M")


def too_many_files(limits: Limits) -> Mistakes:
    what = f"more than {limits.open_files} files are open at a time; {_AS_IT_WAS}"
    return _beyond(what, f"open-files={2 * limits.open_files}")


def _beyond(what: str, allowance: str) -> Mistakes:
    return Mistakes([Problem(what, hint=f"{_LESS}: --allow {allowance}")])


def _size(bytes_: int) -> str:
    return f"{bytes_ / (1 << 30):g} GiB" if bytes_ >= 1 << 30 else f"{bytes_ >> 20} MiB"


def died(death: Death, limits: Limits) -> Mistakes | None:
    """None when it is a bug: of ours, or of a library."""
    if death.name == "SIGXCPU":
        return too_late(limits)
    if death.name in _CRASHES and _short_of_memory(death, limits):
        return too_large(limits)
    if death.signal in (0, *(getattr(signal, it) for it in _CRASHES if hasattr(signal, it))):
        return None
    what = f"the process that draws was ended by {death.name}; {_AS_IT_WAS}"
    hint = "the machine may have run out of memory: end other programs, or print less at a time"
    return MachineFault([Problem(what, hint=hint)])


def _short_of_memory(death: Death, limits: Limits) -> bool:
    """What came with the process it was begun from does not tell."""
    return death.memory - death.inherited > _NEAR * (limits.memory - death.inherited)


def crash(death: Death, fault: str, said: str, with_content: bool) -> Mapping[str, Any]:
    """What may be told of a worker that ended without a word."""
    from cramsheet.desk.reporting import places_in

    found: dict[str, Any] = {
        "kinds": [death.name if death.signal else f"exit {death.code}"],
        "places": [*places_in(said), *reversed(places_in(fault))],
    }
    if with_content:
        found["says"] = [said]
    return found


def bug(path: Path | None, kinds: str) -> MachineFault:
    what = f"the program has a bug ({kinds}); {_AS_IT_WAS}"
    hint = "please send us what you did"
    if path:
        hint = f"please send us {path}, in which nothing of your pack stands"
    return MachineFault([Problem(what, hint=hint)])
