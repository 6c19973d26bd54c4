"""A real Chromium without a window, spoken to through two pipes."""

import json
import os
import shutil
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

# Chromium wants its two pipes by these numbers.
_START = """
import os, sys
from fcntl import F_DUPFD, fcntl
asked, told = (fcntl(int(number), F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(asked, 3)
os.dup2(told, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
_PATIENCE = 60.0  # s


class Tab:
    """A page in it; the protocol is that of Chromium's developer tools."""

    def __init__(self, asked: int, told: int) -> None:
        self._asked, self._told = os.fdopen(asked, "wb", 0), os.fdopen(told, "rb")
        self._number = 0
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]

    def call(self, method: str, **words: object) -> dict[str, Any]:
        self._number += 1
        said: dict[str, object] = {"id": self._number, "method": method, "params": words}
        if self._session:
            said["sessionId"] = self._session
        self._asked.write(json.dumps(said).encode() + b"\0")
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def _message(self) -> bytes:
        found = bytearray()
        while (byte := self._told.read(1)) != b"\0":
            assert byte, "the browser has ended"
            found += byte
        return bytes(found)

    def close(self) -> None:
        self._asked.close()
        self._told.close()

    def of(self, script: str) -> Any:
        """What a script comes to in the page."""
        words = {"expression": script, "awaitPromise": True, "returnByValue": True}
        done = self.call("Runtime.evaluate", **words)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def until(self, script: str) -> None:
        """Waits for it to be true, or to be there."""
        end = time.monotonic() + _PATIENCE
        while not self.of(f"Boolean({script})"):
            seen = self.of("document.body.innerText") if time.monotonic() > end else ""
            assert not seen, f"never true: {script}\n{seen}"
            time.sleep(0.01)

    def open(self, address: str) -> None:
        self.call("Page.navigate", url=address)
        self.until("document.readyState === 'complete'")

    def press(self, key: str) -> None:
        code = {"Escape": 27, "Tab": 9, "Enter": 13}.get(key, 0)
        text = {"text": key} if len(key) == 1 else {"windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def set_up(self, wide: int, high: int, dark: bool = False, dots: float = 1) -> None:
        size = {"width": wide, "height": high, "deviceScaleFactor": dots, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def photograph(self, path: Path) -> None:
        path.write_bytes(b64decode(self.call("Page.captureScreenshot", format="png")["data"]))


@contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    """Files of its own go into the folder."""
    assert PROGRAM
    ask_out, ask_in = os.pipe()
    tell_out, tell_in = os.pipe()
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe")
    words = (PROGRAM, *options, f"--user-data-dir={folder}", "--no-first-run", "about:blank")
    process = subprocess.Popen(
        (sys.executable, "-c", _START, str(ask_out), str(tell_in), *words),
        pass_fds=(ask_out, tell_in),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(ask_out)
    os.close(tell_in)
    try:
        with closing(Tab(ask_in, tell_out)) as tab:
            yield tab
    finally:
        process.terminate()
        process.wait(timeout=20)
