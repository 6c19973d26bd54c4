"""How much a worker may take: what a pack asks for beyond that ends its build, not the machine."""

import sys
from dataclasses import dataclass

_LARGEST_FILE = 256 << 20  # bytes; the cache may grow to 200 MB
_SHARE = 0.8  # of the time on the clock that one process may compute
_PER_HAND = 4  # more open files for each process that helps
_GRACE = 5  # s between the signal and the kill


@dataclass(frozen=True)
class Limits:
    """Seconds on the clock, bytes of memory of each process, bytes of all that is made, open files;
    `hands` are the processes that may help."""

    seconds: int = 150
    memory: int = 2 << 30
    output: int = 64 << 20
    open_files: int = 128
    hands: int = 1

    @property
    def processor(self) -> int:
        """Seconds that one process may compute."""
        return max(1, round(self.seconds * _SHARE))


def set_limits(limits: Limits, stays: bool = False) -> tuple[str, ...]:
    """On this process, for good; the names of those that stand. One that `stays` may have the time
    of its processor renewed, which `renew` does."""
    try:
        import resource
    except ImportError:  # Windows
        return ()
    wanted = {
        "memory": (resource.RLIMIT_AS, limits.memory),
        "file": (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        "open files": (resource.RLIMIT_NOFILE, limits.open_files + _PER_HAND * limits.hands),
        "core": (resource.RLIMIT_CORE, 0),
    }
    stand = [name for name, (kind, most) in wanted.items() if _lower(kind, most)]
    if sys.platform == "darwin" and "memory" in stand:
        stand.remove("memory")  # it takes the number, and does not heed it
    if stays:
        return tuple(stand)
    seconds = limits.processor
    return (*stand, *(["processor"] if _lower(resource.RLIMIT_CPU, seconds, _GRACE) else []))


def renew(limits: Limits) -> None:
    """The time of the processor, counted from now."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + limits.processor
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(kind: int, most: int, grace: int = 0) -> bool:
    """Never above what whoever started us was given."""
    import resource

    try:
        _, hard = resource.getrlimit(kind)
        roof = most + grace if hard == resource.RLIM_INFINITY else min(most + grace, hard)
        resource.setrlimit(kind, (min(most, roof), roof))
    except (OSError, ValueError):
        return False
    return True
