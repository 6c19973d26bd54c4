"""The preview: whom the server answers, what it shows, and that a browser shows it, too."""

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

from cramsheet.desk import cli, serving
from cramsheet.desk.preview import Preview
from cramsheet.desk.serving import Answer, Server, served
from cramsheet.desk.warm import Warm
from cramsheet.desk.watch import attempt
from cramsheet.page.shop import Shop
from cramsheet.problems import MachineFault
from tests.desk.browser import PROGRAM, browser
from tests.making import EXAM, ROOT, numbered

ASKED = "domain: demo\nquestions:\n  - {claim: It is, is: true, why: it is}\n"
_LONG = 20.0  # s


def facts(text: str) -> str:
    rows = "".join(f"    {line}\n" for line in text.splitlines())
    return f"domain: demo\ntopics:\n- topic: Topic\n  facts:\n{rows}"


MANY = facts(numbered(80, "is a fact with some words of its own, so that pages fill"))


def project(folder: Path) -> Path:
    (folder / "content/demo/questions").mkdir(parents=True)
    (folder / "content/demo/exam.yaml").write_text(EXAM)
    (folder / "content/demo/1.yaml").write_text(MANY)
    (folder / "content/demo/questions/1.yaml").write_text(ASKED)
    return folder


# Whom it answers.


class Plain:
    """A site of one page."""

    def answer(self, path: str, query: str) -> Answer | None:
        return Answer(b"here", "text/html", nonce="abc") if path in ("", "page/1.png") else None

    def take(self, path: str, body: bytes) -> bool:
        return (path, body) == ("choice", b"{}")

    def news(self, after: int, patience: float) -> tuple[int, bytes] | None:
        return (1, b"{}") if after == 0 else None


@dataclass(frozen=True)
class Ask:
    """A request, with {word} and {port} to be filled in, and the status that it gets."""

    status: int
    line: str
    headers: tuple[str, ...] = ("Host: 127.0.0.1:{port}",)
    body: str = ""
    within: str = ""  # the answer


HOST = "Host: 127.0.0.1:{port}"
OURS = "Origin: http://127.0.0.1:{port}"
JSON = ("Content-Type: application/json", "Content-Length: 2")

