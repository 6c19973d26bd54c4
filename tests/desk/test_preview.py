"""What the preview shows, and that a browser shows it, too."""

import json
import re
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cramsheet.desk import cli
from cramsheet.desk.preview import Preview
from cramsheet.desk.serving import served
from cramsheet.desk.warm import Warm
from cramsheet.desk.watch import attempt
from cramsheet.page.shop import Shop
from tests.desk.browser import PROGRAM, browser
from tests.desk.saving import small_project
from tests.desk.visiting import HOST, JSON, LONG, OURS, Ask, asked
from tests.making import ROOT, numbered


def facts(text: str) -> str:
    rows = "".join(f"    {line}\n" for line in text.splitlines())
    return f"domain: demo\ntopics:\n- topic: Topic\n  facts:\n{rows}"


MANY = facts(numbered(80, "is a fact with some words of its own, so that pages fill"))


def project(folder: Path) -> Path:
    small_project(folder)
    (folder / "content/demo/1.yaml").write_text(MANY)
    return folder


@dataclass
class Events:
    """What the page hears."""

    address: str
    line: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        port, word = re.findall(r":(\d+)/(.+)/", self.address)[0]
        self.line = socket.create_connection(("127.0.0.1", int(port)), timeout=LONG)
        request = f"GET /{word}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        self.line.sendall(request.encode())
        self.file = self.line.makefile("rb")

    def next(self) -> dict[str, Any]:
        while not (line := self.file.readline()).startswith(b"data: "):
            assert line
        return dict(json.loads(line.removeprefix(b"data: ")))

    def settled(self) -> dict[str, Any]:
        """The state when nothing is printed any more."""
        while (state := self.next())["busy"]:
            pass
        return state

    def close(self) -> None:
        self.file.close()
        self.line.close()


@dataclass
class Desk:
    """A preview whose saves are told by hand."""

    folder: Path
    warm: Warm
    shown: Preview
    address: str

    def build(self, *saved: Path) -> None:
        self.shown.begin()
        self.shown.tell(attempt(self.warm, frozenset(saved)))

    def get(self, path: str) -> tuple[int, str, bytes]:
        return asked(self.address, Ask(200, f"GET /{{word}}/{path}"))

    def choose(self, **choice: str) -> int:
        body = json.dumps(choice)
        rows = (HOST, OURS, JSON[0], f"Content-Length: {len(body)}")
        return asked(self.address, Ask(200, "POST /{word}/choice", rows, body))[0]


def options(*words: str) -> Namespace:
    return cli._parser().parse_args(["preview", *words])


@contextmanager
def desk(folder: Path, *words: str) -> Iterator[Desk]:
    args = options("--project", str(project(folder)), *words)
    with (
        closing(Preview(Shop.open(args.project), lambda: None)) as shown,
        closing(Warm(args, shown.extra, shown.show)) as warm,
        served(shown) as address,
    ):
        yield Desk(folder, warm, shown, address)


CHOICE = {"exam": "demo", "kind": "sheet", "paper": "a5", "look": "modern", "ink": "colour"}


def test_pages_edits_and_problems_come_to_the_page(tmp_path: Path) -> None:
    with (
        desk(tmp_path, "--only", "sheet", "--paper", "a5") as it,
        closing(Events(it.address)) as on,
    ):
        status, head, body = it.get("")
        (nonce,) = re.findall(r"script-src 'nonce-(\S+)'", head)
        assert status == 200
        assert body.decode().count(f'nonce="{nonce}"') == 2
        assert "NONCE" not in body.decode()

        it.build()
        state = on.settled()
        (doc,) = state["documents"]
        assert {name: doc[name] for name in CHOICE} == CHOICE == state["first"]
        assert doc["marks"] == state["problems"] == []
        assert doc["pages"] == [[210.0, 148.0]] * len(doc["pages"])
        assert len(doc["pages"]) >= 2
        assert doc["things"] == 80
        assert 50 < doc["full"] <= 100

        status, head, body = it.get(f"page/{doc['hash']}/2.bmp?w=500")
        assert (status, Image.open(BytesIO(body)).size) == (200, (500, 353))
        assert "Content-Type: image/bmp" in head
        for wrong in ("2.bmp", "2.bmp?w=0", "2.bmp?w=99999", "9.bmp?w=500", "0.bmp?w=500"):
            assert it.get(f"page/{doc['hash']}/{wrong}")[0] == 404
        assert it.get(f"page/{'0' * 64}/1.bmp?w=500")[0] == 404

        path = tmp_path / "content/demo/1.yaml"
        path.write_text(MANY.replace("fact: Number78 is", "fact: Number78 was"))
        it.build(path)
        (new,) = on.settled()["documents"]
        assert new["hash"] != doc["hash"]
        (mark,) = new["marks"]
        assert (mark["id"], mark["page"]) == ("fact-n78", len(doc["pages"]))
        left, top, right, bottom = mark["box"]
        assert 0 < left < right < 210
        assert 0 < top < bottom < 148
        assert it.get(f"page/{doc['hash']}/1.bmp?w=500")[0] == 404  # what nobody sees is not kept

        path.write_text(MANY.replace("id: n3\n", "iid: n3\n"))
        it.build(path)
        state = on.settled()
        (problem,) = state["problems"]
        at = re.fullmatch(r".*content/demo/1\.yaml:(\d+):(\d+)", problem["place"])
        assert at
        assert path.read_text().splitlines()[int(at[1]) - 1].strip() == "iid: n3"
        assert problem["hint"]
        assert state["documents"] == [new]
        assert it.get(f"page/{new['hash']}/1.bmp?w=500")[0] == 200

        path.write_text(MANY)
        it.build(path)
        state = on.settled()
        assert (state["problems"], state["mended"]) == ([], True)


