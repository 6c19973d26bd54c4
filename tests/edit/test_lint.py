"""What an editor finds: a clean pack, and one change each (cases.yaml)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from cramsheet.edit.copy import _FORMULA, Copy
from cramsheet.edit.counts import counts
from cramsheet.edit.guessing import by_chance
from cramsheet.edit.lint import NEEDLESS, RULES, Note, lint
from cramsheet.edit.spelling import unread
from cramsheet.pack.allowing import RuleName
from cramsheet.pack.pack import Pack, read_pack
from cramsheet.page.places import MATHS
from cramsheet.plan.asking import put
from tests.making import EXAM, pack_from, pack_of
from tests.pack.every import folder

HERE = Path(__file__).parent
CLEAN = HERE / "clean"


@dataclass(frozen=True)
class Case:
    """Texts that are changed, each found once in its file, and all that is said then."""

    title: str
    changes: list[dict[str, str]]
    notes: list[str]
    today: date | None

    def pack(self) -> Pack:
        files = clean()
        for it in self.changes:
            assert files[it["in"]].count(it["find"]) == 1, f'{self.title}: "{it["find"]}"'
            files[it["in"]] = files[it["in"]].replace(it["find"], it["put"])
        return pack_from(files)


def clean() -> dict[str, str]:
    return {
        str(path.relative_to(CLEAN)): path.read_text("utf-8")
        for path in sorted(CLEAN.rglob("*.yaml"))
    }


def _case(title: str, it: dict[str, Any]) -> Case:
    day = it.get("today")
    return Case(title, it["change"], it["notes"], date.fromisoformat(day) if day else None)


def said(note: Note) -> str:
    it = note.problem
    return f"{it.mark} [{note.rule}] {it.message} | {it.hint}"


CASES = [
    _case(title, it)
    for title, it in yaml.load((HERE / "cases.yaml").read_text("utf-8"), yaml.BaseLoader).items()
]


def test_a_clean_pack_is_clean() -> None:
    assert len(clean()) == 5
    assert [said(note) for note in lint(pack_from(clean()))] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_says_so_and_no_more(case: Case) -> None:
    assert [said(note) for note in lint(case.pack(), case.today)] == case.notes


def test_each_rule_has_a_case() -> None:
    told = {note.split("[")[1].split("]")[0] for case in CASES for note in case.notes}
    assert told | {"letters", "longest"} == {*RULES, NEEDLESS}


def many(ids: list[str], right: str = "mail", wrong: str = "rail") -> Pack:
    """Questions with four options, of which one is right, and no two alike."""
    nouns = ("rope", "bolt", "lamp", "seat", "ring", "hook", "fork", "rack", "tube", "cork")
    asked = "".join(
        f"- question: {nouns[n % 10]} {nouns[n // 10 % 10]} {nouns[n // 100]}?\n  id: {name}\n"
        f"  options: [{{right: {right} {name}, why: so it is said in 1 book}}"
        + "".join(
            f", {{wrong: {wrong} {name}{more}, why: so it is said in 1 book}}" for more in "xyz"
        )
        + "]\n"
        for n, name in enumerate(ids)
    )
    return pack_of("- Lamps shine", asked)


def rules(pack: Pack) -> set[str]:
    return {note.rule for note in lint(pack)}


@pytest.mark.slow
def test_a_fair_shuffle_has_balanced_letters() -> None:
    for first in range(0, 2_000, 200):
        assert "letters" not in rules(many([f"q{n}" for n in range(first, first + 200)]))


def test_right_options_that_gather_at_a_letter() -> None:
    pack = many([f"q{n}" for n in range(200)])
    at_a = [item.id for item in pack.singles() if put(item, 1).answer == ("A",)]
    some = [item.id for item in pack.singles() if item.id not in at_a][:40]
    (note,) = [it for it in lint(many([*at_a, *some])) if it.rule == "letters"]
    assert len(at_a) > 40
    assert note.problem.message.startswith(f"right options gather at A (A {len(at_a)}, B ")
    assert said(note).startswith("exam.yaml:3:1 ")


def test_right_options_that_are_the_longest() -> None:
    ids = [f"q{n}" for n in range(20)]
    assert "longest" not in rules(many(ids))
    (note,) = [it for it in lint(many(ids, right="long mail")) if it.rule == "longest"]
    assert (
        note.problem.message == "the right option is the longest in 20 of 20 questions; chance is 5"
    )
    assert note.problem.hint.startswith("shorten it, or lengthen a wrong one, first in q")


def test_a_language_without_a_dictionary_is_not_looked_at() -> None:
    for language, looked in (
        ("en", True),
        ("en-US", True),
        ("en-GB", False),
        ("es", False),
        ("ja", False),
    ):
        pack = pack_of("- Lamps shyne", exam=f"language: {language}\n")
        assert ("spelling" in rules(pack)) is looked
        assert bool(unread(Copy(pack))) is not looked


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("de", "Vorfahrtsschilder stehen an der Kreuzung", "Vorfahrtschidler"),
        ("fr", "Il faut d'abord s'arrêter et regarder l'heure", "s'arêtter"),
        ("pt", "O ciclista para antes da faixa", "ciclsita"),
        ("ar", "والمصباح يُضيء الطريق", "المصباححح"),
    ],
)
def test_other_languages(language: str, right: str, wrong: str) -> None:
    def found(text: str) -> list[str]:
        facts = f"- topic: A\n  facts:\n    - {text}"
        notes = lint(pack_of(facts, exam=f"language: {language}\n"))
        here = [said(note) for note in notes if said(note).startswith("1.yaml")]
        return [line.split('"')[1] for line in here if "[spelling]" in line]

    assert found(right) == []
    assert len(found(f"{right} {wrong}")) == 1


def test_an_editor_reads_all_that_authors_write_and_nothing_else() -> None:
    read = [it.text for it in Copy(read_pack(folder({}))).passages]
    for text in ("Buckets", "Keys", "Holds", "objects", "in parts", "two of them", "Ingest"):
        assert text in read
    for text in ("best", "Which?", "Archive", "Folds", "X-rays are kept.", "files", "Store more"):
        assert text in read
    silent = ("more-keys", "2026-11-18", "could", "https://example.org/keys", "reads", "screen.png")
    assert not set(silent) & set(read)
    assert not any("\\frac" in text for text in read)


def test_a_formula_is_what_the_press_takes_for_one() -> None:
    assert _FORMULA.pattern == MATHS


def test_what_guessing_gives() -> None:
    """1/4, 1/C(5,2), 1/2, nothing, 1/(4 x 3), 1/3!: in six questions, 1.1 right answers."""
    pack = pack_from(
        {
            "exam.yaml": EXAM,
            "1.yaml": "domain: demo\ntopics: [{topic: T, facts: [Fact]}]\n",
            "questions/1.yaml": """\
