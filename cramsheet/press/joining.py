"""What WeasyPrint lacks for letters that join, and for words of another language.

Written for WeasyPrint 70, whose private parts it replaces; documents without such letters are
drawn as before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import svg
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

from cramsheet.page.scripts import joins
from cramsheet.press.saying import Speech, listening

_drawn_text, _tagged_box = svg.text, tags._build_box_tree
_marked, _added_font = Stream.marked, Stream.add_font
_shown, _ended_text = Stream.show_text, Stream.end_text


def teach() -> None:
    """Once or more often: the outcome is the same."""
    svg.TAGS |= {tag: _joined_text for tag, draw in svg.TAGS.items() if draw is _drawn_text}
    svg.text = _joined_text
    tags._build_box_tree = _tagged_in_its_language
    Stream.speech = None
    Stream.marked, Stream.add_font = _marked_and_heard, _font_that_is_heard
    Stream.show_text, Stream.end_text = _shown_and_said, _ended


class _Whole(str):
    """A text that falls into one letter."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _joined_text(drawing: Any, node: Any, size: float) -> None:
    """WeasyPrint draws the text of a figure letter by letter; where letters join, draw it whole."""
    if any(map(joins, str(node.text or ""))):  # it may have been drawn before
        node._etree_node.text = _Whole(node.text)
    _drawn_text(drawing, node, size)


def _tagged_in_its_language(box: Any, *rest: Any) -> Iterator[Any]:
    """WeasyPrint tells the language of the document alone; here foreign words have theirs."""
    for element in _tagged_box(box, *rest):
        if box.element_tag == "span" and (language := box.element.get("lang")):
            element["Lang"] = tags.pydyf.String(language)
        yield element


@contextmanager
def _marked_and_heard(stream: Any, box: Any, tag: str) -> Iterator[None]:
    """Where letters join, what glyphs say is written beside them: see `saying`."""

    def begin(letters: str) -> None:
        said = tags.pydyf.Dictionary({"ActualText": tags.pydyf.String(letters)})
        stream.begin_marked_content("Span", said)

    if any(map(joins, getattr(box, "text", ""))):
        stream.speech = Speech(begin, stream.end_marked_content)
    with _marked(stream, box, tag):
        yield
    stream.speech = None


def _font_that_is_heard(stream: Any, pango_font: Any) -> Any:
    font, size = _added_font(stream, pango_font)
    listening(font, stream.speech.heard if stream.speech else None)
    return font, size


def _shown_and_said(stream: Any, string: str) -> None:
    if stream.speech:
        stream.speech.show(string, lambda glyphs: _shown(stream, glyphs))
    else:
        _shown(stream, string)


def _ended(stream: Any) -> None:
    if stream.speech:
        stream.speech.close()
    _ended_text(stream)
