"""Editions at the desk: the old one that a build goes by, the record that it leaves, and codes."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.problems import Exit, Mistakes, mistake

if TYPE_CHECKING:
    from cramsheet.edition.record import Edition
    from cramsheet.edition.reprint import Reprint
    from cramsheet.edition.since import Since
    from cramsheet.pack.pack import Pack
    from cramsheet.page.shop import Shop
    from cramsheet.plan.plan import Order
    from cramsheet.press.engine import Engine
    from cramsheet.printed import Printed

_RECORD = "edition.json"
_NONE = "there is no edition record"
_PRINT = "print the documents first, or name their folder with --output"


def add_since(it: argparse.ArgumentParser) -> None:
    about = "an old edition: change bars, a list of changes, and the pages to print again"
    it.add_argument("--since", metavar="OLD", default="", help=about)


def since_of(args: argparse.Namespace, packs: "Sequence[Pack]") -> "dict[str, Since]":
    """The old editions that were asked for, by pack; raises Mistakes."""
    old = old_of(args)
    found = since_among(old, packs)
    if old and not found:
        message = f"{args.since} holds no exam that is printed"
        raise mistake(message, hint=f"it has {', '.join(old)}")
    return found


def old_of(args: argparse.Namespace) -> "dict[str, Edition]":
    """What `--since` names, by exam; empty where it names nothing. Raises Mistakes."""
    if not getattr(args, "since", ""):
        return {}
    from cramsheet.desk.revisions import editions

    if "pdf" not in (args.format or "pdf"):
        raise mistake("--since marks PDFs, and none was ordered", hint="add pdf to --format")
    return editions(args.since, args)


def since_among(old: "Mapping[str, Edition]", packs: "Iterable[Pack]") -> "dict[str, Since]":
    if not old:
        return {}
    from cramsheet.edition.since import Since
    from cramsheet.pack.content import content_of

    return {it.name: Since(old[it.name], content_of(it)) for it in packs if it.name in old}


def names_of(orders: "Sequence[tuple[Pack, Order]]", args: argparse.Namespace) -> Iterator[str]:
    """Of the files beside the documents, by path below the output folder."""
    for pack, order in orders:
        if order.format == "pdf":
            yield f"{pack.name}/{_RECORD}"
        if getattr(args, "since", "") and order.format == "pdf":
            yield from _paths(pack, order)


def _paths(pack: "Pack", order: "Order") -> tuple[str, str]:
    """Of the pages to print again, and of the change sheet."""
    from cramsheet.plan.plan import paper_of

    paper = paper_of(pack, order).name
    return _named(pack.name, "reprint", paper), _named(pack.name, "changes", paper)


def _named(exam: str, what: str, paper: str) -> str:
    return f"{exam}/{exam}-{what}-{paper}.pdf"


def records(
    packs: "Mapping[str, Pack]", printed: "Sequence[Printed]", output: Path
) -> dict[str, bytes]:
    """The record beside the documents of each exam, by its path below the output folder."""
    from cramsheet.edition.record import NAME
    from cramsheet.edition.recording import together
    from cramsheet.pack.content import content_of

    found: dict[str, bytes] = {}
    for name, pack in packs.items():
        documents = {it.stem: it.document for it in printed if it.exam == name and it.document}
        if documents:
            before = _before(output / name / NAME)
            there = _there(output / name, before.documents if before else ())
            whole = together(before, content_of(pack), documents, there)
            found[f"{name}/{NAME}"] = whole.to_json().encode()
    return found


def _there(folder: Path, names: Iterable[str]) -> list[str]:
    """Which documents lie in a folder, or copies of them for a group."""
    copies = folder / "copies"
    return [
        name
        for name in names
        if (folder / f"{name}.pdf").is_file() or any(copies.glob(f"{name}-*.pdf"))
    ]


def _before(path: Path) -> "Edition | None":
    """None where there is none, or a damaged one: it is only a memory."""
    from cramsheet.edition.record import record_from

    try:
        return record_from(path.read_text("utf-8"))
    except (OSError, ValueError, Mistakes):
        return None


def again(
    since: "Mapping[str, Since]", printed: "Sequence[Printed]", one_sided: bool
) -> "tuple[list[Reprint], dict[str, bytes | None]]":
    """Which pages have to be printed again, and files with them, one for each exam and paper; None
    where there are none, so that no list of before lies about."""
    from cramsheet.edition.reprint import pages_of, reprint

    told: list[Reprint] = []
    groups: dict[tuple[str, str], list[tuple[Reprint, Printed]]] = {}
    for it in printed:
        if it.document and it.exam in since and since[it.exam].old.documents:
            found = reprint(it.stem, since[it.exam].document(it.stem), it.document, one_sided)
            told.append(found)
            paper = it.document.order["paper"]
            groups.setdefault((it.exam, paper), []).append((found, it))
    files = {
        _named(exam, "reprint", paper): pages_of(_each_persons(lot, one_sided))
        for (exam, paper), lot in groups.items()
    }
    return told, {path: data or None for path, data in files.items()}


def _each_persons(
    lot: "Sequence[tuple[Reprint, Printed]]", one_sided: bool
) -> "Iterator[tuple[Reprint, bytes, int]]":
    """Documents, or each person's copies of them, one person after another: the file that holds
    them, and how many pages stand before them there."""
    files = [(found, it.together) for found, it in lot]  # held, for they are known by themselves
    for person in range(max(it.people for _, it in lot)):
        for found, data in files:
            leaves = found.total if one_sided else found.total + found.total % 2
            yield found, data, person * leaves


def leaflets(
    since: "Mapping[str, Since]",
    orders: "Sequence[tuple[Pack, Order]]",
    shop: "Shop",
    engine: "Engine",
) -> "dict[str, bytes | None]":
    """A list of what has changed for each exam and paper; None where nothing has."""
    from cramsheet.edition.leaflet import MARGINS, NAME, Leaflet
    from cramsheet.edition.leaflets import print_leaflet
    from cramsheet.page.dressing import Handout
    from cramsheet.plan.plan import paper_of

    wanted = {
        (pack.name, paper_of(pack, order).name): (pack, order)
        for pack, order in reversed(orders)
        if pack.name in since and order.format == "pdf"
    }
    found: dict[str, bytes | None] = {}
    for (exam, paper), (pack, order) in wanted.items():
        path, size = _named(exam, "changes", paper), paper_of(pack, order)
        handout = Handout(NAME, pack, shop, size, MARGINS, order.look.name, order.ink)
        it = Leaflet(since[exam], handout)
        name = path.rpartition("/")[2]
        found[path] = print_leaflet(it, name, engine) if it.changes else None
    return found


def add_current(it: argparse.ArgumentParser) -> None:
    it.add_argument("codes", nargs="+", metavar="CODE", help="as at the foot of a page: Q7JJW")
    folder = "where the newest documents are (default: output/ of the project)"
    it.add_argument("--output", type=Path, metavar="FOLDER", help=folder)


def current(args: argparse.Namespace) -> Exit:
    """Whether printed pages are still good; 1 when one of them is not."""
    from cramsheet.edition.finding import editions_in

    output = args.output or args.project.resolve() / "output"
    known = editions_in(output) if output.is_dir() else {}
    if not known:
        raise mistake(f"{_NONE} in {output}", hint=_PRINT)
    verdicts = [_verdict(_typed(code), known) for code in args.codes]
    for _, words in verdicts:
        print(words)
    return Exit.DONE if all(good for good, _ in verdicts) else Exit.FOUND


def _typed(code: str) -> str:
    """As people read it: O for 0, I and L for 1."""
    return code.strip().upper().translate(str.maketrans("OIL", "011"))


def _verdict(code: str, known: "Mapping[str, Edition]") -> tuple[bool, str]:
    for edition in known.values():
        for name, it in edition.documents.items():
            for number, stamp in enumerate(it.pages, 1):
                if stamp.code == code:
                    return True, f"{code}: good, page {number} of {name}"
    for edition in known.values():
        if old := edition.earlier.get(code):
            now = edition.documents.get(old.document)
            page = f"page {old.page} of {old.document}"
            told = f"{code}: old, {page} in the edition of {old.edition}"
            if now and old.page <= len(now.pages):
                return False, f"{told}; print it again, now {now.pages[old.page - 1].code}"
            return False, f"{told}; there is no such page any more"
    return False, f"{code}: not known; no page printed into this folder has this code"
