"""The errand to git before a worker begins, and where it finds what was fetched.

Nothing is imported for it until somebody wants it: most commands ask git nothing.
"""

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

_ASKING = ("since", "old", "past")  # options that may lead to git
FOLDER = "git"


def fetch(args: Namespace, room: str) -> Sequence[str]:
    """Into the folder of a worker that is not there yet; files and folders of git that it has to
    look at itself. Raises Mistakes."""
    if not any(getattr(args, name, None) for name in _ASKING):
        return ()
    from cramsheet.desk import fetched

    return fetched.fetch(args, room)


def find() -> None:
    """In a worker: what was fetched is what git says from now on."""
    room = Path(os.environ["TMPDIR"])
    if (room / FOLDER).is_dir():
        from cramsheet.desk import fetched

        fetched.find(room)
