"""How much the work of a command may take, as whoever typed it allows."""

import os
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from cramsheet.guard.limits import Limits

_NAMES = ("seconds", "memory", "output", "open_files")


_AMOUNT = re.compile(r"(\d{1,12})([KMG]?)i?B?", re.IGNORECASE)


def allow(it: ArgumentParser) -> None:
    about = "more than is usual: seconds=600, memory=4G, output=128M or open-files=256"
    it.add_argument(
        "--allow", dest="allowed", type=_allowance, action="append", default=[],
        metavar="NAME=VALUE", help=about,
    )  # fmt: skip


def _allowance(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    found = _AMOUNT.fullmatch(value)
    name = name.replace("-", "_")
    if name not in _NAMES or not found or not int(found[1]):
        raise ArgumentTypeError(f"write it as seconds=600, not {text}")
    return name, int(found[1]) << 10 * " KMG".index(found[2].upper() or " ")


def limits_of(args: Namespace) -> Limits:
    """The usual ones but for what `--allow` says."""
    told = {name.replace("-", "_"): value for name, value in getattr(args, "allowed", ())}
    mine = {name: value for name, value in told.items() if name in _NAMES}
    return Limits(**mine, hands=getattr(args, "jobs", 0) or os.cpu_count() or 1)
