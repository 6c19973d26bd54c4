"""Two wordings, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

# Words and signs with the spaces after them; of a script without spaces each letter.
_TOKEN = re.compile(
    r"\s+|(?:[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|\w+(?:[.,:'’-]\w+)*|[^\w\s])\s*"
)
SAME, GONE, COME = "", "gone", "come"
Piece = tuple[str, str]  # SAME, GONE or COME; and the words


def pieces(old: str, new: str) -> list[Piece]:
    """What stays, what goes and what comes, in the order of reading."""
    return [(way, text) for way, text in _pieces(_TOKEN.findall(old), _TOKEN.findall(new)) if text]


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    mine, theirs = ([token.strip() for token in tokens] for tokens in (old, new))
    for what, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            same = "".join(new[c:d])
            # Before words that went there was a space, even where the new text ends.
            yield SAME, same if same[-1:].isspace() else same + old[b - 1][len(mine[b - 1]) :]
        else:
            yield GONE, "".join(old[a:b])
            yield COME, "".join(new[c:d])
