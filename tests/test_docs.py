"""What the documents tell people to type and to write works as it stands there."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from cramsheet.desk import begin, cli
from cramsheet.pack import facts, questions
from cramsheet.pack.pack import Pack
from tests.making import EXAM, PACKS, ROOT, own_shop, pack_from

DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
COMMANDS = ("$ python3 build.py", "$ cramsheet")
# What builds an environment, or runs the tests that are running now.
ELSEWHERE = {"python3 build.py", "python3 build.py test", 'python3 build.py test -m "not slow"'}


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and where it stands."""

    place: str
    language: str
    text: str


def blocks() -> Iterator[Block]:
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        for found in re.finditer(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            line = text.count("\n", 0, found.start()) + 1
            yield Block(f"{path.relative_to(ROOT)}:{line}", found[1], found[2])


BLOCKS = list(blocks())
CONSOLE = [it for it in BLOCKS if it.language in ("console", "sh")]
YAML = [it for it in BLOCKS if it.language == "yaml"]


def commands(block: Block) -> list[str]:
    return [
        line[2:].partition("  #")[0].strip()
        for line in block.text.splitlines()
        if line.startswith(COMMANDS)
    ]


def test_there_are_documents_commands_and_examples() -> None:
    names = {path.name for path in DOCUMENTS}
    assert {"README.md", "CONTRIBUTING.md", "authors.md", "architecture.md"} <= names
    assert len([line for block in CONSOLE for line in commands(block)]) >= 8
    assert len(YAML) >= 4


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_other_blocks_are_not_hidden_from_these_tests(path: Path) -> None:
    for block in BLOCKS:
        if block.place.startswith(str(path.relative_to(ROOT))) and block not in CONSOLE:
            assert not commands(block), f"{block.place}: fence it as ```console"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where commands are tried: content that prints quickly goes by the name of ours."""
    for path in (ROOT / "content").iterdir():
        if path.is_dir() and path.name[0] != ".":
            copy = tmp_path / "content" / path.name
            shutil.copytree(PACKS / "fahrschule", copy)
            exam = (copy / "exam.yaml").read_text("utf-8")  # its few questions are to make 3 forms
            (copy / "exam.yaml").write_text(exam.replace("questions: 30", "questions: 1"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("block", CONSOLE, ids=lambda block: block.place)
def test_commands_do_what_they_should(
    block: Block, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in commands(block):
        if line in ELSEWHERE:
            continue
        program, *words = shlex.split(line.removeprefix("python3 "))
        if program == "build.py":
            words = begin.program(project, words)[2:]  # without -m cramsheet
        assert cli.main(words) == 0, f"{block.place}: {line}: {capsys.readouterr().err}"
    assert commands(block), f"{block.place}: no line begins with one of {COMMANDS}"


def as_pack(text: str) -> Pack:
    """A block as the file that its first key makes it, in a pack with all that it names."""
    domain = re.search(r"^domain: (\S+)", text, re.MULTILINE)
    own = domain[1] if domain else "demo"
    tasks = set(re.findall(r'^ +task: ("[^"]+")', text, re.MULTILINE))
    listed = ", ".join(f"{task}: x" for task in sorted(tasks))
    exam = EXAM.replace("id: demo", f"id: {own}, tasks: {{{listed}}}")
    names = re.findall(r"^ +teaches: \[(.*)\]", text, re.MULTILINE)
    taught = [name.strip() for line in names for name in line.split(",")]
    plain = "".join(f"      - {{fact: X {name}, id: {name}}}\n" for name in ("spare", *taught))
    files = {"exam.yaml": exam}
    spare = f"domain: {own}\ntopics:\n  - topic: T\n    facts:\n{plain}"
    if text.startswith("code:"):
        first = re.search(r"- id: (\S+)", text)
        assert first
        files = {
            "exam.yaml": text,
            "1.yaml": spare.replace(f"domain: {own}", f"domain: {first[1]}"),
        }
    elif re.search(r"^questions:", text, re.MULTILINE):
        files |= {"1.yaml": spare, "questions/1.yaml": text}
    else:
        files["1.yaml"] = text
    pictures = re.findall(r"picture: (\S+?\.\w+)", text)
    return pack_from(files, dict.fromkeys(pictures, b""))


@pytest.mark.parametrize("block", YAML, ids=lambda block: block.place)
def test_examples_can_be_read(block: Block) -> None:
    assert any(as_pack(block.text).entries())


def test_every_kind_has_an_example() -> None:
    packs = [as_pack(block.text) for block in YAML]
    kinds = {entry.fact.kind for pack in packs for entry in pack.entries()}
    assert set(facts.KINDS) <= kinds
    asked = {item.asked.kind for pack in packs for row in pack.domains for item in row.items}
    assert set(questions.KINDS) <= asked


CSS = [it for it in BLOCKS if it.language == "css"]


@pytest.mark.parametrize("block", CSS, ids=lambda block: block.place)
def test_a_look_of_the_documents_prints(block: Block, project: Path) -> None:
    own_shop(project, {"styles/look/mine.css": block.text})
    assert cli.main(["--only", "sheet,booklet", "--look", "mine"]) == 0


def test_there_is_a_look_in_the_documents() -> None:
    assert CSS


def test_every_kind_of_figure_has_an_example() -> None:
    figures = [
        entry.fact
        for block in YAML
        for entry in as_pack(block.text).entries()
        if isinstance(entry.fact, facts.Figure)
    ]
    shown = {way for way in facts.Figure.ways for it in figures if getattr(it, way) is not None}
    assert shown >= {*facts.Figure.ways} - {"picture"}


def links() -> list[tuple[str, str]]:
    found = []
    for path in DOCUMENTS:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
        for address in re.findall(r"\]\(([^)\s]+)\)", text):
            if "://" not in address and not address.startswith("mailto:"):
                found.append((str(path.relative_to(ROOT)), address))
    return found


@pytest.mark.parametrize(("document", "address"), links())
def test_links_lead_to_files_that_are_there(document: str, address: str) -> None:
    name, _, anchor = unquote(address).partition("#")
    target = (ROOT / document).parent / name if name else ROOT / document
    assert target.resolve().is_relative_to(ROOT)
    assert target.exists(), f"{document} leads to {address}"
    if anchor and target.suffix == ".md":
        heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}
        assert anchor in slugs, f"{document} leads to {address}"


def test_there_are_links() -> None:
    assert len(links()) >= 5
