"""Suite J: random bytes, led by what they reach, into every door of the program.

    python -m tests.safety.fuzz                 each target for 60 s, one after the other
    python -m tests.safety.fuzz --seconds 14400 packs markup

Whatever goes in, a target may only say what is wrong in the project's own words, at a place that is
in the file, on one line that a terminal can show; what it writes keeps to the allow list, and what
it reads stays in its folder. Anything else ends the run with the input, which then becomes a case.
"""

import argparse
import atexit
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import NamedTuple

from cramsheet.problems import Mark, Mistakes, printable
from tests.safety import seeds

_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_LONGEST = 500  # letters of a message
Try = Callable[[bytes], None]


class Target(NamedTuple):
    """`ready` imports what is tried, so that it can be watched, and says how to try it."""

    ready: Callable[[], Try]
    seeds: Callable[[], Iterator[bytes]]
    longest: int = 4096


def sound(error: Mistakes, lines: int | None) -> None:
    """What is said can be read, and points into the file."""
    assert error.problems
    for problem in error.problems:
        assert problem.message
        for text in str(problem).split("\n  hint: "):
            on_a_line(text)
        if problem.mark and lines is not None:
            assert 1 <= problem.mark.line <= lines, problem
            assert problem.mark.column >= 1, problem


def on_a_line(text: str) -> None:
    assert printable(text) == text, text
    assert len(text) <= _LONGEST, text


def lines_of(data: bytes) -> int:
    return len(re.split(rb"\r\n|\r|\n", data)) + 1


def packs() -> Try:
    from cramsheet.pack.pack import Folder, read_pack
    from cramsheet.pack.source import Source
    from tests.test_cases import EXAM, FACTS, FILES, QUESTIONS, USUAL

    def one(data: bytes) -> None:
        """The first byte says which file of a pack the others are."""
        name = FILES[data[0] % len(FILES)] if data else FACTS
        files = {**{key: text.encode() for key, text in USUAL.items()}, name: data[1:]}
        sources = {key: Source(key, text) for key, text in files.items()}
        exam, asked = sources.pop(EXAM), sources.pop(QUESTIONS, None)
        folder = Folder("case", exam, tuple(sources.values()), (asked,) if asked else ())
        try:
            read_pack(folder)
        except Mistakes as error:
            sound(error, max(lines_of(it) for it in files.values()))

    return one


def markup() -> Try:
    from cramsheet.pack.source import Source, text_of
    from cramsheet.page.markup import inline, plain, stem
    from tests.safety.markup import Parsed

    def one(data: bytes) -> None:
        try:
            text = text_of(Source("a.yaml", data))
        except Mistakes as error:
            return sound(error, lines_of(data))
        for language in ("en", "fr", "ar"):
            assert Parsed(str(inline(text, language))).wrong == [], text
        plain(text)
        assert "".join(stem(text)).split() == text.split()
        return None

    return one


def lists() -> Try:
    from cramsheet.pack.source import Source
    from cramsheet.plan.names import LONGEST_NAME, people

    def one(data: bytes) -> None:
        try:
            found = people(Source("names.csv", data))
        except Mistakes as error:
            return sound(error, lines_of(data))
        assert found
        assert all(0 < len(it.name) <= LONGEST_NAME for it in found)
        assert all(printable(it.name) == it.name for it in found)
        return None

    return one


def importers() -> Try:
    from cramsheet.pack.exam import Marking
    from cramsheet.pack.source import Source
    from cramsheet.plan.record import PaperRecord
    from cramsheet.study.history import history_of
    from cramsheet.study.letters import from_letters
    from cramsheet.study.lists import from_table, from_yaml
    from cramsheet.study.results import mark_all, results_of
    from tests.study.sittings import RECORD

    def marked(data: bytes, kind: int) -> None:
        if kind == 0:
            mark_all(from_table(Source("a.csv", data), RECORD), RECORD, Marking())
        elif kind == 1:
            mark_all(from_yaml(Source("a.yaml", data), RECORD), RECORD, Marking())
        text = data.decode("utf-8", "replace")
        if kind == 2:
            from_letters(text, "A", "", RECORD, Mark("--letters"))
        elif kind == 3:
            results_of(text, "r.json")
        elif kind == 4:
            history_of(text, "h.json")
        elif kind == 5:
            PaperRecord.from_json(text, "m.json")

    def one(data: bytes) -> None:
        kind = data[0] % 6 if data else 0
        try:
            marked(data[1:], kind)
        except Mistakes as error:
            sound(error, lines_of(data) if kind < 2 else None)

    return one


