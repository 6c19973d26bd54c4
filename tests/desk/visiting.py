"""Requests, written out byte for byte."""

import re
import socket
from dataclasses import dataclass

LONG = 20.0  # s


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


def said(address: str, data: bytes) -> bytes:
    """All that comes back for some bytes."""
    port = int(re.findall(r":(\d+)/", address)[0])
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as line:
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
