"""Suite I: the preview as it runs, under the eyes of the kernel, asked by those it must not answer.

Whom the server answers alone is in tests/desk/test_serving.py.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from cramsheet.desk.serving import Answer, served
from tests.desk.saving import small_project
from tests.desk.visiting import HOST, LONG, Ask, asked, said
from tests.making import ROOT
from tests.safety.witness import deeds, watched

SECRET = "b2c4a6e8"
# How "../../secret.txt" and the like can be written; each is asked for below the word and beside.
UPWARDS = (
    *("../secret.txt", "../../secret.txt", "../../../../../../../../etc/passwd", "/etc/passwd"),
    *("//etc/passwd", "./../secret.txt", "page/../../secret.txt", "..;/secret.txt"),
    *("%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "..%2fsecret.txt", "%2E%2E%5Csecret.txt"),
    *("..%5csecret.txt", "..\\secret.txt", "..\\..\\secret.txt", "%252e%252e%252fsecret.txt"),
    *(
        "..%c0%afsecret.txt",
        "%c0%ae%c0%ae/secret.txt",
        "..%ef%bc%8fsecret.txt",
        "..%u2215secret.txt",
    ),
    *("....//secret.txt", "....\\\\secret.txt", "..%00/secret.txt", "secret.txt%00.bmp"),
    *("content/demo/1.yaml", "link/secret.txt", "content/link/secret.txt", "output/demo"),
    *(
        "file:///etc/passwd",
        "page/../../../../etc/passwd?w=100",
        "?../secret.txt",
        "#/../secret.txt",
    ),
)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a preview that runs, and what the kernel tells of it."""
    folder = tmp_path_factory.mktemp("preview")
    project = small_project(folder / "project")
    for place in (folder, project):
        (place / "secret.txt").write_text(SECRET)
    (project / "link").symlink_to(folder)
    words = [sys.executable, "-u", "-m", "cramsheet", "preview", "--no-open", "--only", "sheet"]
    command = watched([*words, "--project", str(project)], folder / "deeds")
    with subprocess.Popen(command, cwd=ROOT, stdout=-1, text=True, start_new_session=True) as run:
        assert run.stdout
        try:
            yield run.stdout.readline().strip(), folder / "deeds"
        finally:
            os.killpg(run.pid, signal.SIGTERM)


@pytest.mark.slow
@pytest.mark.parametrize("path", UPWARDS)
def test_there_is_no_way_up(path: str, preview: tuple[str, Path]) -> None:
    for line in (f"GET /{{word}}/{path}", f"GET /{path}"):
        status, _, body = asked(preview[0], Ask(404, line))
        # What follows a question or hash mark is no path: the page answers for itself.
        at_home = line.endswith(("/?../secret.txt",)) and "{word}" in line
        assert status in ((200,) if at_home else (400, 404))
        assert SECRET.encode() not in body
        assert b"root:x" not in body


@pytest.mark.slow
def test_nothing_but_its_own_was_opened(preview: tuple[str, Path]) -> None:
    assert asked(preview[0], Ask(200, "GET /{word}/"))[0] == 200
    opened = {it.path for it in deeds(preview[1]) if it.opens}
    assert any(path.endswith("content/demo/1.yaml") for path in opened)
    assert not [path for path in opened if path.endswith("secret.txt") or path == "/etc/passwd"]


@pytest.mark.slow
def test_a_person_is_answered_while_a_hundred_dawdle(preview: tuple[str, Path]) -> None:
    port = int(re.findall(r":(\d+)/", preview[0])[0])
    with ExitStack() as lines:
        for _ in range(100):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port), LONG))
            line.sendall(b"GET / HTTP/1.1\r\nX: ")
        waited = []
        for _ in range(5):
            start = time.monotonic()
            assert asked(preview[0], Ask(200, "GET /{word}/"))[0] == 200
            waited.append(time.monotonic() - start)
    assert sorted(waited)[2] < 0.6  # 0.2 s on a machine at rest


@pytest.mark.slow
def test_a_header_of_a_megabyte_is_not_read(preview: tuple[str, Path]) -> None:
    for header in (f"X: {'y' * (1 << 20)}", "\r\n".join(f"X{n}: y" for n in range(90_000))):
        status, _, _ = asked(preview[0], Ask(0, "GET /{word}/", (HOST, header)))
        assert status in (0, 431)
    assert said(preview[0], b"\0" * (1 << 20)) in (b"", said(preview[0], b"\0\r\n\r\n"))
    assert asked(preview[0], Ask(200, "GET /{word}/"))[0] == 200


class Growing:
    """A site whose one document is another one each time."""

    size = 8 << 20

    def __init__(self) -> None:
        self.letter = b"a"

    def answer(self, path: str, query: str) -> Answer | None:
        return Answer(self.letter * self.size, "image/bmp")

    def take(self, path: str, body: bytes) -> bool:
        return False

    def news(self, after: int, patience: float) -> tuple[int, bytes] | None:
        return None


def test_who_downloads_while_it_is_built_anew_gets_one_of_both() -> None:
    site = Growing()
    found: list[bytes] = []
    with served(site) as address:
        ask = Ask(200, "GET /{word}/page")
        visits = [Thread(target=lambda: found.append(asked(address, ask)[2])) for _ in range(4)]
        for letter, visit in zip((b"a", b"b", b"c", b"d"), visits, strict=True):
            site.letter = letter
            visit.start()
        for visit in visits:
            visit.join(LONG)
    assert len(found) == 4
    assert all(len(body) == site.size and len(set(body)) == 1 for body in found)
