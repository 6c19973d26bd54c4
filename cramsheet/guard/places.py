"""Where a worker may read and write: lists that two walls hold, each by its own means."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# What an interpreter and libraries read wherever they are installed. Not all of it is everywhere.
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store", "/opt/homebrew"),
    *("/System/Library", "/Library/Fonts", "/etc/ld.so.cache", "/etc/ld.so.conf.d"),
    *("/etc/localtime", "/etc/os-release", "/dev/null", "/dev/urandom"),
    *("/proc/self", "/sys/devices/system/cpu", "/etc/mime.types", "/etc/httpd/mime.types"),
    *("/etc/httpd/conf/mime.types", "/etc/apache/mime.types", "/etc/apache2/mime.types"),
)


@dataclass(frozen=True)
class Places:
    """Absolute paths of files, and of folders with all below them.

    `trusted` holds what whoever owns the machine installed, `read` what the command works on;
    of folders that are `listed` only the names are seen; nothing is written but below `written`.
    """

    trusted: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


def installed(program: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of this machine is trusted, and what is only listed: folders on the module path in
    which a person keeps other things, too."""
    home, here = os.path.dirname(program), os.getcwd()
    paths = [os.path.abspath(it) for it in sys.path]
    mixed = {it for it in paths if it in (home, here)}
    trusted = [sys.prefix, sys.base_prefix, sys.exec_prefix, program, *_SYSTEM]
    trusted += [it for it in paths if it not in mixed]
    if os.name == "nt":
        trusted.append(os.environ.get("SYSTEMROOT", r"C:\Windows"))
    return tuple(_real(trusted)), tuple(_real(mixed))


def _real(paths: Iterable[str]) -> Iterator[str]:
    """As they are told, and where links lead; never the whole disk."""
    told = dict.fromkeys(it for path in paths for it in (path, os.path.realpath(path)))
    yield from (it for it in told if it not in ("", os.sep))


def real(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(_real(map(os.path.abspath, paths)))


def inside(path: str, folders: tuple[str, ...]) -> bool:
    """Whether it is one of these, or below one."""
    return path.startswith(_below(folders)) or path in folders


@lru_cache(maxsize=16)
def _below(folders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(it + os.sep for it in folders)