def test_what_is_looked_at_is_printed_though_not_written(tmp_path: Path) -> None:
    with desk(tmp_path, "--only", "key") as it:
        it.build()
        assert it.choose(**CHOICE, extra="x") == 400
        for wrong in ({"paper": "../a5"}, {"exam": "other"}, {"kind": "mock"}, {"look": "none"}):
            assert it.choose(**{**CHOICE, **wrong}) == 400
        assert it.choose(**CHOICE) == 200
        it.build()
        with closing(Events(it.address)) as on:
            names = [doc["name"] for doc in on.settled()["documents"]]
        assert names == ["demo-key-a4.pdf", "demo-sheet-a5.pdf"]
        written = {path.name for path in tmp_path.glob("output/demo/*.pdf")}
        assert written == {"demo-key-a4.pdf"}


def test_a_fact_without_room_is_told_to_be_absent(tmp_path: Path) -> None:
    words = ("--only", "sheet", "--paper", "a5", "--pages", "1", "--columns", "2")
    with desk(tmp_path, *words) as it:
        it.build()
        with closing(Events(it.address)) as on:
            (doc,) = on.settled()["documents"]
        assert doc["left"] == len(doc["missing"]) > 0
        assert len(doc["columns"]) == 2
        gone = doc["missing"][-1].split()[0]
        path = tmp_path / "content/demo/1.yaml"
        path.write_text(MANY.replace(f"fact: {gone} is", f"fact: {gone} was"))
        it.build(path)
        with closing(Events(it.address)) as on:
            (doc,) = on.settled()["documents"]
        assert doc["marks"] == []
        assert doc["absent"] == [f"fact-{gone.replace('Number', 'n')}"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "html"], "the preview shows paper"),
        (["--for", "Ada"], "the preview is of no person's copy"),
        (["--only", "shet"], 'no kind of document "shet"'),
    ],
)
def test_what_it_does_not_show(words: list[str], said: str, tmp_path: Path) -> None:
    if words[0] == "--only":  # as a problem, for it may be mended
        with desk(tmp_path, *words) as it:
            it.build()
            with closing(Events(it.address)) as on:
                assert on.settled()["problems"][0]["message"] == said
        return
    command = [sys.executable, "-m", "cramsheet", "preview", "--project", str(tmp_path), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert said in done.stderr


# In a browser.


@pytest.mark.slow
@pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine")
def test_a_browser_shows_the_new_page_and_marks_the_edit(tmp_path: Path) -> None:
    path = project(tmp_path / "it") / "content/demo/1.yaml"
    options = ("--no-open", "--only", "sheet,booklet", "--paper", "a5")
    words = [sys.executable, "-u", "-m", "cramsheet", "preview", *options]
    words += ["--project", str(tmp_path / "it")]
    with (
        subprocess.Popen(words, cwd=ROOT, stdout=-1, text=True) as process,
        browser(tmp_path / "profile") as tab,
    ):
        assert process.stdout
        try:
            _look_and_edit(tab, process.stdout.readline().strip(), path)
        finally:
            process.terminate()


def _look_and_edit(tab: Any, address: str, path: Path) -> None:
    tab.set_up(1000, 700)
    tab.open(address)
    tab.until("document.querySelector('#page-1 img')")
    shown = tab.of("document.querySelector('#page-1').dataset.shown")
    assert tab.of("document.querySelector('#page-1 img').naturalWidth") > 500
    assert not tab.of("document.querySelectorAll('.mark').length")
    assert tab.of("document.querySelector('#main').scrollTop") == 0

    path.write_text(MANY.replace("fact: Number78 is", "fact: Number78 was"))
    last = "document.querySelector('#pages').lastElementChild"
    tab.until(f"{last}.querySelector('.mark.new') && {last}.dataset.shown?.includes(shown.hash)")
    assert tab.of(f"{last}.querySelector('.mark').dataset.of") == "fact-n78"
    assert shown.split("/")[1] != tab.of("shown.hash")
    top, bottom = "getBoundingClientRect().top", "getBoundingClientRect().bottom"
    mark, main = "document.querySelector('.mark')", "document.querySelector('#main')"
    tab.until(f"{mark}.{top} >= {main}.{top} && {mark}.{bottom} <= {main}.{bottom}")  # jumped to it

    path.write_text(MANY.replace("id: n3\n", "iid: n3\n"))
    tab.until("document.querySelector('#problems li code')?.textContent.includes('1.yaml:')")
    path.write_text(MANY)
    tab.until("document.querySelector('#problems').hidden")
    tab.until("document.querySelector('#status').textContent.startsWith('mended')")

    wide = tab.of("document.querySelector('#page-1').clientWidth")
    tab.press("d")
    tab.until(f"document.querySelector('#page-1').clientWidth < {wide / 2}")
    tab.press("+")
    tab.until("document.querySelector('#wide').getAttribute('aria-pressed') === 'false'")
    tab.press("0")
    tab.until("document.querySelector('#zoom').textContent === '100 %'")
    tab.press("?")
    tab.until("document.querySelector('#help').open")
    tab.press("Escape")
    tab.until("!document.querySelector('#help').open")
    tab.press("k")  # from the sheet to the notes, which nobody ordered
    tab.until("shown.kind === 'notes' && document.querySelector('#page-1').dataset.shown")
    assert tab.of(
        "performance.getEntriesByType('resource').every(it => it.name.startsWith(origin))"
    )
