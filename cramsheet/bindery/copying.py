"""One finished document, or the forms of a mock exam -> a copy for each person of a group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cramsheet.bindery.gathering import Bundle, gathered
from cramsheet.bindery.stamping import Stamps, stamped
from cramsheet.page.naming import Naming
from cramsheet.page.promised import bare
from cramsheet.page.shop import Shop
from cramsheet.page.sight import contrast as contrast_of
from cramsheet.page.writing import Writer
from cramsheet.plan.copies import ALL, FOLDER, copies
from cramsheet.plan.names import Person
from cramsheet.press.engine import Engine
from cramsheet.problems import Mistakes, Problem, mistake, shortened


@dataclass(frozen=True)
class Group:
    """Who gets copies, and how; `both_sides` is how the file for the copy shop will be printed."""

    people: tuple[Person, ...]
    watermark: bool = False
    both_sides: bool = True


@dataclass(frozen=True)
class Original:
    """A finished document: its exam and the name of its file without ".pdf", its bytes, how names
    are written on it and which of the places each page takes. Forms of a mock exam have a letter
    each, and a name in common."""

    exam: str
    name: str
    data: bytes
    naming: Naming
    places: tuple[int, ...]
    form: str = ""
    common: str = ""


Files = dict[str, tuple[bytes, ...]]


def copies_of(
    originals: Sequence[Original], group: Group, shop: Shop, engine: Engine
) -> dict[tuple[str, str], Files]:
    """By exam and name of each document its copies by path, in parts, for they begin alike: 1,000
    copies of a sheet are 700 MB. Forms of a mock exam take turns in the order they come in.

    Of several people there is one more, with all copies, among those of the first form. The same
    names give the same bytes. Raises Mistakes for letters that no font has.
    """
    files: dict[tuple[str, str], Files] = {}
    for common, of_all in groupby(sorted(originals, key=_common), key=_common):
        forms = {it.form: it for it in of_all}
        made = copied(forms, common[1], group, shop, engine)
        files |= {(it.exam, it.name): made[form] for form, it in forms.items()}
    return files


def _common(it: Original) -> tuple[str, str]:
    return it.exam, it.common or it.name


def copied(
    forms: Mapping[str, Original], together: str, group: Group, shop: Shop, engine: Engine
) -> dict[str, Files]:
    """By form, A, B, C or "" alone, a file for each person; `together` begins the name of the one
    that holds all."""
    made = copies(group.people, list(forms))
    files: dict[str, Files] = {form: {} for form in forms}
    bundles: dict[int, Bundle] = {}
    for form, original in forms.items():
        own = [index for index, copy in enumerate(made) if copy.form == form]
        if not own:
            continue
        stamps = _stamps(original, [made[index].person for index in own], shop, engine)
        finished = stamped(original.data, stamps, original.places)
        for number, (index, parts) in enumerate(zip(own, finished, strict=True)):
            files[form][f"{FOLDER}/{original.name}-{made[index].file}.pdf"] = parts
            title = " · ".join(filter(None, (made[index].person.name, form)))
            bundles[index] = Bundle(title, original.data, stamps, number, original.places)
    if len(made) > 1:
        in_order = [bundles[index] for index in range(len(made))]
        first = files[next(iter(forms))]
        first[f"{FOLDER}/{together}-{ALL}.pdf"] = (gathered(in_order, group.both_sides),)
    return files


def _stamps(original: Original, people: Sequence[Person], shop: Shop, engine: Engine) -> Stamps:
    laid = engine.lay(original.naming.html(people, shop))
    prove_names(laid, people, len(original.naming.places))
    return Stamps(engine.write(laid).data, len(original.naming.places))


def prove_names(laid: Any, people: Sequence[Person], places: int) -> None:
    """Raises Mistakes where a stamp does not show the name that it is for. One too long for its
    place ends with three dots."""
    from cramsheet.press.seeing import look_at_page

    lost = dict[str, Problem]()
    for index, page in enumerate(laid.pages):
        person = people[index // places]
        sight, _ = look_at_page(page)
        begin, dots, _ = bare(sight.words).partition("…")
        whole, hidden = bare(person.name), any("hidden" in fault for fault in sight.faults)
        if hidden or not (whole.startswith(begin) if dots else whole in begin):
            told = f'the stamp for "{shortened(person.name, 40)}" does not show the name'
            lost[person.name] = Problem(told, person.mark, "look at templates/names.html")
    if lost or len(laid.pages) != len(people) * places:
        count = f"there are {len(laid.pages)} stamps, not {len(people) * places}"
        raise Mistakes(lost.values() or [Problem(count, hint="look at templates/names.html")])


def original_of(
    writer: Writer,
    pages: int,
    inks: Iterable[tuple[str, str]],
    data: bytes,
    watermark: bool,
) -> Original:
    """Of a document of so many pages; `inks` are colours of words and of what they stand on."""
    naming, places = Naming.of(writer, pages, watermark)
    prove_watermark(naming, writer.shop, inks, writer.palette().contrast)
    plan = writer.plan
    form = plan.form.letter if plan.form else ""
    return Original(plan.pack, plan.name, data, naming, places, form, plan.common_name)


def prove_watermark(
    naming: Naming, shop: Shop, inks: Iterable[tuple[str, str]], least: float
) -> None:
    """Raises Mistakes when words on white have less contrast with a watermark behind them."""
    if not naming.watermark:
        return
    mark = naming.mark(shop)
    from cramsheet.press.boxes import WHITE  # imports WeasyPrint, which the engine has made ready

    on_white = {ink for ink, ground in inks if ground == WHITE}
    worst = min((contrast_of(ink, mark) for ink in on_white), default=least)
    if worst < least:
        message = (
            f"words stand on the watermark with a contrast of {worst:.1f}, less than {least:g}"
        )
        raise mistake(message, hint="choose a lighter --watermark in the ink or the look")
