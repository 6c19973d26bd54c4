"""Suite C: odd but good packs are read, printed, and keep all their words."""

import os
from collections.abc import Mapping
from pathlib import Path

import fontpkg
import pylopdf_fonts_jp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cramsheet.page.borrowed import Case
from cramsheet.page.shop import Shop
from cramsheet.pipeline import build
from cramsheet.plan.plan import Order
from cramsheet.shelf import load_all
from tests.making import SHOP
from tests.paper import letters, read
from tests.safety.naive import load
from tests.safety.odd import Odd, facts_of, odd

NAMED = Shop(
    SHOP.roots, Case((pylopdf_fonts_jp.sans_path(), Path(fontpkg.path("noto-sans-arabic"))))
)
ODD = odd()


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / "content" / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "content"


def lost(case: Odd, folder: Path) -> list[str]:
    """Words of the pack that are not on its sheet, or its booklet where it asks something."""
    (pack,) = load_all(written(folder, case.files), ["demo"], folder)
    kinds = ["sheet", *["booklet"] * any(name.startswith("q") for name in case.files)]
    printed = [build([(pack, Order(kind))], NAMED, lambda _: None)[0].data for kind in kinds]
    found = [read(data) for data in printed]
    text = "".join(letters(it.letters + "".join(reversed(it.said))) for it in found)
    return [word for words in case.words for word in words.split() if letters(word) not in text]


def test_there_are_enough_and_no_title_twice() -> None:
    assert len(ODD) >= 60
    assert len({case.title for case in ODD}) == len(ODD)


@pytest.mark.parametrize("case", ODD, ids=lambda case: case.title)
def test_an_odd_pack_is_read(case: Odd, tmp_path: Path) -> None:
    (pack,) = load_all(written(tmp_path, case.files), ["demo"], tmp_path)
    assert list(pack.entries())


@pytest.mark.slow
@pytest.mark.parametrize("case", ODD, ids=lambda case: case.title)
def test_an_odd_pack_is_printed_with_all_its_words(case: Odd, tmp_path: Path) -> None:
    assert lost(case, tmp_path) == []


@pytest.mark.slow
def test_a_lost_word_is_noticed(tmp_path: Path) -> None:
    assert lost(ODD[0]._replace(words=("nowhere",)), tmp_path) == ["nowhere"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["with space", "größe", "日本", "שלום", "a'b\"c", "x" * 120])
def test_a_project_lies_anywhere(name: str, tmp_path: Path) -> None:
    assert lost(ODD[0], tmp_path / name) == []


def test_the_naive_builder_changes_what_was_written(tmp_path: Path) -> None:
    (case,) = (case for case in ODD if case.title == "values that YAML would change")
    path = written(tmp_path, case.files) / "demo" / "1.yaml"
    shown = [str(fact["means"]) for fact in load(path)["topics"][0]["facts"]]
    changed = [word for word, seen in zip(case.words, shown, strict=True) if word != seen]
    assert len(changed) > 8


# Random packs; a release tries 200: CRAMSHEET_RANDOM=200.

_MANY = int(os.environ.get("CRAMSHEET_RANDOM", "10"))
_SIGNS = "abc XYZ éüß 12,.5 :;!?-–()[]<>&%#@*_`'\"/\\|~^=+ €°→"
_TEXT = st.text(st.sampled_from(_SIGNS), min_size=3, max_size=60).filter(
    lambda text: text.strip() == text and len(letters(text)) > 1
)


@pytest.mark.slow
@settings(max_examples=_MANY, suppress_health_check=list(HealthCheck))
@given(st.lists(_TEXT, min_size=1, max_size=12))
def test_a_random_pack_is_printed_with_all_its_words(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    facts = [f"- {{fact: {quoted(text)}, id: f{n}}}" for n, text in enumerate(texts)]
    case = facts_of("random", "\n".join(facts), *map(letters, texts))
    assert lost(case, tmp_path_factory.mktemp("pack")) == []


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
