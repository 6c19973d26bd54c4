"""Whether a build would make what is there already: what it read and what it made, noted beside
the output under the words that ordered it.

Asked before anything else is imported, as `seen` is.
"""

import os
import sys

from cramsheet.desk.seen import Seen, digest, digest_of_text

TYPE_CHECKING = False  # as in `seen`
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = ".made"
JOURNAL = ".cramsheet.journal"  # there while files are replaced, and after a kill
_FORM = "2"  # another number forgets all that is known
_MOST = 64  # orders that are remembered in one output folder
_END = "\0\n"
PROGRAM = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
# Where fonts and modules are looked for, and the day that is written into files (which the press
# sets where nobody has).
_VARIABLES = {"HOME": "", "PYTHONPATH": "", "SOURCE_DATE_EPOCH": "0", "WINDIR": ""}


class Manifest:
    """Of an order: what it means, what to say if nothing has changed, what it read and made."""

    __slots__ = ("made", "meaning", "read", "said")

    def __init__(
        self, meaning: str, said: str, read: "Sequence[Seen]", made: "Sequence[Seen]" = ()
    ) -> None:
        self.meaning, self.said, self.read, self.made = meaning, said, read, made

    def __bytes__(self) -> bytes:
        lines = (self.meaning, self.said, *map(str, self.read), "", *map(str, self.made))
        text = _END.join(lines).encode("utf-8", "surrogateescape")
        return f"{digest(text)}\n".encode() + text

    @classmethod
    def of(cls, data: bytes) -> "Manifest | None":
        """None when it is damaged."""
        check, _, text = data.partition(b"\n")
        if check != digest(text).encode():
            return None
        meaning, said, *lines = text.decode("utf-8", "surrogateescape").split(_END)
        end = lines.index("")
        return cls(meaning, said, [*map(Seen.of, lines[:end])], [*map(Seen.of, lines[end + 1 :])])

    def unchanged(self) -> "Manifest | None":
        """If all is as it was, the manifest of it with the marks that it has by now."""
        read, made = again(self.read), again(self.made)
        return Manifest(self.meaning, self.said, read, made) if read and made else None


def again(seen: "Sequence[Seen]") -> "list[Seen]":
    """As it is now; empty if something has changed."""
    found: list[Seen] = []
    for it in seen:
        now = it.again()
        if now.value != it.value:
            return []
        found.append(now)
    return found


def recalled(
    words: "Sequence[str]", prefix: str = sys.prefix, variables: "Mapping[str, str]" = os.environ
) -> str | None:
    """What to say when the same words have made what is there, for the environment of Python at
    `prefix`; None when they have to be read and followed."""
    name = name_of(words, prefix, variables)
    output = _told(words, "--output") or os.path.join(_project(words), "output")
    path = os.path.join(output, FOLDER, name)
    known = None if _unfinished(output) else kept(path)
    found = known and known.unchanged()
    if not known or not found:
        return None
    if bytes(found) != bytes(known):
        keep(path, found)
    return found.said


def alike(output: str, meaning: str) -> Manifest | None:
    """That of an order that means the same, in other words perhaps, if nothing has changed."""
    for it in () if _unfinished(output) else map(kept, _all(output)):
        if it and it.meaning == meaning and (now := it.unchanged()):
            return now
    return None


def name_of(
    words: "Sequence[str]", prefix: str = sys.prefix, variables: "Mapping[str, str]" = os.environ
) -> str:
    """Of the manifest for words that are typed here: whatever could make them mean another thing
    gives another name."""
    place = (os.getcwd(), os.path.realpath(_project(words)), *words)
    return digest_of_text(repr((surroundings(prefix, variables), place)))


def surroundings(
    prefix: str = sys.prefix, variables: "Mapping[str, str]" = os.environ
) -> "Sequence[str]":
    """Whose work it is: the program, its Python, and what both heed without being told."""
    told = [variables.get(name, usual) for name, usual in _VARIABLES.items()]
    return (_FORM, sys.version, sys.platform, prefix, PROGRAM, *told)


def kept(path: str) -> Manifest | None:
    """None when there is none, or a damaged one."""
    try:
        with open(path, "rb") as file:
            return Manifest.of(file.read())
    except (OSError, ValueError):
        return None


def _unfinished(output: str) -> bool:
    """What is there may be put back by the next build."""
    return os.path.lexists(os.path.join(output, JOURNAL))


def keep(path: str, manifest: Manifest) -> None:
    """A folder that cannot be written to costs the next build some milliseconds."""
    folder, name = os.path.split(path)
    new = os.path.join(folder, f".{name}.{os.getpid()}.cramsheet-new")  # as `commit` sweeps away
    try:
        with open(new, "wb") as file:
            file.write(bytes(manifest))
        os.replace(new, path)
    except OSError:
        return


def forget_old(output: str) -> None:
    """Those that nobody has asked for in a long time."""
    try:
        found = sorted(_all(output), key=os.path.getmtime)
        for path in found[: max(0, len(found) - _MOST)]:
            os.remove(path)
    except OSError:
        return


def _all(output: str) -> list[str]:
    folder = os.path.join(output, FOLDER)
    try:
        names = [name for name in os.listdir(folder) if name[0] != "."]
        return [os.path.join(folder, name) for name in names]
    except OSError:
        return []


def _project(words: "Sequence[str]") -> str:
    return _told(words, "--project") or "."


def _told(words: "Sequence[str]", option: str) -> str:
    """Where to look, no more: if it is told in a way that is not seen here, nothing is found."""
    told = ""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == option:
            told = following
        elif word.startswith(f"{option}="):
            told = word.partition("=")[2]
    return told
