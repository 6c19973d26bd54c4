"""The pack in every/: each kind of fact and question with each key; it has no mistake."""

from pathlib import Path

from cramsheet.pack.pack import Folder
from cramsheet.pack.source import Source

HERE = Path(__file__).parent / "every"
FACTS = ("1-storage.yaml", "2-metrics.yaml")
QUESTIONS = ("questions/1-storage.yaml",)
TEXTS = {
    name: (HERE / name).read_text(encoding="utf-8") for name in ("exam.yaml", *FACTS, *QUESTIONS)
}


def folder(texts: dict[str, str]) -> Folder:
    """The pack with some of its files written otherwise."""
    sources = {name: Source(name, text.encode()) for name, text in (TEXTS | texts).items()}
    return Folder(
        "every",
        sources["exam.yaml"],
        tuple(sources[name] for name in FACTS),
        tuple(sources[name] for name in QUESTIONS),
        {"screen.png": b""},
    )
