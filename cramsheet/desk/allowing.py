"""How much the work of a command may take, as whoever typed it allows."""

import os
from argparse import Namespace

from cramsheet.guard.limits import Limits

_NAMES = ("seconds", "memory", "output", "open_files")


def limits_of(args: Namespace) -> Limits:
    """The usual ones but for what `--allow` says."""
    told = {name.replace("-", "_"): value for name, value in getattr(args, "allowed", ())}
    mine = {name: value for name, value in told.items() if name in _NAMES}
    return Limits(**mine, hands=getattr(args, "jobs", 0) or os.cpu_count() or 1)
