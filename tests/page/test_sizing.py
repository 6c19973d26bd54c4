"""The size of the text is the program's to choose: a style that sets it is named with its place."""

from pathlib import Path

import pytest

from cramsheet.page.shop import Style
from cramsheet.page.sizing import refuse_sizes
from cramsheet.problems import Mistakes
from tests.making import SHOP, own_shop, pack_of, writer


def places(text: str) -> list[str]:
    try:
        refuse_sizes([Style("styles/own.css", text)])
    except Mistakes as error:
        return [f"{it.mark.line}:{it.mark.column}" for it in error.problems if it.mark]
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("html { font-size: 9pt }", ["1:8"]),
        ("p { color: red }\n\n:root {\n  color: red;\n  font-size: 9pt;\n}", ["5:3"]),
        ("html { font: 9pt CramText }", ["1:8"]),
        ("HTML { FONT-SIZE: 9pt !important }", ["1:8"]),
        ("body, html { font-size: 9pt }", ["1:14"]),
        ("html.sheet { font-size: 9pt }", ["1:14"]),
        ("html:lang(de) { font-size: 9pt }", ["1:17"]),
        ("@media print { html { font-size: 9pt } }", ["1:23"]),
        ("html { font-size: 1px; font-size: 2px }", ["1:8", "1:24"]),
    ],
)
def test_a_size_on_the_root_is_refused(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "html { line-height: 1.2; font-family: CramText }",
        "html p { font-size: 2em }",
        "html > body { font-size: 2em }",
        "p { font-size: 8pt }",
        "html::before { font-size: 2em }",
        ".html { font-size: 2em }",
        "/* html { font-size: 9pt } */",
        "@page { font-size: 9pt }",
        "",
    ],
)
def test_sizes_of_other_things_are_an_authors_own(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_an_own_style_is_refused_before_anything_is_laid_out(kind: str, tmp_path: Path) -> None:
    text = SHOP.style(kind).text + "\nhtml { font-size: 12pt }\n"
    shop = own_shop(tmp_path, {f"styles/{kind}.css": text})
    with pytest.raises(Mistakes) as caught:
        writer(pack_of(), kind, shop=shop).flow({}, 100.0)
    (problem,) = caught.value.problems
    line = text.count("\n")
    assert str(problem.mark) == f"{tmp_path / 'styles' / f'{kind}.css'}:{line}:8"
    assert problem.message == "style: the size of the text is chosen by the program"
    assert problem.hint.startswith("ask for another with --pages or --floor")


def test_screens_keep_their_own_size(tmp_path: Path) -> None:
    assert "html { font-size" in SHOP.style("screen").text
    assert "font-size: 16px" in writer(pack_of()).edition({})
