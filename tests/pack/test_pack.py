"""A folder of files to a Pack: what stands where, and what only all files together can tell."""

from datetime import date
from pathlib import Path

import pytest

from cramsheet.caps import USUAL
from cramsheet.pack import facts, questions
from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import MOST_PROBLEMS, Source
from cramsheet.problems import Mistakes, Problem
from tests.pack import every

HEAD = "domain: storage\ntopics:\n- topic: Buckets\n  facts:\n"


def pack(**texts: str) -> Pack:
    return read_pack(every.folder({f"{name}.yaml": text for name, text in texts.items()}))


def told(folder: Folder) -> list[Problem]:
    with pytest.raises(Mistakes) as caught:
        read_pack(folder)
    return list(caught.value.problems)


def with_facts(entries: str) -> Folder:
    """The pack with these facts alone, which its questions do not ask for."""
    folder = every.folder({})
    source = Source("facts.yaml", f"{HEAD}{entries}".encode())
    return Folder("case", folder.exam, (source,))


EVERY = pack()
ROOT = Path(__file__).parents[2]
PACKS = [ROOT / "templates/new", *(path.parent for path in ROOT.glob("content/*/exam.yaml"))]


@pytest.mark.parametrize("path", PACKS, ids=[path.name for path in PACKS])
def test_what_we_ship_has_no_mistake(path: Path) -> None:
    def read(pattern: str) -> tuple[Source, ...]:
        return tuple(Source(str(file), file.read_bytes()) for file in sorted(path.glob(pattern)))

    (exam,) = read("exam.yaml")
    found = tuple(source for source in read("*.yaml") if source != exam)
    pictures = {file.name: b"" for file in path.glob("figures/*")}
    shipped = read_pack(Folder(path.name, exam, found, read("questions/*.yaml"), pictures))
    assert list(shipped.entries())
    assert list(shipped.singles())


def test_there_are_packs() -> None:
    assert len(PACKS) > 1


def test_every_kind_is_there() -> None:
    assert {entry.fact.kind for entry in EVERY.entries()} == set(facts.KINDS)
    items = [item for domain in EVERY.domains for item in domain.items]
    assert {item.asked.kind for item in items} == set(questions.KINDS)
    assert {type(entry.fact) for entry in EVERY.entries()} == set(facts.KINDS.values())


def test_every_key_is_there() -> None:
    given: dict[type, set[str]] = {}
    for thing in [
        *(entry.fact for entry in EVERY.entries()),
        *(item.asked for domain in EVERY.domains for item in domain.items),
        *(item.asked for item in EVERY.singles()),
        EVERY.exam,
        EVERY.exam.blueprint,
        EVERY.exam.lint,
        EVERY.exam.marking,
    ]:
        given.setdefault(type(thing), set()).update(thing.model_fields_set)
    common = set(facts.Common.model_fields) | set(questions.Asked.model_fields)
    for model, names in given.items():
        own = set(getattr(model, "model_fields", {})) - common
        assert own <= names, model


def test_domains_and_topics_keep_their_order() -> None:
    assert [domain.row.id for domain in EVERY.domains] == ["storage", "metrics"]
    assert [topic.title for domain in EVERY.domains for topic in domain.topics] == [
        "Buckets",
        "More",
        "Figures",
    ]
    assert EVERY.domains[0].topics[0].task == "1.10"


def test_ids_are_given_or_made_from_the_subject() -> None:
    ids = [entry.id for entry in EVERY.entries()]
    assert ids[:4] == ["a-bucket-holds-objects", "more-keys", "s3", "stores"]
    assert len(set(ids)) == len(ids)


def test_a_fact_is_found_again_at_its_mark() -> None:
    entries = list(EVERY.entries())
    assert entries
    for entry in entries:
        line = every.TEXTS[entry.mark.path].splitlines()[entry.mark.line - 1]
        rest = line[entry.mark.column - 1 :]
        assert rest in (entry.fact.subject, f"{entry.fact.kind}: {entry.fact.subject}")


def test_the_parts_of_a_case_are_its_questions() -> None:
    case = EVERY.domains[0].items[-1]
    assert [part.asked.kind for part in case.parts] == ["claim", "question"]
    assert list(EVERY.singles())[-2:] == list(case.parts)
    assert len(list(EVERY.singles())) == 7


