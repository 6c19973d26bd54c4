"""Ids are stable names: the same subject, the same id."""

import pytest

from cramsheet.pack.ids import is_slug, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amazon Data Firehose", "amazon-data-firehose"),
        ("**S3** is the `data` lake", "s3-is-the-data-lake"),
        ("TF-IDF", "tf-idf"),
        ("k-NN: how many?", "k-nn-how-many"),
        ("snake_case", "snake-case"),
        ("Café naïve", "cafe-naive"),
        ("Größe", "große"),
        ("ﬁne ²", "fine-2"),
        ("記憶 と 忘却", "記憶-と-忘却"),
        ("→ ≥ 5 %", "5"),
        ("!?", "x"),
        ("", "x"),
    ],
)
def test_slug(text: str, name: str) -> None:
    assert slug(text) == name
    assert is_slug(name)


def test_a_sentence_gives_its_first_six_words() -> None:
    assert slug("One two three, four five six seven", whole=False) == "one-two-three-four-five-six"
    assert slug("One two three, four five six seven").endswith("seven")


@pytest.mark.parametrize(
    "name", ["", "-", "a-", "-a", "a--b", "A", "a b", "a_b", "a/b", "a.b", "İ"]
)
def test_no_slug(name: str) -> None:
    assert not is_slug(name)
