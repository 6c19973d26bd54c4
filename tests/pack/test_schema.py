"""The JSON Schemas that editors read say what the program takes."""

import json
from pathlib import Path
from typing import Any

import pytest

from cramsheet.pack import facts, questions
from cramsheet.pack.schema import schemas

CONTENT = Path(__file__).parents[2] / "content"
SCALARS = {"string", "number", "boolean"}


def schema(name: str) -> Any:
    return json.loads(schemas()[f"{name}.json"])


def choices(schema: Any, items: Any) -> tuple[list[str], list[Any]]:
    """The models that an entry may be, by name, and what else it may be."""
    found = items["oneOf"]
    names = [choice["$ref"].rpartition("/")[2] for choice in found if "$ref" in choice]
    assert set(names) <= set(schema["$defs"])
    return names, [choice for choice in found if "$ref" not in choice]


@pytest.mark.parametrize("name", schemas())
def test_the_schemas_beside_the_packs_are_new(name: str) -> None:
    hint = "run: python3 -m cramsheet schema"
    assert (CONTENT / ".schema" / name).read_bytes() == schemas()[name], hint


def test_no_other_schema_lies_there() -> None:
    assert {path.name for path in (CONTENT / ".schema").iterdir()} == set(schemas())


def test_a_fact_is_any_kind_or_text_alone() -> None:
    whole = schema("facts")
    names, others = choices(whole, whole["$defs"]["TopicFile"]["properties"]["facts"]["items"])
    assert names == [model.__name__ for model in facts.KINDS.values()]
    assert [set(other["type"]) for other in others] == [SCALARS]


def test_a_question_is_any_kind_and_one_of_a_case_any_but_a_case() -> None:
    whole = schema("questions")
    names, others = choices(whole, whole["properties"]["questions"]["items"])
    assert names == [model.__name__ for model in questions.KINDS.values()]
    assert others == []
    inside, _ = choices(whole, whole["$defs"]["Case"]["properties"]["questions"]["items"])
    assert inside == [name for name in names if name != "Case"]


@pytest.mark.parametrize(
    ("name", "model", "keys"),
    [
        ("facts", "Limit", ["limit", "value", "unit", "note"]),
        ("facts", "Term", ["term", "means", "formerly", "source"]),
        ("questions", "Right", ["right", "why"]),
        ("questions", "Choice", ["question", "task"]),
        ("exam", "Exam", ["code", "title"]),
    ],
)
def test_text_may_be_unquoted_numbers(name: str, model: str, keys: list[str]) -> None:
    whole = schema(name)
    properties = whole["$defs"].get(model, whole)["properties"]
    for key in keys:
        kinds = properties[key].get("anyOf", [properties[key]])
        assert SCALARS in [set(kind["type"]) for kind in kinds if kind["type"] != "null"], key


def test_is_takes_true_and_false_unquoted() -> None:
    truth = schema("questions")["$defs"]["Claim"]["properties"]["is"]
    assert {True, False} <= set(truth["enum"])


def test_the_first_key_of_each_kind_is_needed() -> None:
    for name, kinds in (("facts", facts.KINDS), ("questions", questions.KINDS)):
        models = schema(name)["$defs"]
        for kind, model in kinds.items():
            assert kind in models[model.__name__]["required"]
            assert models[model.__name__]["additionalProperties"] is False
