"""A small server for the browser of the person at this machine, and for nobody else.

It listens on 127.0.0.1 alone. A page of another site can make that person's browser ask us things:
so an address needs a secret word, Host and Origin have to be ours, and answers forbid to be used
elsewhere. It has no folders: what it serves, it is handed as bytes.
"""

import hmac
import io
import os
import secrets
import socketserver
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import Any, Protocol

from cramsheet.problems import MachineFault, Problem

_ONLY = "127.0.0.1"
_CONNECTIONS = 32
_REQUEST = 16 << 10  # bytes of a request at most, with its headers
_BODY = 1 << 10  # bytes that are posted at most
_PATIENCE = 10.0  # s for a request to arrive, and for an answer to be taken
_TURN = 0.2  # s that one who is hung up on may take to go
_BEAT = 15.0  # s between signs of life
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Answer:
    """Bytes and what they are. One that `lasts` never changes under its address; `nonce` is that of
    the styles and scripts inside."""

    body: bytes
    type: str
    lasts: bool = False
    nonce: str = ""

    def headers(self) -> Mapping[str, str]:
        policy = _NOTHING
        if self.nonce:
            own = f"'nonce-{self.nonce}'"
            policy += f"; style-src {own}; script-src {own}; img-src 'self'; connect-src 'self'"
        cache = "private, max-age=31536000, immutable" if self.lasts else "no-store"
        return {"Content-Security-Policy": policy, "Cache-Control": cache, **_SAFE}


class Site(Protocol):
    """What is served. Several threads ask at once."""

    def answer(self, path: str, query: str) -> Answer | None:
        """To a path below the secret word, exactly as it was asked for."""

    def take(self, path: str, body: bytes) -> bool:
        """Whether what was posted makes sense."""

    def news(self, after: int, patience: float) -> tuple[int, bytes] | None:
        """The newest state and its number when it is newer than `after`; None when the time in
        seconds is over."""


@contextmanager
def served(site: Site, port: int = 0) -> Iterator[str]:
    """The address of a site that is there as long as the context; raises MachineFault."""
    try:
        server = Server(site, port)
    except OSError as error:
        what = f"cannot listen on port {port}: {error.strerror}"
        raise MachineFault([Problem(what, hint="leave out --port, or name another")]) from error
    Thread(target=server.serve_forever, args=(0.1,), name="server", daemon=True).start()
    try:
        yield server.address
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()


class Server(ThreadingHTTPServer):
    """Keeps a number of connections, so that none can take all threads of the machine; who comes
    then takes the place of the one that has waited longest to ask for something of ours."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # elsewhere it would let another program listen, too
    request_queue_size = _CONNECTIONS

    def __init__(self, site: Site, port: int) -> None:
        self.site, self.word, self.ended = site, secrets.token_urlsafe(18), Event()
        self._room, self._unheard, self._door = BoundedSemaphore(_CONNECTIONS), list[Any](), Lock()
        super().__init__((_ONLY, port), _Visit)

    def server_bind(self) -> None:
        """Without the question to the network what our name is."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[0], self.server_address[1]  # type: ignore[assignment]

    @property
    def hosts(self) -> tuple[str, ...]:
        return f"{_ONLY}:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def address(self) -> str:
        return f"http://{self.hosts[0]}/{self.word}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._room.acquire(blocking=False):
            self._hang_up()
            if not self._room.acquire(timeout=_TURN):
                self.shutdown_request(request)
                return
        with self._door:
            self._unheard.append(request)
        super().process_request(request, client_address)

    def _hang_up(self) -> None:
        """On whoever has kept us waiting longest; their thread ends, and makes room."""
        with self._door, suppress(OSError, IndexError):
            self._unheard.pop(0).shutdown(SHUT_RDWR)

    def heard(self, request: Any) -> None:
        """It knows the word: it may take the time it needs."""
        with self._door, suppress(ValueError):
            self._unheard.remove(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.heard(request)
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is none."""


class _Visit(BaseHTTPRequestHandler):
    """One request, one answer."""

    server: Server
    server_version, sys_version = "cramsheet", ""

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self.rfile = io.BufferedReader(_Bounded(self.connection))

    def do_GET(self) -> None:
        path = self._path()
        if path is None:
            return
        if path == "events":
            self._events()
            return
        bare, _, query = path.partition("?")
        answer = self.server.site.answer(bare, query)
        self._answer(200, answer) if answer else self.send_error(404)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        path = self._path()
        if path is None:
            return
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Origin") is None:
            self.send_error(403)
        elif self.headers.get_content_type() != "application/json":
            self.send_error(415)
        elif not (length.isascii() and length.isdecimal() and int(length) <= _BODY):
            self.send_error(413)
        elif self.server.site.take(path, self.rfile.read(int(length))):
            self._answer(200, Answer(b"", "text/plain"))
        else:
            self.send_error(400)

    def _path(self) -> str | None:
        """What was asked for below the secret word; None when it was refused."""
        before, word, path = f"{self.path}//".split("/", 2)
        ours = hmac.compare_digest(word.encode("utf-8", "replace"), self.server.word.encode())
        if not self._from_here():
            self.send_error(403)
        elif before or not ours:
            self.send_error(404)
        else:
            self.server.heard(self.request)
            return path.removesuffix("//")
        return None

    def _from_here(self) -> bool:
        """Asked by our own page, or by the person."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0] not in self.server.hosts:
            return False
        origin = self.headers.get("Origin")
        site = self.headers.get("Sec-Fetch-Site", "none")
        return origin in (None, f"http://{hosts[0]}") and site in ("same-origin", "none")

    def _events(self) -> None:
        """The state whenever it is new, as server-sent events."""
        self._head(200, {**Answer(b"", "").headers(), "Content-Type": "text/event-stream"})
        after = 0
        while self.command == "GET" and not self.server.ended.is_set():
            news = self.server.site.news(after, _BEAT)
            if news:
                after = news[0]
            said = b"data: " + news[1] + b"\n\n" if news else b":\n\n"
            try:
                self.wfile.write(said)
            except OSError:
                return

    def _answer(self, code: int, answer: Answer) -> None:
        kind = {"Content-Type": answer.type, "Content-Length": str(len(answer.body))}
        self._head(code, {**answer.headers(), **kind})
        if self.command != "HEAD":
            with suppress(OSError):
                self.wfile.write(answer.body)

    def _head(self, code: int, headers: Mapping[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        if code == 405:
            self.send_header("Allow", "GET, HEAD, POST")
        self.send_header("Connection", "close")
        self.end_headers()
        self.connection.settimeout(_PATIENCE)
        self.close_connection = True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Says no more than that it cannot be."""
        code = 405 if code == 501 else code
        words = self.responses[code][0] if code in self.responses else "refused"
        self.command = getattr(self, "command", None) or "GET"
        self._answer(code, Answer(f"{code} {words}\n".encode(), "text/plain; charset=utf-8"))

    def log_message(self, format: str, *args: object) -> None:
        """The terminal is for problems of the content."""


class _Bounded(io.RawIOBase):
    """What a client sends: neither endless nor drop by drop."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._left, self._end = _REQUEST, time.monotonic() + _PATIENCE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        rest = self._end - time.monotonic()
        if self._left <= 0 or rest <= 0:
            raise TimeoutError("too long, or too slow")
        self._connection.settimeout(rest)
        count = int(self._connection.recv_into(memoryview(buffer)[: self._left]))
        self._left -= count
        return count
