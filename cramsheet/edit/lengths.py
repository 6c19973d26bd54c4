"""What is too long to be taken in at a glance."""

from collections.abc import Iterator

from cramsheet.edit.copy import Copy, Finding, found

_SENTENCES = ("fact", "trap", "truth", "choose", "not", "note", "where")
_SHORTER = {
    "sentence": "say it in fewer words, or make two facts of it",
    "cell": "keep the words that tell the columns apart",
    "definition": "keep what tells it from others; the rest can be a fact",
}


def too_long(copy: Copy) -> Iterator[Finding]:
    lint = copy.pack.exam.lint
    most = {"sentence": lint.sentence, "cell": lint.cell, "definition": lint.definition}
    kinds = dict.fromkeys(_SENTENCES, "sentence") | {"means": "definition"}
    kinds |= {"rows": "cell", "columns": "cell"}
    for it in copy.facts:
        kind = kinds.get(it.key)
        if kind and it.length > most[kind]:
            message = f"the {kind} has {it.length} words; {most[kind]} is the most"
            yield found(message, it.mark, _SHORTER[kind], it.owner)
