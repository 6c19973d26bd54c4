"""What has changed is told as what it is: a made history, edit by edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from cramsheet.edition.changes import Changes, changes
from cramsheet.edition.record import Edition, record_from
from cramsheet.pack.content import Content, content_of
from tests.making import ROOT, pack_from

HERE = ROOT / "tests/edition"
FILES = {
    str(path.relative_to(HERE / "history")): path.read_text("utf-8")
    for path in sorted((HERE / "history").rglob("*.yaml"))
}
EDITS: list[dict[str, Any]] = yaml.safe_load((HERE / "edits.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Edit:
    what: str
    edit: Mapping[str, str]
    told: Mapping[str, str]


def content(files: Mapping[str, str]) -> Content:
    return content_of(pack_from(files))


def edited(edit: Edit) -> Content:
    files = dict(FILES)
    for old, new in edit.edit.items():
        (name,) = [name for name, text in files.items() if old in text]
        assert files[name].count(old) == 1
        files[name] = files[name].replace(old, new)
    return content(files)


def said(found: Changes) -> dict[str, str]:
    return {it.thing.element: " ".join((*_ways(it.ways, it.meaning),)) for it in found.all}


def _ways(ways: tuple[str, ...], meaning: tuple[str, ...]) -> list[str]:
    words: list[str] = []
    for way in ways:
        words += [str(way), *meaning] if way == "changed" else [str(way)]
    return words


@pytest.mark.parametrize("edit", [Edit(**it) for it in EDITS], ids=lambda it: it.what)
def test_each_edit_is_told_as_what_it_is(edit: Edit) -> None:
    assert said(changes(content(FILES), edited(edit))) == dict(edit.told)


def test_there_are_sixty_and_each_way_comes_several_times() -> None:
    assert len(EDITS) >= 60
    told = " ".join(words for it in EDITS for words in it["told"].values())
    for way in ("new", "changed", "reworded", "moved", "renamed", "removed", "corrected"):
        assert told.split().count(way) >= 2, way


@pytest.mark.parametrize("edit", [Edit(**it) for it in EDITS], ids=lambda it: it.what)
def test_a_record_tells_the_same_as_the_content(edit: Edit) -> None:
    old, new = (record_from(Edition(it).to_json()).content for it in (content(FILES), edited(edit)))
    assert said(changes(old, new)) == dict(edit.told)


def test_the_way_back_is_told_backwards() -> None:
    for it in EDITS:
        edit = Edit(**it)
        back = said(changes(edited(edit), content(FILES)))
        assert len(back) == len(edit.told), edit.what
