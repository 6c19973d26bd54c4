"""Landlock: the kernel itself refuses this process what is not on its lists. Linux, without root.

The numbers are those of linux/landlock.h; every kernel since 5.13 takes those of its time.
"""

import ctypes
import os
import sys
from collections.abc import Iterable

from cramsheet.guard.places import Places

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on all machines but Alpha
_VERSION = 1  # ask for it instead of making anything
_BENEATH = 1  # the kind of rule
_NO_NEW_PRIVILEGES = 38

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FOLDER, _REMOVE_FILE, _MAKE_FOLDER, _MAKE_FILE = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_ALL = (1 << 13) - 1  # of the first kernels
_REFER, _TRUNCATE, _DEVICE = 1 << 13, 1 << 14, 1 << 15  # since ABI 2, 3 and 5
_TCP = 0b11  # bind and connect; since ABI 4
_SCOPES = 0b11  # sockets without a file, and signals to others; since ABI 6
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE

_LOOK = _READ | _LIST
_KEEP = _LOOK | _WRITE | _REMOVE_FOLDER | _REMOVE_FILE | _MAKE_FOLDER | _MAKE_FILE | _TRUNCATE
_KEEP |= _REFER
_DEVICES = ("/dev/null",)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def abi() -> int:
    """The version that the kernel has; 0 where it has none, or was told to have none."""
    if sys.platform != "linux":
        return 0
    try:
        return max(0, int(_call(_CREATE, None, 0, _VERSION)))
    except OSError:
        return 0


def enclose(places: Places, version: int) -> int:
    """For good, with all that this process starts; the ABI that holds it, 0 when none does.

    `version` is the newest that is asked for. Files that are open stay open.
    """
    version = min(version, abi())
    if not version:
        return 0
    handled = _handled(version)
    rules = _Ruleset(handled, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    try:
        ruleset = int(_call(_CREATE, ctypes.byref(rules), size, 0))
    except OSError:
        return 0
    try:
        _allow(ruleset, (*places.trusted, *places.read), _LOOK & handled)
        _allow(ruleset, places.listed, _LIST)
        _allow(ruleset, places.written, _KEEP & handled)
        _allow(ruleset, _DEVICES, (_READ | _WRITE | _TRUNCATE) & handled)
        _check(_libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _call(_RESTRICT, ruleset, 0)
    except OSError:
        return 0
    finally:
        os.close(ruleset)
    return version


def _handled(version: int) -> int:
    """All that the kernel can refuse: to start programs, too, which nothing on the lists gets."""
    handled = _ALL
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _DEVICE)):
        handled |= right if version >= since else 0
    return handled


def _allow(ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:  # nothing there
            continue
        try:
            mine = rights if os.path.isdir(place) else rights & _OF_FILES
            if mine:
                _call(_ADD, ruleset, _BENEATH, ctypes.byref(_Rule(mine, place)), 0)
        finally:
            os.close(place)


def _call(number: int, *words: object) -> int:
    return _check(_libc().syscall(ctypes.c_long(number), *words))


def _check(answer: int) -> int:
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return answer


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
