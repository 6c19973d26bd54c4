"""How much of the point of a question an answer earns."""

import re
from unicodedata import normalize

from cramsheet.pack.exam import Marking
from cramsheet.plan.record import Asked
from cramsheet.study.answers import Read


def earned(question: Asked, answer: Read, marking: Marking) -> float:
    """From 0 to 1. An impossible answer earns nothing."""
    if answer.wrong or not answer.parts:
        return 0.0
    match question.kind:
        case "claim":
            return float(answer.parts == question.answer)
        case "fill":
            given = (*answer.parts, *[""] * len(question.accepted))
            right = [
                plain(text) in map(plain, texts)
                for text, texts in zip(given, question.accepted, strict=False)
            ]
            return _of_parts(sum(right), len(right), marking)
        case "match":
            right_pairs = len(set(answer.parts) & set(question.answer))
            return _of_parts(right_pairs, len(question.answer), marking)
        case "order":
            pairs = zip(answer.parts, question.answer, strict=False)
            return _of_parts(sum(a == b for a, b in pairs), len(question.answer), marking)
        case _:
            return _of_options(set(answer.parts), set(question.answer), marking)


def _of_parts(right: int, of: int, marking: Marking) -> float:
    return _share(right, of) if marking.parts == "share" else float(right == of)


def _of_options(given: set[str], right: set[str], marking: Marking) -> float:
    hits, misses = len(given & right), len(given - right)
    match marking.multiple:
        case "share":
            return _share(hits, len(right))
        case "minus":
            return _share(max(0, hits - misses), len(right))
        case _:
            return float(given == right)


def _share(part: int, of: int) -> float:
    return round(part / of, 4)


def plain(text: str) -> str:
    """What is left of a text when capitals, spaces, kinds of hyphens and quotes, and the decimal
    comma do not count."""
    text = normalize("NFKC", text).casefold()
    text = re.sub(r"[‐-―−]", "-", text)
    text = re.sub(r"[‘’´`]", "'", re.sub(r"[“”„«»]", '"', text))
    text = re.sub(r"(?<=\d)[\s'](?=\d{3}\b)", "", " ".join(text.split()))
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"(?<=\d) (?=[^\W\d])", "", text)  # 10 GB
    return re.sub(r"\s*([-/%×=<>])\s*", r"\1", text).rstrip(".")
