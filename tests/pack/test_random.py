"""Whatever is typed: a pack, or mistakes that lie in the file and can be read."""

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from cramsheet.pack.pack import read_pack
from cramsheet.pack.source import Source
from cramsheet.pack.tree import parse
from cramsheet.problems import Mark, Mistakes
from tests.pack import every

SIGNS = [
    *"*&!?|>-:,[]{}\"'#%@`\\ \t\r~<=_.0aé漢",
    *(
        "\n",
        "\n  ",
        "\n- ",
        ": ",
        "- ",
        "---\n",
        "...\n",
        "<<: ",
        "&a ",
        "*a",
        "!!str ",
        "%YAML 1.1\n",
    ),
    *(
        "null",
        "true",
        "1.10",
        "2026-01-02",
        '"\\f"',
        '"\\u202e"',
        "term: ",
        "facts:",
        "id: ",
        "___",
    ),
    *(
        "\ufeff",
        "\x00",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufffe",
        "\U0001d11e",
        "e\u0301",
        "👩\u200d🔬",
    ),
]
TEXT = st.one_of(
    st.lists(st.sampled_from(SIGNS), max_size=60).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=200),
)
SAME = settings(deadline=None, database=None, derandomize=True)  # each time, without a clock


def sound(error: Mistakes, texts: dict[str, str]) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.mark
        assert lies_in(problem.mark, texts), problem
        assert problem.message
        assert problem.hint
        said = problem.message + problem.hint
        assert len(said) < 600
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]", said), problem
        assert not re.search(r"\([a-z_]+\)$", problem.message), "pydantic's word for it"


def lies_in(mark: Mark, texts: dict[str, str]) -> bool:
    lines = re.split("\r\n|\r|\n", texts[mark.path].removeprefix("\ufeff"))
    return 1 <= mark.line <= len(lines) and 1 <= mark.column <= len(lines[mark.line - 1]) + 1


@settings(SAME, max_examples=1_000)
@given(TEXT)
def test_any_text_is_a_tree_or_mistakes_in_it(text: str) -> None:
    try:
        parse(Source("a.yaml", text.encode()))
    except Mistakes as error:
        sound(error, {"a.yaml": text})


@settings(SAME, max_examples=300)
@given(st.binary(max_size=100))
def test_any_bytes_are_a_tree_or_mistakes(data: bytes) -> None:
    try:
        parse(Source("a.yaml", data))
    except Mistakes as error:
        sound(error, {"a.yaml": data.decode("utf-8", "replace")})


def typo(text: str, dice: random.Random) -> str:
    """The text with one slip of the fingers."""
    at = dice.randrange(len(text) + 1)
    if dice.random() < 0.5:
        sign: str = dice.choice(["", *SIGNS])
        return text[:at] + sign + text[at + dice.randrange(4) :]
    lines = text.split("\n")
    row, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    slips = [[], [f"  {lines[row]}"], [lines[row][2:]], [lines[row], lines[other]]]
    lines[row : row + 1] = slips[dice.randrange(len(slips))]
    return "\n".join(lines)


@settings(SAME, max_examples=300)
@given(st.sampled_from(sorted(every.TEXTS)), st.integers(1, 3), st.integers(0, 10**9))
def test_any_slip_in_a_pack_is_a_pack_or_mistakes_in_it(name: str, slips: int, seed: int) -> None:
    dice, text = random.Random(seed), every.TEXTS[name]
    for _ in range(slips):
        text = typo(text, dice)
    try:
        read_pack(every.folder({name: text}))
    except Mistakes as error:
        sound(error, every.TEXTS | {name: text})


def test_slips_are_noticed() -> None:
    """The test above would say nothing if every slip were taken for content."""
    noticed = 0
    for seed in range(200):
        text = typo(every.TEXTS["1-storage.yaml"], random.Random(seed))
        try:
            read_pack(every.folder({"1-storage.yaml": text}))
        except Mistakes:
            noticed += 1
    assert noticed > 80
