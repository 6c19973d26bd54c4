"""A program that puts prepared bytes in place: `python committing.py HOW FOLDER SET`.

What it does before the line that it writes to standard error is the start of Python; the faults
that suites inject come after it.
"""

import fcntl  # noqa: F401
import os
import sys
from pathlib import Path

SETS = {
    name: {
        "demo/a.pdf": b"%PDF-1.7\n" + name.encode() * 4000 + b"\n%%EOF\n",
        "demo/b.pdf": b"%PDF-1.7\n" + name.encode() * 9 + b"\n%%EOF\n",
        "demo/.layout/a.json": name.encode() * 3,
    }
    for name in ("old", "new")
}
LONE = {name: {"demo/a.pdf": SETS[name]["demo/a.pdf"]} for name in SETS}
BEGIN = "--begin--"


def naively(folder: Path, name: str) -> None:
    """As a builder of thirty lines does it."""
    for path, data in SETS[name].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("wb", buffering=0) as file:
            half = len(data) // 2
            file.write(data[:half])
            file.write(data[half:])


def main(how: str, folder: Path, name: str) -> int:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from cramsheet.desk.owned import publish, ready
    from cramsheet.problems import Mistakes

    files = LONE[name] if how == "lone" else SETS[name]
    os.write(2, f"{BEGIN}\n".encode())
    try:
        if how == "naive":
            naively(folder, name)
        else:
            ready(folder, files, False)
            publish(folder, files, False)
    except Mistakes as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(error.exit)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
