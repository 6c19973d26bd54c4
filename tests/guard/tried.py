"""A worker that tries to get out: python -m tests.guard.tried OUTSIDE CELL, some walls as JSON."""

import json
import sys
import time

from cramsheet.desk.manifest import PROGRAM
from cramsheet.guard.limits import Limits
from cramsheet.guard.places import Places, installed
from cramsheet.guard.room import room
from cramsheet.guard.trial import trial
from cramsheet.guard.walls import Cell
from cramsheet.guard.worker import forked

if __name__ == "__main__":
    outside, told = sys.argv[1], json.loads(sys.argv[2])
    trusted, listed = installed(PROGRAM)
    read, more = told.pop("read", []), told.pop("listed", [])
    with room() as folder:
        places = Places(trusted, tuple(read), (*listed, *more), (folder,))
        worker = forked(trial(outside), Cell(Limits(), places, folder, **told))
        worker.wire.until = time.monotonic() + 20
        print(json.dumps(dict(worker.wire.hear().head)))
        worker.death()
