"""Random packs for measurements: mixed kinds, tables, formulas, long words, several languages.

The same seed gives the same pack for ever: choices come from hashes of the seed.
"""

import json
from collections.abc import Sequence
from hashlib import sha256

from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import Source

WORDS = {
    "en": "stream shard model endpoint batch recall precision bucket feature label epoch gradient "
    "tensor the of a in with by for and or not is grows falls keeps reads writes stores trains "
    "quickly slowly each every other one two three serverless hyperparameter",
    "de": "Vorfahrt Straße Bremsweg Ampel Kreuzung Fahrzeug Geschwindigkeit Überholverbot die der "
    "das und oder nicht ist bei mit auf in an vor nach rechts links immer Höchstgeschwindigkeit "
    "Verkehrszeichen Fußgängerüberweg Mindestabstand darf muss kann",
    "fr": "vitesse distance freinage priorité à droite gauche le la les un une des et ou ne pas "
    "est dans avec pour sur par toujours jamais circulation stationnement dépassement "
    "anticonstitutionnellement",
}
FORMULAS = (r"\frac{a}{b}", r"\sqrt{x^2 + y^2}", r"\sum_{i=1}^{n} x_i", "e = mc^2")


class Dice:
    """Numbers that follow from a seed and a count, alike in every Python."""

    def __init__(self, seed: str) -> None:
        self.seed, self.rolled = seed, 0

    def below(self, most: int) -> int:
        self.rolled += 1
        return int.from_bytes(sha256(f"{self.seed}/{self.rolled}".encode()).digest()[:8]) % most

    def pick(self, things: Sequence[str], count: int) -> str:
        return " ".join(things[self.below(len(things))] for _ in range(count))


def random_pack(seed: int, facts: int, questions: int = 0) -> Pack:
    """A pack of so many facts and questions in two to five domains."""
    return read_pack(random_folder(seed, facts, questions))


def random_folder(seed: int, facts: int, questions: int = 0) -> Folder:
    """The files of such a pack."""
    dice = Dice(f"pack {seed}")
    words = WORDS[language := ("en", "de", "fr")[seed % 3]].split()
    count = 2 + dice.below(4)
    weights = [100 // count] * (count - 1)
    weights.append(100 - sum(weights))
    domains = [
        {"id": f"d{number}", "title": dice.pick(words, 2), "weight": str(weight)}
        for number, weight in enumerate(weights, 1)
    ]
    exam = {
        "code": f"BENCH-{seed}",
        "title": f"Random pack {seed}",
        "language": language,
        "blueprint": {"domains": domains},
    }
    files = tuple(
        _source(f"{number}.yaml", _domain(dice, words, number, share))
        for number, share in enumerate(_shared(facts, count), 1)
    )
    asked = tuple(
        _source(f"questions/{number}.yaml", _questions(dice, words, number, share))
        for number, share in enumerate(_shared(questions, count), 1)
        if share
    )
    return Folder(f"bench-{seed}", _source("exam.yaml", exam), files, asked)


def _shared(things: int, count: int) -> list[int]:
    shares = [things // count] * (count - 1)
    return [*shares, things - sum(shares)]


def _questions(dice: Dice, words: list[str], number: int, count: int) -> dict[str, object]:
    """As long as those of real exams: a story, a question, four options."""
    asked = [
        {
            "question": f"{dice.pick(words, 40 + dice.below(30))}. {dice.pick(words, 8)}?",
            "id": f"q{number}-{index}",
            "options": [
                {
                    "right" if option == 0 else "wrong": dice.pick(words, 8 + dice.below(12))
                    + f" {option}",
                    "why": dice.pick(words, 10),
                }
                for option in range(4)
            ],
        }
        for index in range(count)
    ]
    return {"domain": f"d{number}", "questions": asked}


def _source(name: str, content: object) -> Source:
    """JSON of one value a line is YAML."""
    return Source(name, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _domain(dice: Dice, words: list[str], number: int, facts: int) -> dict[str, object]:
    topics: list[dict[str, object]] = []
    made = 0
    while made < facts:
        size = min(facts - made, 3 + dice.below(7))
        entries = [_fact(dice, words, f"f{number}-{made + index}") for index in range(size)]
        topics.append({"topic": f"{dice.pick(words, 2)} {len(topics)}", "facts": entries})
        made += size
    return {"domain": f"d{number}", "topics": topics}


def _fact(dice: Dice, words: list[str], name: str) -> dict[str, object]:
    common = {"id": name, "priority": ("must", "should", "should", "could")[dice.below(4)]}
    return _kind(dice, words, dice.below(20)) | common


def _kind(dice: Dice, words: list[str], roll: int) -> dict[str, object]:
    def some(count: int) -> str:
        return dice.pick(words, count)

    if roll < 8:
        return {"fact": f"**{some(1)}** {some(5 + dice.below(16))}"}
    if roll < 11:
        return {"term": some(2), "means": some(4 + dice.below(12))}
    if roll < 13:
        return {"limit": some(3), "value": str(dice.below(9000)), "unit": "MB"}
    if roll < 15:
        return _table(dice, words, 1 + dice.below(3))
    if roll < 17:
        return {"when": some(8), "choose": some(2), "not": some(5)}
    if roll < 18:
        return {"trap": some(8), "truth": some(8)}
    if roll < 19:
        tex = FORMULAS[dice.below(len(FORMULAS))]
        return {"formula": some(1), "tex": tex, "say": "a formula", "when": some(5)}
    return {"steps": some(2), "items": [some(4) for _ in range(3 + dice.below(3))]}


def _table(dice: Dice, words: list[str], columns: int) -> dict[str, object]:
    rows = {
        f"{dice.pick(words, 1)} {row}": [
            dice.pick(words, 1 + dice.below(4)) for _ in range(columns)
        ]
        for row in range(2 + dice.below(6))
    }
    heads = [dice.pick(words, 1) for _ in range(columns)]
    return {"compare": dice.pick(words, 2), "columns": heads, "rows": rows}