def test_source_and_date_come_from_the_topic() -> None:
    plain, own, *_ = EVERY.entries()
    assert (plain.source, plain.verified) == ("https://example.org/buckets", date(2026, 11, 19))
    assert (own.source, own.verified) == ("https://example.org/keys", date(2026, 11, 18))


def test_a_topics_date_is_not_that_of_another_source() -> None:
    text = every.TEXTS["1-storage.yaml"].replace("        verified: 2026-11-18\n", "")
    entries = {entry.id: entry for entry in pack(**{"1-storage": text}).entries()}
    assert entries["more-keys"].verified is None
    assert entries["s3"].verified == date(2026, 11, 19)


def test_the_edition_is_written_or_the_last_day_verified() -> None:
    assert EVERY.edition == date(2026, 11, 20)
    exam = every.TEXTS["exam.yaml"].replace("edition: 2026-11-20\n", "")
    assert pack(exam=exam).edition == date(2026, 11, 19)
    facts = every.TEXTS["1-storage.yaml"].replace("2026-11-1", "2026-10-1")
    assert pack(**{"exam": exam, "1-storage": facts}).edition == date(2026, 10, 19)


def test_a_fact_and_a_question_may_share_an_id() -> None:
    text = every.TEXTS["questions/1-storage.yaml"].replace("id: q-objects", "id: s3")
    read_pack(every.folder({"questions/1-storage.yaml": text}))


@pytest.mark.parametrize("name", ["größe", "記憶", "первый-бакет", "s3", "1", "a-1-b"])
def test_ids_of_any_script(name: str) -> None:
    read = read_pack(with_facts(f"  - {{fact: x, id: {name}}}\n"))
    assert [entry.id for entry in read.entries()] == [name]


@pytest.mark.parametrize(
    "text",
    ["no", "1.10", "012", "1:30", "~", "null", "false", "2026-01-02", "日本語", "x" * 400],
)
def test_text_is_what_is_written(text: str) -> None:
    read = read_pack(with_facts(f"  - {text}\n  - {{term: {text}, means: {text}, id: of-this}}\n"))
    bare, term = read.entries()
    assert bare.fact.subject == text
    assert isinstance(term.fact, facts.Term)
    assert (term.fact.term, term.fact.means) == (text, text)


def test_code_keeps_its_spaces() -> None:
    code = next(entry.fact for entry in EVERY.entries() if isinstance(entry.fact, facts.Code))
    assert code.lines == "def f():\n    return 1"


def test_curves_are_functions_or_points() -> None:
    figure = next(entry.fact for entry in EVERY.entries() if isinstance(entry.fact, facts.Figure))
    assert figure.plot
    assert figure.plot.curves == {
        "training": ("", ((0.0, 9.0), (2.0, 0.5), (-5.0, 20.0))),
        "s": ("sigmoid", ()),
    }
    assert (figure.plot.low, figure.plot.high) == (-5.0, 5.0)


def test_without_an_exam_the_other_files_are_read() -> None:
    folder = every.folder({"2-metrics.yaml": "domain: nowhere"})
    bare = Folder("every", None, folder.facts, (), {"screen.png": b""}, "content/every")
    assert [str(problem.mark) + " " + problem.message for problem in told(bare)] == [
        '2-metrics.yaml:1:1 "topics" is missing',
        "content/every:1:1 exam.yaml is missing",
    ]


def test_a_pack_needs_facts() -> None:
    (problem,) = told(Folder("every", every.folder({}).exam, ()))
    assert problem.message == "the pack has no facts"
    assert problem.hint


def test_a_pack_has_an_end() -> None:
    entries = [f"  - fact number {n}\n" for n in range(USUAL.facts + 1)]
    read_pack(with_facts("".join(entries[:-1])))
    (problem,) = told(with_facts("".join(entries)))
    assert problem.message == "3,001 facts and questions; 3,000 is the most"


def test_a_table_has_an_end() -> None:
    rows = "".join(f"      r{n}: [a, b]\n" for n in range(1_001))
    table = f"  - compare: Much\n    columns: [a, b]\n    rows:\n{rows}"
    (problem,) = told(with_facts(table))
    assert problem.message == "the table has 2,002 cells; 2,000 is the most"
    read_pack(with_facts(table[: table.index("      r1000")]))


def test_no_more_is_told_than_a_person_reads() -> None:
    problems = told(with_facts("  - {tem: x}\n" * 500))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].message == "more problems from here on"
