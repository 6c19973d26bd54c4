"""How much of everything there may be, as whoever typed the command allows."""

import os
from argparse import ArgumentParser, Namespace

from cramsheet.caps import USUAL, Caps
from cramsheet.desk.measures import allowance
from cramsheet.guard.limits import Limits


def allow(it: ArgumentParser) -> None:
    about = "more of something than is usual, such as facts=6000; may be given again"
    it.add_argument(
        "--allow", dest="allowed", type=allowance, action="append", default=[],
        metavar="NAME=VALUE", help=about,
    )  # fmt: skip


def caps(args: Namespace) -> Caps:
    """The usual ones, but for what is allowed."""
    return USUAL.allowing(getattr(args, "allowed", ()))


def limits_of(args: Namespace) -> Limits:
    """Of the process that reads and draws."""
    most = caps(args)
    hands = getattr(args, "jobs", 0) or os.cpu_count() or 1
    return Limits(most.seconds, most.memory, most.output, most.open_files, hands)
