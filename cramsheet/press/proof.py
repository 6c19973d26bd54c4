"""Proofreading: does everything planned stand on paper, once and whole, in our fonts alone?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from cramsheet.page.borrowed import FAMILY
from cramsheet.page.fonts import FACES
from cramsheet.page.markup import plain
from cramsheet.page.promised import (
    Promise,
    Text,
    bare,
    joined,
    missing,
    of_contents,
    repeated,
)
from cramsheet.page.sight import contrast as contrast_of
from cramsheet.plan.plan import Plan
from cramsheet.press.engine import Written
from cramsheet.press.parts import Place
from cramsheet.press.press import Pages
from cramsheet.press.seeing import Run, look_at_page
from cramsheet.press.weasy import PX
from cramsheet.problems import Mark, Mistakes, Problem, shortened

_ROUNDING = 0.02  # pt
_TOUCHING = 0.01  # mm
_AWAY = 0.3  # mm
_WORD = 4  # letters
_PRINT = "its template leaves them out, or a style does not show them"
_ONCE = "its template prints it twice"
_STYLE = "shorten it, take a larger paper, or mend a style or template of your own"
_NARROWER = "a word, table or picture is too wide: shorten it, or give the table fewer columns"

Fault = tuple[str, Mark | None, str]  # what, where it was written, what to do


def prove(
    pages: Pages,
    plan: Plan,
    contrast: float = 0.0,
    promised: Iterable[tuple[str, Promise]] = (),
) -> None:
    """Raises Mistakes that name every fact or question which did not reach the paper whole, or
    whose words have less than so much contrast with their ground."""
    marks = plan.marks()
    problems = [
        Problem(f"{message} on {plan.name}", marks[name], hint)
        for name in plan.ids()
        for message, hint in (*_faults(name, pages), *_too_small(name, pages, plan))
    ]
    problems += [
        Problem(f"{message} on {plan.name}", mark, hint)
        for message, mark, hint in chain(
            _lost(promised, pages, plan), _unseen(pages, marks), _around(pages, plan)
        )
    ]
    problems += [
        Problem(f"{message} on {plan.name}", mark, hint)
        for message, mark, hint in _too_faint(pages, contrast, marks)
    ]
    if problems:
        raise Mistakes(dict.fromkeys(problems))


def prove_fonts(written: Written, plan: Plan) -> None:
    """Raises Mistakes when a font of the machine got into the file."""
    ours = {face.family for face in FACES}
    foreign = [
        families
        for families in written.families
        for family in families.split(",")
        if family not in ours and not family.startswith(f"{FAMILY}-")
    ]
    if foreign:
        message = f"{plan.name} holds fonts that are not ours: {', '.join(foreign)}"
        hint = f"styles may use {', '.join(sorted(ours))}"
        raise Mistakes([Problem(message, hint=hint)])


def _faults(name: str, pages: Pages) -> Iterator[tuple[str, str]]:
    kind, _, own = name.partition("-")
    parts = pages.places.get(name, ())
    if not parts:
        yield f'{kind} "{own}" does not stand', "its template must print an element with its id"
    elif len(parts) > 1 and not (name in pages.split and _in_order(parts)):
        yield f'{kind} "{own}" stands twice', "ids must be unique in a template"
    if name in pages.spilled:
        hint = "a word, table or picture is too wide: shorten it, or give the table fewer columns"
        yield f'{kind} "{own}" does not stay inside its column', hint


def _too_small(name: str, pages: Pages, plan: Plan) -> Iterator[tuple[str, str]]:
    kind, _, own = name.partition("-")
    size, floor = pages.smallest.get(name, plan.kind.floor), plan.kind.floor
    if size < floor - _ROUNDING:
        hint = f"set it larger in its style, or allow it: --floor {int(size * 10) / 10:g}"
        yield f'{kind} "{own}" holds words of {size:.1f} pt, less than {floor:g}', hint


def _lost(promised: Iterable[tuple[str, Promise]], pages: Pages, plan: Plan) -> Iterator[Fault]:
    """What facts, questions and headings do not say, or say twice."""
    for name, promise in promised:
        kind, _, own = name.partition("-")
        blocks = pages.seen.get(name, ())
        if not blocks:
            if name not in pages.places and kind not in ("fact", "question"):
                yield f'{kind} "{own}" does not stand', _mark(name, (), plan), _PRINT
            continue
        read = " ".join(block.sight.words for block in blocks)
        words = bare(read)
        for text in joined(promise.texts, read):
            told = f'in {kind} "{own}" the words "{shortened(text.written, 60)}" touch others'
            yield told, _mark(name, text.path, plan), "put a space between them in its template"
        for text in missing(promise.texts, words, len(blocks)):
            told = f'{kind} "{own}" lacks the words "{shortened(text.written, 60)}"'
            yield told, _mark(name, text.path, plan), _PRINT
        for text in repeated(promise.texts, words):
            told = f'{kind} "{own}" says "{shortened(text.written, 60)}" more than once'
            yield told, _mark(name, text.path, plan), _ONCE
        drawn = sum(block.sight.pictures for block in blocks)
        if drawn < promise.pictures:
            told = f'{kind} "{own}" shows {drawn} of {promise.pictures} pictures and formulas'
            yield told, _mark(name, (), plan), _PRINT
        if (rooms := sum(block.sight.rooms for block in blocks)) < promise.rooms:
            told = f'{kind} "{own}" has {rooms} of {promise.rooms} boxes or lines for a pen'
            yield told, _mark(name, (), plan), _PRINT
        links = {link.target for block in blocks for link in block.fragment.links}
        for address in promise.links:
            if address not in links:
                told = f'{kind} "{own}" has no link to {shortened(address, 60)}'
                yield told, _mark(name, ("source",), plan), _PRINT


def _unseen(pages: Pages, marks: Mapping[str, Mark]) -> Iterator[Fault]:
    """What stands on paper and cannot be seen."""
    for name, blocks in pages.seen.items():
        kind, _, own = name.partition("-")
        thing = f'{kind} "{own}": ' if own else ""
        for block in blocks:
            for fault in block.sight.faults:
                yield f"{thing}{fault}", marks.get(name), _STYLE
        if name in pages.spilled and name not in marks:
            yield f"{thing or name}words do not stay inside their column", None, _NARROWER


def _around(pages: Pages, plan: Plan) -> Iterator[Fault]:
    """What is wrong with the pages themselves, and between them and what stands on them."""
    yield from _astray(pages, plan)
    yield from _listed(pages, plan)
    yield from _untold(pages)
    for number, page in enumerate(pages.document.pages, 1):
        if (base := getattr(page, "base", None)) is None:
            continue
        sight, runs = look_at_page(base)
        for fault in sight.faults:
            yield f"page {number}: {fault}", None, _STYLE
        if number == 1:
            for text in _titles(plan):
                if bare(text) not in bare(sight.words):
                    told = f'the title lacks the words "{shortened(text, 60)}"'
                    yield told, None, "look at templates/title.html and the styles"
        if not any(told in f" {sight.words} " for told in _numbers(number, pages, plan)):
            yield f"page {number} does not say its number", None, "look at templates/frames.html"
        yield from _outside(runs, number, pages, plan)


def _numbers(number: int, pages: Pages, plan: Plan) -> Iterator[str]:
    """What a page may call itself; backs have the number of their front."""
    for page, total in ((number, pages.count), ((number + 1) // 2, pages.count // 2)):
        yield f" {page} " if plan.area.bound else f" {page} / {total} "


def _listed(pages: Pages, plan: Plan) -> Iterator[Fault]:
    """What the contents do not list."""
    if plan.kind.contents and not plan.form:
        words = bare(" ".join(block.sight.words for block in pages.seen.get("", ())))
        for text in missing(tuple(of_contents(plan, pages.first_pages)), words):
            told = f'the contents lack "{shortened(text.written, 60)}"'
            yield told, None, "look at templates/contents.html and the styles"


def _untold(pages: Pages) -> Iterator[Fault]:
    """Answers to gaps that stand neither on a back nor at a foot."""
    backs = bare(" ".join(block.sight.words for block in pages.seen.get("", ())))
    for number, told in enumerate(pages.answers, 1):
        here = backs
        if not pages.backs:
            here = bare(look_at_page(pages.document.pages[number - 1].base)[0].words)
        texts = [(f"{n} {text.striptags()}") for n, text in told]
        for lost in missing(tuple(Text(bare(it), it) for it in texts), here):
            yield f'the answers to page {number} lack "{shortened(lost.written, 60)}"', None, _PRINT


def _titles(plan: Plan) -> tuple[str, str]:
    return plan.exam.code, plain(plan.exam.title)


def _outside(runs: Sequence[Run], number: int, pages: Pages, plan: Plan) -> Iterator[Fault]:
    """Words of a page that stand at its edge or on a block, or are too small."""
    paper, floor = plan.area.paper, plan.kind.floor
    least = min(plan.area.white) - _AWAY
    here = [(it, name) for name, parts in pages.places.items() for it in parts if it.page == number]
    top_of_all = min((it.top for it, _ in here), default=0.0)
    low_of_all = max((it.bottom for it, _ in here), default=0.0)
    for run in runs:
        left, top, right, bottom = (side / PX for side in run.core)
        name, size = f'the words "{shortened(run.name.strip(), 40)}"', run.em * 72 / 96
        if min(left, top, paper.width - right, paper.height - bottom) < least:
            yield f"{name} stand at the edge of page {number}", None, _STYLE
        if size < floor - _ROUNDING and len(run.name.strip()) >= _WORD:
            told = f"{name} on page {number} have {size:.1f} pt, less than {floor:g}"
            yield told, None, "set them larger in their style"
        if bottom < top_of_all or top > low_of_all:  # a head or a foot
            continue
        for it, other in here:
            across = min(right, it.right) - max(left, it.left)
            if across > _AWAY and min(bottom, it.bottom) - max(top, it.top) > _AWAY:
                yield f'{name} stand on "{other}" on page {number}', None, _STYLE


def _astray(pages: Pages, plan: Plan) -> Iterator[Fault]:
    """Blocks that leave the page or stand on each other."""
    area = plan.area
    columns: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for name, parts in pages.places.items():
        for it in parts:
            columns.setdefault((it.page, it.column), []).append((it.top, it.bottom, name))
            beside = min(it.left, area.paper.width - it.right)
            if beside < 0 or it.top < 0 or it.bottom > area.paper.height - area.margin[2] + _AWAY:
                yield f'"{name}" leaves page {it.page}', plan.marks().get(name), _NARROWER
    for (page, _), placed in columns.items():
        for (_, low, one), (top, _, other) in pairwise(sorted(placed)):
            if top < low - _AWAY:
                told = f'"{one}" and "{other}" stand on each other on page {page}'
                yield told, plan.marks().get(one), _NARROWER


def _mark(name: str, path: tuple[str | int, ...], plan: Plan) -> Mark | None:
    """Where a text was written."""
    entry = plan.entries.get(name.removeprefix("fact-")) if name.startswith("fact-") else None
    if entry:
        return entry.node.place(path)
    topics = ((section, topic) for section in plan.sections for topic in section.topics)
    for section, topic in topics if name.startswith("topic-") else ():
        if section.topic_id(topic) == name:
            return topic.node.place(path)
    return plan.marks().get(name.replace("case-", "question-", 1))


def _too_faint(pages: Pages, least: float, marks: Mapping[str, Mark]) -> Iterator[Fault]:
    names: dict[tuple[str, str], str] = {}
    for name, pairs in pages.inks.items():
        for pair in pairs:
            names.setdefault(pair, name)
    for colour, ground in sorted(names):
        if (found := contrast_of(colour, ground)) < least:
            faint = f"words in {colour} stand on {ground}: their contrast is {found:.1f}"
            hint = "choose a darker colour in the look or the ink"
            yield f"{faint}, less than {least:g}", marks.get(names[colour, ground]), hint


def _in_order(parts: tuple[Place, ...]) -> bool:
    """Whether parts follow each other down a column and into the next."""
    ends = [
        ((it.page, it.column, it.top + _TOUCHING), (it.page, it.column, it.bottom)) for it in parts
    ]
    return all(one[1] <= two[0] for one, two in pairwise(ends))
