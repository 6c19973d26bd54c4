"""Fonts for scripts that ours lack: named by a person, or found on the machine.

A document borrows a font only for characters that none of ours has, and takes no more of it than
its own letters. Which one depends on the files alone: those that were named in their order, then
the installed one that has most of what is still wanted; of equals the upright one nearest to the
regular weight, made for the language, without serifs, and first by its path.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from cramsheet.page.installed import (
    ENDINGS,
    REGULAR,
    Candidate,
    candidates,
    forget,
    installed,
    is_font,
    usual_folders,
)
from cramsheet.page.redrawn import as_truetype, as_woff2, emboldened
from cramsheet.page.scripts import script_of
from cramsheet.problems import mistake

FAMILY = "CramMore"
_BOLD = 600
_ALWAYS = " \u00a0"  # a space inside a run keeps its font
_UGLY = ("unifont", "lastresort", "last resort", "fallback", "mono")  # better than nothing
_OF_LANGUAGE: dict[str, tuple[str, ...]] = {
    "ja": ("jp", "japanese"),
    "ko": ("kr", "korean"),
    "zh": ("sc", "cn"),
    "zh-hant": ("tc", "tw"),
    "zh-tw": ("tc", "tw"),
    "zh-hk": ("hk", "tc"),
}  # whose shapes of Chinese letters a font has, by a word of its name


@dataclass(frozen=True)
class Case:
    """Where fonts may come from; a case is the drawer that a printer keeps type in."""

    named: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()  # of the machine

    @classmethod
    def of_machine(cls, named: Sequence[Path] = ()) -> "Case":
        return cls(tuple(named), usual_folders())


NO_FONTS = Case()


@dataclass(frozen=True)
class Borrowed:
    """A font cut down to the letters of a document: its regular and its bold face."""

    family: str
    letters: frozenset[int]
    regular: bytes
    bold: bytes

    def css(self) -> str:
        """The @font-face rules for WeasyPrint."""
        return self._rules("ttf", self.regular, self.bold)

    def css_for_browsers(self) -> str:
        return self._rules("woff2", as_woff2(self.regular), as_woff2(self.bold))

    def _rules(self, form: str, regular: bytes, bold: bytes) -> str:
        return "".join(
            f"@font-face {{ font-family: {self.family}; font-weight: {weight};"
            f" src: url(data:font/{form};base64,{b64encode(data).decode()}) }}\n"
            for weight, data in ((REGULAR, regular), (_BOLD, bold))
        )


@lru_cache(maxsize=32)
def borrowed(letters: frozenset[str], language: str, case: Case) -> tuple[Borrowed, ...]:
    """Fonts that have the letters, as far as there are any; `letters` are those that ours lack."""
    left = frozenset(map(ord, letters))
    found = []
    for candidate in _chosen(left, language, case):
        named = candidate.path in case.named
        if has := candidate.has(left if named else _of_scripts(left)):
            found.append(_cut(candidate, has, case))
            left -= has
    return tuple(found)


def forget_fonts() -> None:
    """Somebody has saved one, so that all are read again."""
    forget()
    borrowed.cache_clear()


def _chosen(wanted: frozenset[int], language: str, case: Case) -> Iterator[Candidate]:
    for path in case.named:
        faces = candidates(path)
        if not faces:
            hint = f"name a file of the kind {', '.join(ENDINGS)}"
            raise mistake(f'"{path}" is not a font', hint=hint)
        wanted -= (best := min(faces, key=lambda it: _rank(it, language))).has(wanted)
        yield best
    wanted = _of_scripts(wanted)
    others = installed(case.folders) if wanted else ()
    while wanted and others:
        counts = {it: len(it.has(wanted)) for it in others}
        best = min(
            others,
            key=lambda it: (not counts[it], _ugly(it), -counts[it], _rank(it, language)),
        )
        if not counts[best]:
            return
        yield best
        wanted -= best.has(wanted)


def _of_scripts(wanted: frozenset[int]) -> frozenset[int]:
    """Letters; signs such as ♨ are not what a machine's fonts are looked through for."""
    return frozenset(code for code in wanted if script_of(chr(code)))


def _rank(it: Candidate, language: str) -> tuple[bool | int | str, ...]:
    name = it.family.casefold()
    tag = language.casefold()
    own: tuple[str, ...] = _OF_LANGUAGE.get(tag) or _OF_LANGUAGE.get(tag.split("-")[0]) or ()
    return (
        not it.upright,
        abs(it.weight - REGULAR),
        not any(word in name.split() for word in own),
        not any(word in name for word in ("sans", "gothic", "kufi")),
        name,
        str(it.path),
        it.index,
    )


def _ugly(it: Candidate) -> bool:
    return any(word in it.family.casefold() for word in _UGLY)


def _cut(it: Candidate, letters: frozenset[int], case: Case) -> Borrowed:
    regular = _subset(it, letters, REGULAR)
    if _varies(it):
        bold = _subset(it, letters, _BOLD)
    elif heavy := _companion(it, letters, case):
        bold = _subset(heavy, letters, _BOLD)
    else:
        bold = emboldened(regular)
    # Within a build all fonts are known by their families, and no two documents' may be mixed up.
    family = f"{FAMILY}-{sha256(regular + bold).hexdigest()[:12]}"
    return Borrowed(family, letters, regular, bold)


def _companion(it: Candidate, letters: frozenset[int], case: Case) -> Candidate | None:
    """A bold face of the same family, among the named fonts or in the same folder."""
    beside = [*case.named, *(path for path in sorted(it.path.parent.iterdir()) if is_font(path))]
    bolder = [
        other
        for path in dict.fromkeys(beside)
        for other in candidates(path)
        if other.family == it.family and other.upright and _BOLD - 100 < other.weight <= 800
    ]
    whole = [other for other in bolder if other.has(letters) == letters]
    return min(whole, key=lambda other: abs(other.weight - _BOLD), default=None)


def _varies(it: Candidate) -> bool:
    return any(axis.tag == "wght" for axis in it.face.axis_infos)


def _subset(it: Candidate, letters: frozenset[int], weight: int) -> bytes:
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    parts = normalize("NFKD", "".join(map(chr, letters)))  # a Thai vowel is drawn as two letters
    wanted.unicode_set.update([*letters, *map(ord, parts + _ALWAYS)])
    wanted.name_id_set.update(range(26))
    if it.face.axis_infos:
        wanted.pin_all_axes_to_default(it.face)
        if _varies(it):
            wanted.pin_axis_location(it.face, "wght", float(weight))
    return as_truetype(bytes(uharfbuzz.subset(it.face, wanted).blob.data))
