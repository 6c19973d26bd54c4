"""Templates are looked at once for each document, and what was edited is read anew."""

import os
from pathlib import Path

from cramsheet.page.rendering import environment, in_authors_words

INNER, OUTER = "inner.html", "outer.html"


def write(path: Path, text: str, time: int) -> None:
    path.write_text(text)
    os.utime(path, (time, time))


def test_an_edited_template_is_read_anew_wherever_it_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    write(folder / INNER, "one", 1)
    write(folder / OUTER, '{% include "inner.html" %} {% include "inner.html" %}', 1)
    jinja = environment((folder,))
    assert in_authors_words(jinja, OUTER) == "one one"
    write(folder / INNER, "two", 2)
    assert in_authors_words(jinja, OUTER) == "two two"
    write(folder / OUTER, '{% include "inner.html" %}', 2)
    assert in_authors_words(jinja, OUTER) == "two"


def test_files_are_not_asked_at_every_include(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    write(folder / INNER, "one", 1)

    def edit() -> str:
        write(folder / INNER, "two", 2)
        return " "

    write(folder / OUTER, '{% include "inner.html" %}{{ edit() }}{% include "inner.html" %}', 1)
    jinja = environment((folder,))
    assert in_authors_words(jinja, INNER) == "one"
    assert in_authors_words(jinja, OUTER, edit=edit) == "one one", "a document is of one moment"
