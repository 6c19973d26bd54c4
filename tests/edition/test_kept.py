"""What need not change stays as it was on paper, and what is printed again fits into the old print.

Random edits of random packs, in all kinds of document, compared pixel by pixel.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

import pypdfium2
import pytest

from bench.edits import EDITS, NUMBERED, Edit, Files, edited, files_in, pack_of_files, random_files
from cramsheet.edition.recording import document_of
from cramsheet.edition.reprint import Reprint, pages_of, reprint
from cramsheet.pack.pack import Pack
from cramsheet.page.writing import Writer
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press import press
from cramsheet.press.engine import Engine
from cramsheet.press.press import Made
from tests.making import ROOT, SHOP

KINDS = ("notes", "sheet", "booklet", "key")  # the key points into the notes
_DPI = 45
IN_PLACE = [it for it in EDITS if it not in NUMBERED and it != "a fact more"]


@dataclass(frozen=True)
class Print:
    """A document as it lies on the table."""

    made: Made
    data: bytes

    @cached_property
    def pixels(self) -> list[str]:
        return pixels(self.data)


def pixels(data: bytes) -> list[str]:
    """Of each page a digest of its pixels: a report that two differ needs no more."""
    document = pypdfium2.PdfDocument(data)
    pages = (page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document)
    return [sha256(it.tobytes()).hexdigest() for it in pages]


def printed(
    pack: Pack, engine: Engine, paper: str, before: Mapping[str, Print] | None = None
) -> dict[str, Print]:
    """Documents of all kinds, each set as it was before."""
    found: dict[str, Print] = {}
    for kind in KINDS:
        old = before[kind].made if before else None
        notes = found["notes"].made.pages.first_pages if kind == "key" else {}
        stamps = {it.code: it.edition for it in old.pages.stamps} if old else {}
        wish = press.Wish(kept=old.kept if old else None, notes=notes, stamps=stamps)
        writer = Writer(make_plan(pack, Order(kind, paper)), SHOP)
        made = press.lay_out(writer, engine, wish)
        found[kind] = Print(made, press.write(made.pages, engine).data)
    return found


@dataclass(frozen=True)
class Case:
    """A pack, its paper, and how it was printed."""

    files: Files
    paper: str
    before: dict[str, Print]


@lru_cache
def tiny(engine: Engine) -> Case:
    """Few facts: quickly set."""
    files = random_files(4, 12, 4)
    return Case(files, "a5", printed(pack_of_files(files), engine, "a5"))


@lru_cache
def small(engine: Engine) -> Case:
    """A few pages of each kind."""
    files = random_files(3, 50, 14)
    return Case(files, "a5", printed(pack_of_files(files), engine, "a5"))


@lru_cache
def large(engine: Engine) -> Case:
    files = random_files(7, 260, 40)
    return Case(files, "a4", printed(pack_of_files(files), engine, "a4"))


@lru_cache
def real(engine: Engine) -> Case:
    """Two domains of the pack that lies in `content/`."""
    files = files_in(next((ROOT / "content").glob("*/exam.yaml")).parent)
    rows = files["exam.yaml"]["blueprint"]["domains"][:2]
    rows[0]["weight"], rows[1]["weight"] = 50, 50
    files["exam.yaml"]["blueprint"]["domains"] = rows
    kept = {it["id"] for it in rows}
    files = {k: it for k, it in files.items() if k == "exam.yaml" or it["domain"] in kept}
    return Case(files, "a4", printed(pack_of_files(files), engine, "a4"))


CASES = {"small": small, "large": large, "real": real}


def fits(edit: Edit, old: Made, new: Made) -> bool:
    """Whether what was edited finds room where it stands: in its column, whatever else is there."""
    if edit.kind not in IN_PLACE or edit.element not in old.pages.places:
        return False
    was = old.setting.laid.heights()[edit.element]
    grown = new.setting.laid.heights().get(edit.element, 0.0) - was
    columns = zip(old.setting.columns, old.setting.room, old.setting.columns_named, strict=True)
    column, room, names = next(it for it in columns if edit.element in it[2])
    return len(names) > 1 and column.height + grown <= room


def showing(edit: Edit, one: Made, other: Made) -> set[str]:
    """The elements that show what was edited: it and the questions of a case; in a key the answers
    that name a fact by its term, in notes the facts that tell how many questions ask them."""
    groups = [group for section in one.plan.sections for group in section.groups]
    cases = (it for it in groups if it.case and f"question-{it.case.id}" == edit.element)
    asked = {question.id for case in cases for question in case.questions}
    if one.plan.kind.name == "key" and edit.kind == "another term":
        fact = edit.element.removeprefix("fact-")
        asked |= {it.id for group in groups for it in group.questions if fact in it.teaches}
    facts = set(dict(one.plan.asked.items() ^ other.plan.asked.items()))
    told = facts if one.plan.kind.name == "notes" else set()
    return {edit.element, *(f"question-{it}" for it in asked), *(f"fact-{it}" for it in told)}


def where(edit: Edit, old: Made, new: Made) -> set[int]:
    names = showing(edit, old, new) | showing(edit, new, old)
    places = (it.pages.places.get(name, ()) for it in (old, new) for name in names)
    return {place.page for some in places for place in some}


def others_as_they_were(edit: Edit, old: Print, new: Print) -> None:
    """Each page but that of the edit shows what it showed, and has the code that it had."""
    mine = where(edit, old.made, new.made)
    assert len(old.pixels) == len(new.pixels)
    for number, (one, other) in enumerate(zip(old.pixels, new.pixels, strict=True), 1):
        if number not in mine:
            assert one == other, f"page {number} has changed, {edit.element} is on {mine}"
            assert old.made.pages.stamps[number - 1] == new.made.pages.stamps[number - 1]


def fit_into(old: Print, new: Print, again: Reprint, pages: Iterator[str]) -> None:
    """Sheets of paper, printed on both sides, change places with those of the old print."""
    assert len(again.printed) % 2 == 0
    sheets = dict(enumerate(zip(*[iter([*old.pixels, ""])] * 2, strict=False)))
    for front, back in zip(*[iter(again.printed)] * 2, strict=True):
        assert front % 2 == 1
        assert back in (front + 1, 0)
        sheets[front // 2] = (next(pages), next(pages) if back else next(pages)[:0])
    bound = [page for _, both in sorted(sheets.items()) for page in both]
    bound = bound[: len(bound) - 2 * again.gone]
    assert [page for page in bound if page] == new.pixels


def slipped_in(before: Mapping[str, Print], after: Mapping[str, Print]) -> None:
    lot = [
        reprint(kind, document_of(before[kind].made), document_of(after[kind].made))
        for kind in KINDS
    ]
    data = pages_of((it, after[it.name].data, 0) for it in lot)
    pages = iter(pixels(data) if data else [])
    for it in lot:
        fit_into(before[it.name], after[it.name], it, pages)
    assert next(pages, None) is None


def held(case: Case, kind: str, seed: int, engine: Engine) -> list[bool]:
    """An edit, and all that is promised of it; for each kind of document whether it fits."""
    edit = edited(case.files, kind, seed)
    after = printed(edit.pack, engine, case.paper, case.before)
    found = []
    for name in KINDS:
        old, new = case.before[name], after[name]
        found.append(fits(edit, old.made, new.made))
        if found[-1] or not where(edit, old.made, new.made):
            others_as_they_were(edit, old, new)
    slipped_in(case.before, after)
    return found


@pytest.mark.parametrize("kind", ["one word for another", "a sentence more", "a question less"])
def test_an_edit(kind: str, engine: Engine) -> None:
    held(tiny(engine), kind, 0, engine)


@pytest.mark.slow
@pytest.mark.parametrize("case", ["small", "large", "real"])
def test_a_hundred_edits(case: str, engine: Engine) -> None:
    """Most of them fit; what does not is printed again in whole sheets all the same."""
    rounds = {"small": 4, "large": 4, "real": 2}[case]
    found = [
        fit
        for seed in range(1, rounds + 1)
        for kind in EDITS
        for fit in held(CASES[case](engine), kind, seed, engine)
    ]
    assert sum(found) > len(found) / 4
