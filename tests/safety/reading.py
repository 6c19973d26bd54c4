"""The letters of a PDF as they are drawn, or of a text, without what layout may change."""

from cramsheet.page.promised import bare
from tests import paper


def letters_of(source: bytes | str) -> str:
    """Without spaces, dashes and quotes: words that were divided are whole again."""
    if isinstance(source, bytes):
        source = "".join(run.text for run in paper.read(source).runs)
    return bare(source)
