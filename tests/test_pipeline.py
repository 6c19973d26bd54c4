"""From the files of a pack to finished documents."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cramsheet.line import Line
from cramsheet.pipeline import build
from cramsheet.plan.job import Job
from cramsheet.plan.kinds import USUAL
from cramsheet.plan.plan import Order
from cramsheet.problems import MachineFault, Mistakes, Problem
from cramsheet.shelf import exams, load_all
from tests.making import EXAM, SHOP, own_shop, pack_of, printed
from tests.paper import read

FACTS = "domain: demo\ntopics:\n  - topic: Topic\n    facts: [A fact]\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "demo"
    folder.mkdir(parents=True)
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "1.yaml").write_text(FACTS)
    return tmp_path / "content"


def said(content: Path) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        load_all(content, exams(content), content.parent)
    return [f"{it.mark}: {it.message}" for it in caught.value.problems]


def test_a_document_has_so_many_pages() -> None:
    """Those of one column that a heading and some facts take."""
    pack = pack_of("\n".join(f"- {{fact: Number {n}, id: n{n}}}" for n in range(400)))
    small = replace(pack, caps=pack.caps.allowing([("pages", 1)]))
    with pytest.raises(Mistakes) as caught:
        build([(small, Order("notes"))], SHOP, lambda _: None)
    (problem,) = caught.value.problems
    assert re.fullmatch(r"demo-notes-a4 has \d+ pages; 1 is the most", problem.message)
    assert re.search(r"--allow pages=\d+$", problem.hint)


# What is read.


def test_packs_are_folders_without_a_dot(content: Path) -> None:
    for name in (".schema", "_drafts"):
        (content / name).mkdir()
    (content / "note.txt").write_text("x")
    assert exams(content) == ["demo"]


def test_places_are_named_as_the_person_would_name_them(content: Path, tmp_path: Path) -> None:
    (content / "demo" / "1.yaml").write_text(FACTS.replace("domain: demo", "domain: dmo"))
    (line,) = said(content)
    assert line.startswith("content/demo/1.yaml:1:9: ")
    with pytest.raises(Mistakes) as caught:
        load_all(content, ["demo"], tmp_path / "elsewhere")
    assert str(caught.value).startswith(str(content / "demo" / "1.yaml"))


def test_files_that_would_not_be_read_are_mistakes(content: Path) -> None:
    for name in ("2.yml", "questions/1.yml"):
        (content / "demo" / name).parent.mkdir(exist_ok=True)
        (content / "demo" / name).write_text(FACTS)
    assert said(content) == [
        "content/demo/2.yml:1:1: the file would not be read",
        "content/demo/questions/1.yml:1:1: the file would not be read",
    ]


def test_a_folder_that_cannot_name_a_pack(content: Path) -> None:
    (content / "demo").rename(content / "My Exam")
    assert said(content) == ['content/My Exam:1:1: "My Exam" cannot name a pack']


@pytest.mark.parametrize("name", ["2.yaml", "figures/x.png", "questions/1.yaml"])
def test_a_pack_reads_only_its_own_files(name: str, content: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(FACTS)
    (content / "demo" / name).parent.mkdir(exist_ok=True)
    (content / "demo" / name).symlink_to(secret)
    assert said(content) == [
        f"content/demo/{name}:1:1: a link, and only what is in the folder itself is read"
    ]


def test_a_folder_in_place_of_a_file(content: Path) -> None:
    (content / "demo" / "2.yaml").mkdir()
    assert said(content) == ["content/demo/2.yaml:1:1: a folder stands where a file should"]


@pytest.mark.parametrize(
    ("name", "size", "limit"), [("2.yaml", (1 << 20) + 1, 1), ("figures/x.png", (20 << 20) + 1, 20)]
)
def test_files_too_large_are_not_even_opened(
    name: str, size: int, limit: int, content: Path
) -> None:
    path = content / "demo" / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as handle:
        handle.truncate(size)
    assert said(content) == [
        f"content/demo/{name}:1:1: the file has {limit}.1 MiB; {limit} MiB is the most"
    ]


# What is ordered.

ASKED = "- claim: X\n  is: true\n  why: x"


def test_a_job_orders_each_kind_on_each_paper_of_each_pack() -> None:
    one, two = pack_of(questions=ASKED), replace(pack_of(), name="other")
    orders = Job(papers=("a4", "a5")).orders([one, two])
    assert [(pack is one, it.kind, it.paper) for pack, it in orders] == [
        *((True, kind, paper) for paper in ("a4", "a5") for kind in USUAL),
        *((False, kind, paper) for paper in ("a4", "a5") for kind in ("sheet", "notes")),
    ]


def test_one_paper_under_two_names_is_printed_once() -> None:
    orders = Job(("sheet", "notes"), ("a5", "a5-landscape")).orders([pack_of()])
    assert [(it.kind, it.paper) for _, it in orders] == [
        ("sheet", "a5"), ("notes", "a5"), ("notes", "a5-landscape"),
    ]  # fmt: skip


def test_a_screen_has_no_paper() -> None:
    orders = Job(("sheet",), ("a4", "a5"), ("pdf", "html")).orders([pack_of()])
    assert [(it.format, it.paper) for _, it in orders] == [
        ("pdf", "a4"), ("pdf", "a5"), ("html", ""),
    ]  # fmt: skip


def test_kinds_are_made_in_the_order_of_the_table() -> None:
    """Notes before the key, which names their pages."""
    orders = Job(("key", "notes")).orders([pack_of(questions=ASKED)])
    assert [it.kind for _, it in orders] == ["notes", "key"]


# What is made.


def test_the_key_names_the_pages_of_the_notes_with_and_without_them() -> None:
    facts = "\n".join(f"- Filler number {n} with a few words" for n in range(80))
    pack = pack_of(f"{facts}\n- {{fact: Far away, id: far}}", f"{ASKED}\n  teaches: [far]")
    (alone,) = build([(pack, Order("key"))], SHOP, lambda _: None)
    notes, after = build([(pack, Order("notes")), (pack, Order("key"))], SHOP, lambda _: None)
    assert alone.data == after.data
    (page,) = read(notes.data).pages_of("Far away")
    assert page > 2
    assert read(alone.data).pages_of(f"Far away, notes p. {page}") == [1]


def test_each_document_is_told_of_when_it_is_done() -> None:
    told: list[str] = []
    orders = [(pack_of(), Order("sheet")), (pack_of(), Order("sheet", "a5"))]
    made = build(orders, SHOP, told.append)
    assert told == [it.name for it in made] == ["demo-sheet-a4.pdf", "demo-sheet-a5.pdf"]
    assert [(it.pages, it.things, it.exam) for it in made] == [(1, 1, "demo")] * 2


def test_the_mistakes_of_all_documents_are_told_once_each(tmp_path: Path) -> None:
    base = SHOP.style("base").text + "p { colour: red }"
    shop = own_shop(tmp_path, {"styles/base.css": base})
    with pytest.raises(Mistakes) as caught:
        build([(pack_of(), Order(kind)) for kind in ("sheet", "notes")], shop, lambda _: None)
    assert len(caught.value.problems) == 1


def test_a_fault_of_the_machine_stops_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def fails(line: Line, pack: object, order: Order) -> None:
        tried.append(order.kind)
        raise MachineFault([Problem("no disk")])

    monkeypatch.setattr(Line, "_pdf", fails)
    with pytest.raises(MachineFault):
        build([(pack_of(), Order(kind)) for kind in ("sheet", "notes")], SHOP, lambda _: None)
    assert tried == ["sheet"]


def test_html_needs_no_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "cramsheet.press.engine", None)
    (it,) = build([(pack_of(), Order("sheet", format="html"))], SHOP, lambda _: None)
    assert it.name == "demo-sheet.html"
    assert b"A bare fact" in it.data


def test_html_that_loses_a_fact_is_found_out(tmp_path: Path) -> None:
    built_in = (SHOP.templates()[0] / "facts.html").read_text("utf-8")
    loop = "{% for entry in topic.entries %}"
    text = built_in.replace(loop, loop.replace(" %}", "[1:] %}"))
    shop = own_shop(tmp_path, {"templates/facts.html": text})
    with pytest.raises(Mistakes, match=r'1\.yaml:5:9: error: "fact-a-bare-fact" does not stand'):
        build([(pack_of(), Order("sheet", format="html"))], shop, lambda _: None)


def test_documents_of_one_order_are_the_same_again() -> None:
    pack = pack_of("- formula: F\n  tex: x^2\n  say: x squared\n- code: C\n  lines: x = 1")
    orders = [(pack, Order("sheet")), (pack, Order("notes"))]
    once, again = (build(orders, SHOP, lambda _: None) for _ in range(2))
    assert [it.data for it in once] == [it.data for it in again]


def test_facts_of_any_alphabet_that_our_fonts_have_are_printed() -> None:
    words = ["Ελληνικά", "Кириллица", "Łódź", "naïve", "Ångström", "α≤β", "x₁²"]
    it = printed(pack_of("\n".join(f"- {word}" for word in words)))
    for word in words:
        assert it.find(word)
