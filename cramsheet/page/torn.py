"""A text in pieces: the cells of a table that goes on in the next column."""

from bisect import bisect


def torn(text: str, words: str, parts: int) -> bool:
    """Whether a text stands in at most so many pieces, but not in one. Each is taken as long as it
    stands somewhere, so none takes fewer."""
    if parts < 2:
        return False
    for _ in range(parts):
        text = text[bisect(range(1, len(text) + 1), 0, key=lambda n: text[:n] not in words) :]
    return not text
