"""Whether a build would make what is there already: hashes of all that it reads and of all that it
wrote, kept beside the output.

Asked before anything else is imported, so: standard library, and one look at each file. The
fingerprint of what goes in holds the content, templates, styles, fonts, the program and the
libraries that it draws with.
"""

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cramsheet.cellar.program import NO_FILE, PROGRAM, files, fingerprint, hash_of

FOLDER = ".made"
_FORM = "1"  # another number forgets all that is known
_MOST = 64  # builds that are remembered in one output folder
_NO_WISHES = ("work", "quiet", "output", "project", "jobs", "no_cache")
_FONTS = (".ttf", ".otf", ".ttc", ".otc")


@dataclass(frozen=True)
class Manifest:
    """Of one order: where it is kept, and the fingerprint of what goes in."""

    output: Path
    order: str
    inputs: str

    @property
    def name(self) -> str:
        """Of its file, below the output folder."""
        return f"{FOLDER}/{self.order}.json"

    @property
    def path(self) -> Path:
        return self.output / self.name

    def unchanged(self) -> tuple[str, ...]:
        """The files that are as this order would make them; none when one of them is not."""
        try:
            known = json.loads(self.path.read_text("utf-8"))
            if known["inputs"] != self.inputs or not known["outputs"]:
                return ()
            there = (hash_of(self.output / path) == it for path, it in known["outputs"].items())
            return tuple(known["outputs"]) if all(there) else ()
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return ()

    def text(self, outputs: Mapping[str, bytes | tuple[bytes, ...] | None]) -> str:
        """What is to be written at `path` when these files were made."""
        hashes = {path: _hash(data) for path, data in outputs.items() if data is not None}
        return json.dumps({"inputs": self.inputs, "outputs": hashes}, indent=1, sort_keys=True)

    def forget_old(self) -> None:
        """Those of other orders that nobody has asked for in a long time."""
        with suppress(OSError):
            found = sorted(self.path.parent.glob("*.json"), key=lambda it: it.stat().st_mtime)
            for path in found[: max(0, len(found) - _MOST)]:
                path.unlink(missing_ok=True)


def manifest_of(args: argparse.Namespace, project: Path) -> Manifest:
    """For a build as it was ordered."""
    from cramsheet.desk.ordering import named_files
    from cramsheet.page.installed import usual_folders
    from cramsheet.page.shop import BUILT_IN

    content = project / "content"
    asked = {name.strip() for name in args.exam.split(",") if name.strip()}
    known = asked and asked <= set(os.listdir(content) if content.is_dir() else ())  # noqa: PTH208
    packs = [content / name for name in sorted(asked)] if known else [content]
    own = [root / name for root in (project, BUILT_IN) for name in ("templates", "styles")]
    trees = (*packs, *dict.fromkeys(own), PROGRAM, *named_files(args))
    wishes = {name: value for name, value in vars(args).items() if name not in _NO_WISHES}
    output = args.output or project / "output"
    return manifest(output, {**wishes, "project": project}, trees, usual_folders())


def manifest(
    output: Path, wishes: Mapping[str, object], trees: Sequence[Path], fonts: Sequence[Path]
) -> Manifest:
    """For what was ordered; `trees` are folders and files that are read whole, `fonts` folders of
    the machine's fonts, of which the names, sizes and times are enough."""
    told = sorted((name, str(value)) for name, value in wishes.items())
    order = sha256(json.dumps(told).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    digest = sha256(fingerprint(_FORM, trees).encode())
    for path in (path for folder in fonts for path in files(folder)):
        if path.lower().endswith(_FONTS):
            digest.update(f"{path}\0{_state_of(path)}\n".encode("utf-8", "surrogateescape"))
    return Manifest(output, order, digest.hexdigest())


def _hash(data: bytes | tuple[bytes, ...]) -> str:
    digest = sha256()
    for part in data if isinstance(data, tuple) else (data,):
        digest.update(part)
    return digest.hexdigest()


def _state_of(path: str) -> str:
    try:
        state = os.stat(path)  # noqa: PTH116
    except OSError:  # a link that leads nowhere
        return NO_FILE
    return f"{state.st_size} {state.st_mtime_ns}"
