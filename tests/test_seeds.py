"""docs/seeds.md says where the notes went that the pack began with."""

import re

from cramsheet.shelf import load_all
from tests.making import ROOT

ROW = re.compile(r"^\| (\d+)(?:-(\d+))? \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)


def test_every_fact_that_is_named_is_in_the_pack() -> None:
    text = (ROOT / "docs/seeds.md").read_text("utf-8")
    (pack,) = load_all(ROOT / "content", ["mls-c01"], ROOT)
    known = {entry.id for entry in pack.entries()}
    parts = re.split(r"^## Document \d+: .*\((\d+) lines\)$", text, flags=re.MULTILINE)[1:]
    assert len(parts) == 10
    for size, part in zip(parts[::2], parts[1::2], strict=True):
        rows = ROW.findall(part)
        assert len(rows) > 30
        for first, last, facts, remark in rows:
            assert 0 < int(first) <= int(last or first) <= int(size)
            assert facts.strip() or remark.strip(), first
            assert set(re.findall(r"`([^`]+)`", facts)) <= known
