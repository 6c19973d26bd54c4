"""Templates and styles: one's own before the built-in ones, and none that nothing uses."""

import re
import sys
from pathlib import Path

import pytest

from cramsheet.pack import facts, questions
from cramsheet.page.shop import Shop
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.papers import SIZES
from cramsheet.plan.sittings import SITTING, WEAK
from cramsheet.problems import Mistakes
from tests.making import ROOT, SHOP, flow, own_shop, pack_of

PARTS = ("backs", "changes", "contents", "feet", "frames", "front", "history", "names", "results")
TEMPLATES = ROOT / "templates"
STYLES = ROOT / "styles"


def names(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


def test_every_kind_of_fact_and_question_has_a_template_and_no_template_lacks_its_kind() -> None:
    assert names(TEMPLATES / "facts", "*") == {f"{kind}.html" for kind in facts.KINDS}
    kinds = set(questions.KINDS) - {"case"}  # its story and its parts are printed
    asked = names(TEMPLATES / "questions", "*")
    assert {f"{kind}.html" for kind in kinds} <= asked
    assert asked - {f"{kind}.html" for kind in kinds} <= included()


def test_every_kind_of_document_has_a_template_and_a_style() -> None:
    for kind in (*KINDS, *SITTING):
        assert (TEMPLATES / f"{kind}.html").is_file()
        assert SHOP.style(kind).text


def test_no_template_is_left_over() -> None:
    files = {name for name in names(TEMPLATES, "*.*") if name.endswith((".html", ".txt"))}
    documents = {f"{kind}.html" for kind in (*KINDS, *SITTING, WEAK.name)}
    documents |= {f"{name}.html" for name in PARTS}
    kinds = {f"facts/{kind}.html" for kind in facts.KINDS}
    kinds |= {f"asks/{kind}.html" for kind in KINDS["ask"].only}
    kinds |= {f"questions/{kind}.html" for kind in questions.KINDS}
    assert len(files) > 20
    assert files - documents - kinds - included() == {"preview.html"}  # for `cramsheet preview`


def included() -> set[str]:
    """Templates that another one asks for by name."""
    texts = [path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")]
    asked = r'(?:include|extends|from) "([^"]+)"'
    found = {name for text in texts for name in re.findall(asked, text)}
    found |= {"flow.html", "screen.html"}  # {% extends layout %}
    return found | {name.removeprefix("questions/") for name in found}


def test_no_style_is_left_over() -> None:
    used = {
        "base",
        "frames",
        "leaf",
        "names",
        "rtl",
        "screen",
        *KINDS,
        *SITTING,
        WEAK.name,
        "results",
        "changes",
        "paper/card",
        *(f"paper/{size}" for size in SIZES),
    }
    used |= {
        f"{folder}/{name}" for folder in ("look", "ink") for name in SHOP.names(f"styles/{folder}")
    }
    styles = {name.removesuffix(".css") for name in names(STYLES, "*.css")}
    assert {"base", *KINDS, *SITTING} <= styles
    assert styles - used == set()
    assert names(STYLES, "*.*") == {f"{name}.css" for name in styles}


def test_a_style_of_ones_own_wins(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"styles/sheet.css": "p { color: red }"})
    assert shop.style("sheet").text == "p { color: red }"
    assert shop.style("sheet").path == str(tmp_path / "styles" / "sheet.css")
    assert shop.style("notes") == SHOP.style("notes")


def test_a_style_that_is_not_there_is_named() -> None:
    with pytest.raises(Mistakes) as caught:
        SHOP.style("sheets")
    (problem,) = caught.value.problems
    assert problem.message == 'no style "sheets"'
    assert problem.hint == 'did you mean "sheet"?'
    assert SHOP.style_if_any("sheets") == ()


def test_the_built_in_folders_are_always_there(tmp_path: Path) -> None:
    shop = Shop.open(tmp_path)
    assert shop.roots == (tmp_path.resolve(), ROOT)
    assert Shop.open(ROOT).roots == (ROOT,)


def test_the_starter_is_a_pack() -> None:
    assert {"exam.yaml", "1-first-domain.yaml"} <= set(SHOP.starters())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("name", ["styles/sheet.css", "templates/sheet.html"])
def test_a_link_among_ones_own_files_is_not_followed(name: str, tmp_path: Path) -> None:
    """A project may have come from somebody; its folders may be links, which the user made."""
    (tmp_path / "secret").write_text("SECRET")
    (tmp_path / "project" / name).parent.mkdir(parents=True)
    (tmp_path / "project" / name).symlink_to(tmp_path / "secret")
    with pytest.raises(Mistakes, match="a link, and only what is in the folder itself is read"):
        flow(pack_of(), shop=Shop.open(tmp_path / "project"))


def test_a_style_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    own_shop(tmp_path, {"styles/sheet.css": ""})
    (tmp_path / "styles" / "sheet.css").write_bytes(b"p {}\n/* caf\xe9 */\n")
    with pytest.raises(Mistakes, match=r"sheet.css:2:1: error: not UTF-8 text \(byte 0xe9\)"):
        flow(pack_of(), shop=Shop.open(tmp_path))
