"""Whom the server of the preview answers."""

import re
import socket
from collections.abc import Iterator

import pytest

from cramsheet.desk import serving
from cramsheet.desk.serving import Answer, Server, served
from cramsheet.problems import MachineFault
from tests.desk.visiting import HOST, JSON, LONG, OURS, Ask, asked, said


class Plain:
    """A site of one page."""

    def answer(self, path: str, query: str) -> Answer | None:
        return Answer(b"here", "text/html", nonce="abc") if path in ("", "page/1.png") else None

    def take(self, path: str, body: bytes) -> bool:
        return (path, body) == ("choice", b"{}")

    def news(self, after: int, patience: float) -> tuple[int, bytes] | None:
        return (1, b"{}") if after == 0 else None


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


def test_who_comes_late_takes_the_place_of_the_slowest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_CONNECTIONS", 2)
    with served(Plain()) as address:
        port, word = re.findall(r":(\d+)/(.+)/", address)[0]
        lines = [socket.create_connection(("127.0.0.1", port), timeout=LONG) for _ in range(3)]
        try:
            assert lines[0].recv(1) == b""
            for line in lines[1:]:
                line.sendall(
                    f"GET /{word}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
                )
                assert line.recv(12) == b"HTTP/1.0 200"
            # They are heard, and nobody is hung up on for a third one.
            assert asked(address, RULES["the page"])[0] == 0
            assert lines[1].recv(1)
        finally:
            for line in lines:
                line.close()
