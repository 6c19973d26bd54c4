"""Packs from a few lines of YAML, and their documents as a reader would hold them."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent
from typing import TYPE_CHECKING

from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import Source
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.pipeline import build
from cramsheet.plan.keeping import Kept
from cramsheet.plan.plan import Order, Plan, make_plan
from cramsheet.printed import Printed
from cramsheet.problems import Problem
from tests.paper import Paper, read

if TYPE_CHECKING:
    from cramsheet.press.engine import Engine
    from cramsheet.press.press import Made, Pages

ROOT = Path(__file__).resolve().parents[1]
PACKS = ROOT / "tests" / "packs"
SHOP = Shop.open(ROOT)

EXAM = """\
code: DEMO-1
title: The demo exam
blueprint: {domains: [{id: demo, title: Demo domain, weight: 100}]}
"""
FACT = "- A bare fact"


def pack_of(
    facts: str = FACT,
    questions: str = "",
    exam: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> Pack:
    """A pack with one domain.

    `facts` is a list of facts, or of topics; `exam` adds lines to the exam file above.
    """
    topics = dedent(facts).strip("\n")
    if not topics.startswith("- topic:"):
        topics = "- topic: Topic\n  facts:\n" + indent(topics, "    ")
    files = {
        "exam.yaml": EXAM + dedent(exam),
        "1.yaml": "domain: demo\ntopics:\n" + indent(topics, "  "),
    }
    if questions:
        text = indent(dedent(questions).strip("\n"), "  ")
        files["questions/1.yaml"] = f"domain: demo\nquestions:\n{text}\n"
    return pack_from(files, pictures)


def numbered(count: int, words: str = "") -> str:
    """So many facts that begin with Number0, Number1, ..."""
    return "\n".join(f"- fact: Number{n} {words}\n  id: n{n}" for n in range(count))


def pack_of_domains(count: int, exam: str = "") -> Pack:
    """A fact and a question in each of so many domains, of equal weight."""
    rows = "".join(
        f"    - {{id: d{n}, title: Domain number {n}, weight: {100 / count:.4f}}}\n"
        for n in range(1, count + 1)
    )
    files = {"exam.yaml": f"code: DEMO-1\ntitle: Demo\n{exam}blueprint:\n  domains:\n{rows}"}
    for n in range(1, count + 1):
        files[f"{n:02}.yaml"] = f"domain: d{n}\ntopics: [{{topic: T{n}, facts: [Fact {n}]}}]\n"
        claim = f"{{claim: Claim {n}, is: true, why: it is}}"
        files[f"questions/{n:02}.yaml"] = f"domain: d{n}\nquestions: [{claim}]\n"
    return pack_from(files)


def pack_from(files: Mapping[str, str], pictures: Mapping[str, bytes] | None = None) -> Pack:
    """A pack from whole files by their path inside it."""
    sources = {name: Source(name, text.encode()) for name, text in files.items()}
    exam = sources.pop("exam.yaml")
    asked = tuple(sources.pop(name) for name in list(sources) if name.startswith("questions/"))
    return read_pack(Folder("demo", exam, tuple(sources.values()), asked, pictures or {}))


def writer(pack: Pack, kind: str = "sheet", paper: str = "", shop: Shop = SHOP) -> Writer:
    return Writer(make_plan(pack, Order(kind, paper)), shop)


def flow(pack: Pack, kind: str = "sheet", shop: Shop = SHOP) -> str:
    """The HTML that goes into the columns; cheap, for nothing is laid out."""
    return writer(pack, kind, shop=shop).flow({}, 100.0).text


def laid(
    engine: "Engine", pack: Pack, kind: str = "sheet", paper: str = "", shop: Shop = SHOP
) -> "tuple[Pages, Plan]":
    """Laid out but neither proofread nor written."""
    made = made_of(engine, pack, Order(kind, paper), shop)
    return made.pages, made.plan


def made_of(
    engine: "Engine", pack: Pack, order: Order, shop: Shop = SHOP, kept: Kept | None = None
) -> "Made":
    """Laid out as an order says, with what is told of the fit."""
    from cramsheet.press import press  # imports WeasyPrint, which the engine has made ready

    wish = press.Wish(order.pages, kept, tells=order.tells, plain=order.plain)
    return press.lay_out(Writer(make_plan(pack, order), shop), engine, wish)


def finished(pack: Pack, kind: str = "sheet", paper: str = "", shop: Shop = SHOP) -> Printed:
    """Through the whole line, proofread."""
    (printed,) = build([(pack, Order(kind, paper))], shop, lambda _: None)
    return printed


def printed(pack: Pack, kind: str = "sheet", paper: str = "", shop: Shop = SHOP) -> Paper:
    return read(finished(pack, kind, paper, shop).data)


def own_shop(folder: Path, files: Mapping[str, str]) -> Shop:
    """The built-in templates and styles behind files of one's own in a project folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Shop.open(folder)


def place(problem: Problem) -> str:
    """Where it points: "1.yaml:5:7"; the last part of the path is enough."""
    mark = problem.mark
    return f"{Path(mark.path).name}:{mark.line}:{mark.column}" if mark else ""
