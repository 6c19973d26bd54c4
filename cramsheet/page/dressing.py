"""The styles of a document that no plan is behind: a report, a list of changes."""

from collections.abc import Sequence

from cramsheet.page.borrowed import Borrowed
from cramsheet.page.fonts import faces_css
from cramsheet.page.properties import ROOT, properties
from cramsheet.page.shop import Shop, Style
from cramsheet.page.small import variables
from cramsheet.plan.kinds import Kind
from cramsheet.plan.papers import Paper


def dressed(
    shop: Shop,
    kind: Kind,
    paper: Paper,
    margins: str,
    faces: tuple[str, str],
    more: Sequence[Borrowed],
    right_to_left: bool,
) -> tuple[Style, ...]:
    """The style called as the kind, at its size; `margins` as CSS has them, `faces` are look and
    ink, `more` the fonts for letters that ours lack."""
    look, ink = faces
    names = ["base", kind.name, *(["rtl"] if right_to_left else [])]
    own = [style for name in names for style in shop.style_if_any(name)]
    own += [shop.style(f"look/{look}"), shop.style(f"ink/{ink}")]
    families = ", ".join(font.family for font in more)
    page = f"@page {{ size: {paper.width}mm {paper.height}mm; margin: {margins} }}\n"
    page += f"@page {{ font-family: CramText }}\nhtml {{ font-size: {kind.size}pt }}\n"
    page += variables(kind) + (f":root {{ --more: {families} }}\n" if more else "")
    light = properties(own)[ROOT].get("strokes") == "light"
    fonts = faces_css("".join(style.text for style in own), light, more)
    return (Style("fonts", fonts), Style("pages", page), *own)