domain: demo
questions:
  - question: One?
    options: [{right: a, why: y}, {wrong: b, why: y}, {wrong: c, why: y}, {wrong: d, why: y}]
  - question: Two?
    options: [{right: a, why: y}, {right: b, why: y}, {wrong: c, why: y}, {wrong: d, why: y},
      {wrong: e, why: y}]
  - {claim: Three, is: true, why: y}
  - {fill: Four ___, blanks: [x], why: y}
  - {match: Five, pairs: {a: b, c: d}, extra: [e, f], why: y}
  - {order: Six, items: [a, b, c], why: y}
""",
        }
    )
    assert by_chance(Copy(pack)) == pytest.approx((1 / 4 + 1 / 10 + 1 / 2 + 0 + 1 / 12 + 1 / 6) / 6)


def test_counts() -> None:
    text = counts(pack_from(clean()))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Riding 3 5 4 12 60 %" in lines
    assert "limit 1 0 0 1 5 %" in lines
    assert "questions claim fill match order question all share" in lines
    assert "Care, 2.1 0 1 1 1 1 4 40 %" in lines
    assert "the right option alone is the longest 0.0 %" in lines


def test_authors_can_allow_each_rule() -> None:
    assert tuple(RULES) == get_args(RuleName)


def test_a_note_is_told_with_place_rule_and_remedy() -> None:
    (note,) = lint(next(it for it in CASES if it.title == "a long sentence").pack())
    first, second = str(note).split("\n")
    assert first.startswith("1-riding.yaml:8:15: note: the sentence has 26 words")
    assert first.endswith(" [long]")
    assert second == "  hint: say it in fewer words, or make two facts of it"
