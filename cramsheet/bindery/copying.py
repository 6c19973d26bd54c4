"""One finished document, or the forms of a mock exam -> a copy for each person of a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cramsheet.bindery.gathering import Bundle, gathered
from cramsheet.bindery.stamping import Stamps, stamped
from cramsheet.page.naming import Naming
from cramsheet.page.shop import Shop
from cramsheet.page.sight import contrast as contrast_of
from cramsheet.page.writing import Writer
from cramsheet.plan.copies import ALL, copies
from cramsheet.plan.names import Person
from cramsheet.press.engine import Engine
from cramsheet.press.press import Pages
from cramsheet.press.weasy import WHITE
from cramsheet.problems import mistake

FOLDER = "copies"


@dataclass(frozen=True)
class Group:
    """Who gets copies, and how; `both_sides` is how the file for the copy shop will be printed."""

    people: tuple[Person, ...]
    watermark: bool = False
    both_sides: bool = True


@dataclass(frozen=True)
class Original:
    """A finished document: the name of its file without ".pdf", its bytes, how names are written
    on it, and which of the places each page takes."""

    name: str
    data: bytes
    naming: Naming
    places: tuple[int, ...]


def copied(
    originals: Mapping[str, Original], together: str, group: Group, shop: Shop, engine: Engine
) -> dict[str, tuple[bytes, ...]]:
    """The files by path, one for each person, and of several people one more with all copies,
    whose name begins with `together`. The originals go by forms, which take turns: A, B, C, or ""
    alone. A file comes in parts, for many begin alike: 1,000 copies of a sheet are 700 MB.

    The same names give the same bytes. Raises Mistakes for letters that no font has.
    """
    made = copies(group.people, list(originals))
    files: dict[str, tuple[bytes, ...]] = {}
    bundles: dict[int, Bundle] = {}
    for form, original in originals.items():
        own = [index for index, copy in enumerate(made) if copy.form == form]
        if not own:
            continue
        stamps = _stamps(original, [made[index].person for index in own], shop, engine)
        finished = stamped(original.data, stamps, original.places)
        for number, (index, parts) in enumerate(zip(own, finished, strict=True)):
            files[f"{FOLDER}/{original.name}-{made[index].file}.pdf"] = parts
            title = " · ".join(filter(None, (made[index].person.name, form)))
            bundles[index] = Bundle(title, original.data, stamps, number, original.places)
    if len(made) > 1:
        in_order = [bundles[index] for index in range(len(made))]
        files[f"{FOLDER}/{together}-{ALL}.pdf"] = (gathered(in_order, group.both_sides),)
    return files


def _stamps(original: Original, people: Sequence[Person], shop: Shop, engine: Engine) -> Stamps:
    laid = engine.lay(original.naming.html(people, shop))
    return Stamps(engine.write(laid).data, len(original.naming.places))


def copies_of(
    writer: Writer, pages: Pages, data: bytes, group: Group, engine: Engine
) -> dict[str, tuple[bytes, ...]]:
    """Of a document whose words stand on blocks and frames."""
    naming, places = Naming.of(writer, pages.count, group.watermark)
    prove_watermark(naming, writer.shop, pages.inks, writer.palette().contrast)
    original = Original(writer.plan.name, data, naming, places)
    return copied({"": original}, original.name, group, writer.shop, engine)


def prove_watermark(
    naming: Naming, shop: Shop, inks: Mapping[str, set[tuple[str, str]]], least: float
) -> None:
    """Raises Mistakes when words on white have less contrast with a watermark behind them."""
    if not naming.watermark:
        return
    mark = naming.mark(shop)
    on_white = {ink for both in inks.values() for ink, ground in both if ground == WHITE}
    worst = min((contrast_of(ink, mark) for ink in on_white), default=least)
    if worst < least:
        message = (
            f"words stand on the watermark with a contrast of {worst:.1f}, less than {least:g}"
        )
        raise mistake(message, hint="choose a lighter --watermark in the ink or the look")
