"""Code with its syntax marked; the stylesheet says how a keyword looks."""

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


def listing(lines: str, language: str) -> Markup:
    """The code as spans; a language that is not known is printed as plain text."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    return Markup(highlight(lines, lexer, HtmlFormatter(nowrap=True)).rstrip("\n"))