RULES = {
    "the page": Ask(200, "GET /{word}/", within="here"),
    "by its other name": Ask(200, "GET /{word}/", ("Host: localhost:{port}",), within="here"),
    "its head": Ask(200, "HEAD /{word}/"),
    "a picture": Ask(200, "GET /{word}/page/1.png"),
    "events": Ask(200, "HEAD /{word}/events"),
    "from itself": Ask(200, "GET /{word}/", (HOST, OURS, "Sec-Fetch-Site: same-origin")),
    "typed by a person": Ask(200, "GET /{word}/", (HOST, "Sec-Fetch-Site: none")),
    "another host": Ask(403, "GET /{word}/", ("Host: example.org",)),
    "another host with our port": Ask(403, "GET /{word}/", ("Host: example.org:{port}",)),
    "no port": Ask(403, "GET /{word}/", ("Host: 127.0.0.1",)),
    "any address": Ask(403, "GET /{word}/", ("Host: 0.0.0.0:{port}",)),
    "a name that begins alike": Ask(403, "GET /{word}/", ("Host: localhost:{port}.example.org",)),
    "no host": Ask(403, "GET /{word}/", ()),
    "two hosts": Ask(403, "GET /{word}/", (HOST, "Host: example.org")),
    "another origin": Ask(403, "GET /{word}/events", (HOST, "Origin: http://example.org")),
    "no origin at all": Ask(403, "GET /{word}/events", (HOST, "Origin: null")),
    "another port": Ask(403, "GET /{word}/events", (HOST, "Origin: http://127.0.0.1:1")),
    "an origin with s": Ask(403, "GET /{word}/", (HOST, "Origin: https://127.0.0.1:{port}")),
    "our other name": Ask(403, "GET /{word}/", (HOST, "Origin: http://localhost:{port}")),
    "from another site": Ask(403, "GET /{word}/", (HOST, "Sec-Fetch-Site: cross-site")),
    "from another port": Ask(403, "GET /{word}/", (HOST, "Sec-Fetch-Site: same-site")),
    "no word": Ask(404, "GET /"),
    "a wrong word": Ask(404, "GET /{word}x/"),
    "half a word": Ask(404, "GET /abc/"),
    "the word alone": Ask(404, "GET /{word}"),
    "as from a proxy": Ask(404, "GET http://127.0.0.1:{port}/{word}/"),
    "nothing there": Ask(404, "GET /{word}/nothing"),
    "letters that are none": Ask(404, "GET /\u00e4/"),
    "upwards": Ask(404, "GET /{word}/../../etc/passwd"),
    "upwards in the end": Ask(404, "GET /{word}/page/.."),
    "upwards, written otherwise": Ask(404, "GET /{word}/%2e%2e/%2e%2e/etc/passwd"),
    "upwards, twice so": Ask(404, "GET /{word}/%252e%252e/etc/passwd"),
    "upwards, as on Windows": Ask(404, "GET /{word}/..\\..\\etc\\passwd"),
    "upwards, with slashes so": Ask(404, "GET /{word}/..%2f..%2fetc/passwd"),
    "from the root": Ask(404, "GET /{word}//etc/passwd"),
    "an empty byte": Ask(404, "GET /{word}/page/1.png%00.yaml"),
    "a folder": Ask(404, "GET /{word}/page/"),
    "its own address": Ask(404, "GET /{word}/{word}/"),
    "deletes": Ask(405, "DELETE /{word}/"),
    "puts": Ask(405, "PUT /{word}/", (HOST, OURS, *JSON), "{}"),
    "asks what it may": Ask(405, "OPTIONS /{word}/", (HOST, "Origin: http://example.org")),
    "connects": Ask(405, "CONNECT example.org:443"),
    "posts": Ask(200, "POST /{word}/choice", (HOST, OURS, *JSON), "{}"),
    "posts from nowhere": Ask(403, "POST /{word}/choice", (HOST, *JSON), "{}"),
    "posts from elsewhere": Ask(
        403, "POST /{word}/choice", (HOST, "Origin: http://example.org", *JSON), "{}"
    ),
    "posts without the word": Ask(404, "POST /choice", (HOST, OURS, *JSON), "{}"),
    "posts a form": Ask(
        415,
        "POST /{word}/choice",
        (HOST, OURS, "Content-Type: text/plain", "Content-Length: 2"),
        "{}",
    ),
    "posts much": Ask(
        413,
        "POST /{word}/choice",
        (HOST, OURS, "Content-Type: application/json", "Content-Length: 2000"),
        "{}",
    ),
    "posts no length": Ask(
        413, "POST /{word}/choice", (HOST, OURS, "Content-Type: application/json")
    ),
    "posts a length below nothing": Ask(
        413,
        "POST /{word}/choice",
        (HOST, OURS, "Content-Type: application/json", "Content-Length: -1"),
    ),
    "posts nonsense": Ask(400, "POST /{word}/choice", (HOST, OURS, *JSON), "[]"),
    "posts elsewhere": Ask(400, "POST /{word}/", (HOST, OURS, *JSON), "{}"),
    "many headers": Ask(431, "GET /{word}/", (HOST, *["X: y"] * 120)),
    "a long header": Ask(0, "GET /{word}/", (HOST, f"X: {'y' * 20_000}")),
    "a long address": Ask(0, f"GET /{{word}}/{'y' * 20_000}"),
}


def said(address: str, data: bytes) -> bytes:
    """All that comes back for some bytes."""
    port = int(re.findall(r":(\d+)/", address)[0])
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=_LONG) as line:
        try:
            line.sendall(data)
            while part := line.recv(65536):
                answer += part
        except ConnectionError:  # it hung up while we spoke
            pass
    return answer


def asked(address: str, ask: Ask) -> tuple[int, str, bytes]:
    """The status (0: it hung up), the headers and the body."""
    port, word = re.findall(r":(\d+)/(.+)/", address)[0]
    text = "\r\n".join((f"{ask.line} HTTP/1.1", *ask.headers, "", ask.body))
    text = text.replace("{word}", word).replace("{port}", port)
    head, _, body = said(address, text.encode()).partition(b"\r\n\r\n")
    status = int(head.split()[1]) if head else 0
    return status, head.decode(), body


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(Plain()) as it:
        yield it


