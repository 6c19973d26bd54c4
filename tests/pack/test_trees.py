"""Files that were read before are the same trees, whatever is in the cellar."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cramsheet.caps import USUAL
from cramsheet.cellar.cellar import Cellar
from cramsheet.cellar.keeping import keeping_in
from cramsheet.pack import trees
from cramsheet.pack.source import Source
from cramsheet.pack.tree import parse
from cramsheet.pack.trees import known_tree
from cramsheet.problems import Mistakes
from tests.making import PACKS, ROOT

FILES = sorted((*PACKS.rglob("*.yaml"), *(ROOT / "content").rglob("*.yaml")))
SMALL = Source("a.yaml", b"one: [1, {two: no}]\nthree: ''\nfour: {}\n")


def test_every_file_of_every_pack_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [Source(path.name, path.read_bytes()) for path in FILES]
    expected = [parse(source) for source in sources]
    with keeping_in(Cellar(tmp_path, lambda: "a")):
        assert [known_tree(source) for source in sources] == expected
    monkeypatch.setattr(trees, "parse", lambda source: pytest.fail("read again"))
    with keeping_in(Cellar(tmp_path, lambda: "a")):
        assert [known_tree(source) for source in sources] == expected
    assert len(expected) > 10


def test_a_file_that_moved_is_known_and_its_places_are_new(tmp_path: Path) -> None:
    moved = replace(SMALL, path="b.yaml")
    with keeping_in(Cellar(tmp_path, lambda: "a")):
        known_tree(SMALL)
        tree = known_tree(moved)
    assert tree == parse(moved)
    assert tree.at(("one", 1, "two")).mark.path == "b.yaml"


def test_mistakes_are_found_each_time(tmp_path: Path) -> None:
    wrong = Source("a.yaml", b"a: 1\na: 2\n")
    with keeping_in(Cellar(tmp_path, lambda: "a")):
        for _ in range(2):
            with pytest.raises(Mistakes, match="given twice"):
                known_tree(wrong)


def test_what_was_read_with_more_allowed_is_not_taken_without(tmp_path: Path) -> None:
    long = Source("a.yaml", b"a: " + b"x" * 401)
    with keeping_in(Cellar(tmp_path, lambda: "a")):
        known_tree(replace(long, caps=USUAL.allowing([("word", 500)])))
        with pytest.raises(Mistakes, match="a word of 401 characters"):
            known_tree(long)


WRONG: list[Any] = [
    None,
    5,
    [],
    [1, 2],
    [1, 2, 3],
    ["1", 2, "x"],
    [1.5, 2, "x"],
    [True, 1, "x"],
    [1, 2, [1, 2]],
    [1, 2, [[1, 2, None]]],
    [1, 2, {"a": [1, 2]}],
    [1, 2, {"a": [1, "2", [1, 2, "x"]]}],
    [1, 2, {"a": "abc"}],
]


@pytest.mark.parametrize("wrong", WRONG, ids=json.dumps)
def test_what_is_no_tree_is_not_taken(wrong: Any, tmp_path: Path) -> None:
    cellar = Cellar(tmp_path, lambda: "a")
    with keeping_in(cellar):
        cellar.put("files", SMALL.data, json.dumps(wrong).encode())
        assert known_tree(SMALL) == parse(SMALL)


def test_a_tree_that_is_too_deep_is_not_taken(tmp_path: Path) -> None:
    deep: Any = [1, 1, "x"]
    for _ in range(150):
        deep = [1, 1, [deep]]
    cellar = Cellar(tmp_path, lambda: "a")
    with keeping_in(cellar):
        cellar.put("files", SMALL.data, json.dumps(deep).encode())
        assert known_tree(SMALL) == parse(SMALL)