def pictures() -> Try:
    from PIL import Image

    from cramsheet.caps import USUAL
    from cramsheet.page.pictures import Unreadable, data_uri

    small = USUAL.allowing([("pixels", 10_000)])

    def one(data: bytes) -> None:
        try:
            uri = data_uri(data, ("", "grey", "light", "dots")[len(data) % 4], small)
        except Unreadable as error:
            return on_a_line(str(error))
        with Image.open(BytesIO(b64decode(uri.partition(",")[2])), formats=("PNG",)) as anew:
            anew.load()
            assert not set(anew.info) & {"exif", "icc_profile", "comment", "xmp"}
        return None

    return one


def paths() -> Try:
    from cramsheet import door

    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root, secret = folder / "root", folder / "secret"
    (root / "a" / "b").mkdir(parents=True)
    secret.write_bytes(b"SECRET")
    for name in ("x", "a/x", "a/b/x"):
        (root / name).write_bytes(b"mine")
    (root / "l").symlink_to(secret)
    (root / "a" / "l").symlink_to(folder)
    (root / "h").hardlink_to(secret)

    def one(data: bytes) -> None:
        path = data.decode("utf-8", "surrogateescape")
        try:
            assert door.read(root, path, Mark("here"), 100) == b"mine", path
        except Mistakes as error:
            sound(error, None)
        try:
            found = door.listed(root, path, Mark("here"), 100)
            assert {it.name for it in found} <= {"x", "a", "b", "l", "h"}
        except Mistakes as error:
            sound(error, None)

    return one


TARGETS: Mapping[str, Target] = {
    "packs": Target(packs, seeds.pack_seeds),
    "markup": Target(markup, seeds.markup_seeds, 600),
    "lists": Target(lists, seeds.list_seeds),
    "importers": Target(importers, seeds.importer_seeds),
    "pictures": Target(pictures, seeds.picture_seeds),
    "paths": Target(paths, seeds.path_seeds, 200),
}


def inside(name: str, seconds: int) -> None:
    """One target, in a process of its own, which ends with it."""
    import resource

    import atheris

    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10  # MiB, of whoever called
    with atheris.instrument_imports(include=["cramsheet", "markdown", "PIL"]):
        one = TARGETS[name].ready()
    with TemporaryDirectory() as corpus:
        for number, seed in enumerate(TARGETS[name].seeds()):
            Path(corpus, f"{number}").write_bytes(seed)
        told = (f"-max_total_time={seconds}", f"-max_len={TARGETS[name].longest}")
        # 8 s and 2 GiB for one input are what a build could not bear.
        limits = (
            "-timeout=8",
            f"-rss_limit_mb={began + 2048}",
            "-print_final_stats=1",
            "-verbosity=0",
        )
        atheris.Setup([sys.argv[0], *told, *limits, f"-artifact_prefix={corpus}/", corpus], one)
        atheris.Fuzz()


def run(name: str, seconds: int) -> tuple[int, str]:
    """How many inputs were tried, and what went wrong."""
    words = (sys.executable, "-m", "tests.safety.fuzz", "--inside", "--seconds", str(seconds), name)
    done = subprocess.run(words, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    found = _DONE.search(said)
    return int(found[1]) if found else 0, said if done.returncode or not found else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.safety.fuzz")
    parser.add_argument("targets", nargs="*", default=[*TARGETS], metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        inside(args.targets[0], args.seconds)
    wrong = 0
    for name in args.targets:
        count, said = run(name, args.seconds)
        print(f"{name:10} {count:>12,} inputs  {'FAILED' if said else 'nothing wrong'}", flush=True)
        if said:
            wrong += 1
            print(said[-4000:])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
