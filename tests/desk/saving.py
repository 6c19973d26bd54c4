"""A small pack in a folder, and how editors save its files."""

import time
from pathlib import Path

from tests.making import EXAM

FACTS = "domain: demo\ntopics:\n  - topic: Topic\n    facts: [A bare fact, Another one]\n"
ASKED = "domain: demo\nquestions:\n  - {claim: It is, is: true, why: it is}\n"


def small_project(folder: Path) -> Path:
    (folder / "content/demo/questions").mkdir(parents=True)
    (folder / "content/demo/exam.yaml").write_text(EXAM)
    (folder / "content/demo/1.yaml").write_text(FACTS)
    (folder / "content/demo/questions/1.yaml").write_text(ASKED)
    return folder


def over(path: Path, text: str) -> None:
    path.write_text(text)


def renamed(path: Path, text: str) -> None:
    """VS Code with atomic saves, Emacs, sed -i."""
    new = path.with_name("4f3a.tmp")
    new.write_text(text)
    new.replace(path)


def as_vim(path: Path, text: str) -> None:
    """It tries whether it may write, keeps the old file, writes a new one, and tidies up."""
    probe, old = path.with_name("4913"), path.with_name(f"{path.name}~")
    probe.write_text("")
    probe.unlink()
    path.rename(old)
    path.write_text(text)
    old.unlink()


def cut_first(path: Path, text: str) -> None:
    """Two steps, as a slow editor takes them."""
    path.write_text("")
    time.sleep(0.02)
    path.write_text(text)