@pytest.mark.parametrize("name", RULES)
def test_whom_it_answers(name: str, address: str) -> None:
    ask = RULES[name]
    status, head, body = asked(address, ask)
    assert status == ask.status
    assert ask.within in body.decode()
    assert "etc" not in head
    if ask.line.startswith("HEAD"):
        assert body == b""
    if status:
        assert "X-Content-Type-Options: nosniff" in head
        assert "Cross-Origin-Resource-Policy: same-origin" in head
        assert "Referrer-Policy: no-referrer" in head
        assert "Content-Security-Policy: default-src 'none'; " in head
        assert "Access-Control" not in head
        assert "Python" not in head
        word = address.rsplit("/", 2)[1]
        assert word not in head + body.decode()
    if status == 405:
        assert "Allow: GET, HEAD, POST" in head


def test_only_scripts_of_the_page_run(address: str) -> None:
    _, head, _ = asked(address, RULES["the page"])
    (policy,) = re.findall("Content-Security-Policy: (.*)\r", head)
    assert "script-src 'nonce-abc'" in policy
    assert "unsafe" not in policy
    assert "connect-src 'self'" in policy


def test_it_listens_to_this_machine_alone_and_has_another_word_each_time() -> None:
    found = []
    for _ in range(2):
        server = Server(Plain(), 0)
        assert server.server_address[0] == "127.0.0.1"
        found.append(server.word)
        server.server_close()
    assert len(set(found)) == 2
    assert min(map(len, found)) >= 20


def test_a_port_that_is_taken_is_told(address: str) -> None:
    port = int(re.findall(r":(\d+)/", address)[0])
    with pytest.raises(MachineFault, match=f"cannot listen on port {port}"), served(Plain(), port):
        pass


def test_who_speaks_slowly_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_PATIENCE", 0.3)
    with served(Plain()) as address:
        assert said(address, b"GET / HT") == b""


def test_connections_beyond_a_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_CONNECTIONS", 2)
    with served(Plain()) as address:
        port = int(re.findall(r":(\d+)/", address)[0])
        lines = [socket.create_connection(("127.0.0.1", port), timeout=_LONG) for _ in range(3)]
        try:
            assert lines[2].recv(1) == b""
        finally:
            for line in lines:
                line.close()


# What it shows.


@dataclass
class Events:
    """What the page hears."""

    address: str
    line: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        port, word = re.findall(r":(\d+)/(.+)/", self.address)[0]
        self.line = socket.create_connection(("127.0.0.1", int(port)), timeout=_LONG)
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
    with closing(Preview(Shop.open(args.project), lambda: None)) as shown, served(shown) as address:
        yield Desk(folder, Warm(args, shown.extra, shown.show), shown, address)


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

        status, head, body = it.get(f"page/{doc['hash']}/2.png?w=500")
        assert (status, Image.open(BytesIO(body)).size) == (200, (500, 353))
        assert "Content-Type: image/png" in head
        for wrong in ("2.png", "2.png?w=0", "2.png?w=99999", "9.png?w=500", "0.png?w=500"):
            assert it.get(f"page/{doc['hash']}/{wrong}")[0] == 404
        assert it.get(f"page/{'0' * 64}/1.png?w=500")[0] == 404

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
        assert it.get(f"page/{doc['hash']}/1.png?w=500")[0] == 404  # what nobody sees is not kept

        path.write_text(MANY.replace("id: n3\n", "iid: n3\n"))
        it.build(path)
        state = on.settled()
        (problem,) = state["problems"]
        at = re.fullmatch(r".*content/demo/1\.yaml:(\d+):(\d+)", problem["place"])
        assert at
        assert path.read_text().splitlines()[int(at[1]) - 1].strip() == "iid: n3"
        assert problem["hint"]
        assert state["documents"] == [new]
        assert it.get(f"page/{new['hash']}/1.png?w=500")[0] == 200

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
