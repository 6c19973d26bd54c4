"""A record is read again as it was written; a damaged one is refused with one clear line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.edition.finding import editions_in
from cramsheet.edition.record import Document, Edition, Old, record_from
from cramsheet.pack.content import content_of
from cramsheet.page.sheets import Stamp
from cramsheet.problems import Mistakes
from tests.making import pack_of

CONTENT = content_of(pack_of("- {limit: Size, value: 5, unit: GB, id: size}\n- A bare fact"))
RECORD = Edition(
    CONTENT,
    {
        "demo-sheet-a4": Document(
            {"kind": "sheet", "paper": "a4"},
            (Stamp("Q7JJW", "2026-11-21 1d9c44"),),
            {"fact-size": ((1, (5.0, 6.0, 50.0, 9.5)),)},
            '{"version": 2}',
            "size and 5 of 6 pages kept",
        )
    },
    {"AAAAA": Old("demo-sheet-a4", 1, "2026-10-01 aaaaaa")},
)
TEXT = RECORD.to_json()


def test_a_record_is_read_as_it_was_written() -> None:
    again = record_from(TEXT)
    assert again.to_json() == TEXT
    assert again.content.things == CONTENT.things
    assert again.documents == RECORD.documents
    assert again.earlier == RECORD.earlier
    assert record_from(TEXT.replace("\n", "\r\n")).to_json() == TEXT


def test_a_record_is_sorted_json_with_a_thing_a_line() -> None:
    plain = json.loads(TEXT)
    assert list(plain) == [*sorted(set(plain) - {"sum"}), "sum"]
    assert sum(line.startswith('"fact-') for line in TEXT.splitlines()) == len(CONTENT.things)


def test_a_booklet_tells_digests_but_no_words() -> None:
    untold = record_from(Edition(CONTENT.untold()).to_json()).content
    assert {it.digest for it in untold.things.values()} == {
        it.digest for it in CONTENT.things.values()
    }
    assert not any(it.words for it in untold.things.values())


def _with(key: str, value: object) -> Callable[[str], str]:
    def changed(text: str) -> str:
        plain = json.loads(text)
        plain[key] = value
        return json.dumps(plain)

    return changed


DAMAGE: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _: "", "cannot be read"),
    "cut in the middle": (lambda text: text[: len(text) // 2], "cannot be read"),
    "without its end": (lambda text: text[:-3], "cannot be read"),
    "one letter": (lambda text: text.replace("GB", "MB"), "damaged, or was changed by hand"),
    "one digit": (lambda text: text.replace('"5"', '"6"'), "damaged, or was changed by hand"),
    "a place": (lambda text: text.replace("50.0", "60.0"), "damaged, or was changed by hand"),
    "another sum": (lambda text: text.replace('"sum": "', '"sum": "0'), "changed by hand"),
    "no sum": (lambda text: text.replace('"sum"', '"some"'), "changed by hand"),
    "a line less": (lambda text: text.replace('"code": "DEMO-1",\n', ""), "changed by hand"),
    "indented by an editor": (lambda text: json.dumps(json.loads(text), indent=2), "by hand"),
    "a list": (lambda _: "[]", "no edition record"),
    "a text": (lambda _: '"edition"', "no edition record"),
    "a number": (lambda _: "7", "no edition record"),
    "nothing": (lambda _: "null", "no edition record"),
    "other JSON": (lambda _: '{"version": 1}', "no edition record"),
    "a newer version": (_with("version", 2), "is of version 2, this program reads 1"),
    "no version": (_with("version", None), "is of version None"),
    "another form": (_with("form", "layout"), "no edition record"),
    "very deep": (lambda _: "[" * 100_000, "cannot be read"),
    "twice": (lambda text: text + text, "cannot be read"),
    "YAML": (lambda _: "code: MLS-C01\n", "cannot be read"),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damage_is_told_in_one_line(how: str, tmp_path: Path) -> None:
    damage, words = DAMAGE[how]
    path = tmp_path / "edition.json"
    path.write_text(damage(TEXT), "utf-8", newline="")
    with pytest.raises(Mistakes, match=words) as caught:
        editions_in(path)
    (problem,) = caught.value.problems
    assert problem.mark
    assert problem.mark.path == str(path)
    assert problem.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
        (b"\xff\xfe\x00\x01", "no edition record"),
        (b"\x89PNG\r\n\x1a\n", "no edition record"),
    ],
)
def test_what_is_no_record_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "old.pdf"
    path.write_bytes(data)
    with pytest.raises(Mistakes, match=words):
        editions_in(path)
