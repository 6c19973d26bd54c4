"""A plan as a Typst document: the same words in the same order, on the same paper, in the same
number of columns, with the fonts of the default look.

Left out: figures, listings, links, sources beside facts, running heads, the thumb index, and
questions without options.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.tex import in_math
from cramsheet.page.fonts import cut
from cramsheet.page.markup import stem
from cramsheet.page.words import Words
from cramsheet.plan.plan import Plan
from cramsheet.plan.sections import Section

FONTS = ("text-400", "text-600", "text-italic-400", "text-italic-600", "code-400", "signs")
_PREAMBLE = Path(__file__).with_name("in_typst.typ")
MARKS = {"must": "◆", "should": "•", "could": "·"}


def write_fonts(folder: Path) -> None:
    """The faces that our documents are set in, as files of one weight each."""
    folder.mkdir(exist_ok=True)
    for name in FONTS:
        (folder / f"{name}.ttf").write_bytes(cut(name))


def in_typst(plan: Plan, words: Words, size: float) -> str:
    """Raises ValueError for a kind of fact or question that this cannot set."""
    parts = [_set_up(plan, words, size), _PREAMBLE.read_text(encoding="utf-8"), _title(plan, words)]
    if plan.kind.contents:
        parts.append(f"#contents[{said(words('contents'))}]")
    for section in plan.sections:
        parts += _section(section, plan, words)
    return "\n".join(parts) + "\n"


def _set_up(plan: Plan, words: Words, size: float) -> str:
    """What the preamble goes by."""
    area, exam = plan.area, plan.exam
    top, right, bottom, left = area.margin
    values = {
        "size": f"{size:.3f}pt",
        "paper": f"({area.paper.width}mm, {area.paper.height}mm)",
        "edges": f"(top: {top}mm, right: {right}mm, bottom: {bottom}mm, left: {left}mm)",
        "column-count": str(area.columns),
        "between": f"{area.gap}mm",
        "language": f'"{exam.language}"',
        "kind": f'"{plan.kind.name}"',
        "chapters": str(plan.kind.chapters).lower(),
        "code": f"[{said(exam.code)}]",
        "about": f"[{said(exam.code)} · {said(words(plan.called))}]",
        "name": _quoted(f"{exam.code} {exam.title}"),
    }
    return "".join(f"#let {name} = {value}\n" for name, value in values.items())


def _title(plan: Plan, words: Words) -> str:
    here = words("here", count=plan.count) if plan.kind.asks else ""
    return f"#title-block[{said(plan.exam.title)}][{said(words(plan.called))}][{said(here)}]"


def _section(section: Section, plan: Plan, words: Words) -> Iterator[str]:
    weight = f"{words.decimal(section.row.weight)} %"
    yield f"#domain({section.number})[{said(section.row.title)}][{said(weight)}]"
    for topic in section.topics:
        yield f"#topic[{said(topic.title)}]"
        for entry in topic.entries:
            yield _fact(entry.fact, words)
    if section.questions:
        first, last = section.questions[0].number, section.questions[-1].number
        yield f"#range[{said(words('question_range', first=first, last=last))}]"
    for question in section.questions:
        yield _question(question, plan.exam.language)


def _fact(fact: Any, words: Words) -> str:
    mark = MARKS[fact.priority]
    match fact.kind:
        case "fact":
            return _line(mark, said(fact.fact))
        case "term":
            return _line(mark, f"#strong[{said(fact.term)}] {said(fact.means)}")
        case "limit":
            value = f"{said(fact.value)}#h(.2em){said(fact.unit or '')}"
            return _line(r"\#", f"{said(fact.limit)} #value[{value}] {said(fact.note or '')}")
        case "list":
            items = " · ".join(said(item) for item in fact.items)
            return _line(mark, f"#strong[{said(fact.title)}]{said(words('colon'))}{items}")
        case "when":
            no = f"[{said(words('not'))}][{said(fact.instead_of)}]" if fact.instead_of else ""
            never = f" #never{no}" if no else ""
            return _line("▸", f"{said(fact.when)} → #choice[{said(fact.choose)}]{never}")
        case "trap":
            return f"#trap[{said(fact.trap)}][{said(fact.truth)}]"
        case "steps":
            items = "".join(f"[{said(item)}]" for item in fact.items)
            return f"#steps([{mark}], [{said(fact.steps)}]){items}"
        case "compare":
            return _table(fact)
        case "formula":
            use = "; ".join(said(part) for part in (fact.where, fact.when) if part)
            tex = f"#math.equation(alt: {_quoted(fact.say)}, ${in_math(fact.tex)}$)"
            return f"#formula[{said(fact.formula)}][{tex}][{use}]"
        case "mnemonic":
            stands = " · ".join(said(word) for word in fact.stands)
            return f"#mnemonic[{said(fact.mnemonic)}][{said(fact.helps)}][{stands}]"
    raise ValueError(f"no way to set a {fact.kind}")


def _line(mark: str, text: str) -> str:
    return f"#fact[{mark}][{text}]"


def _table(fact: Any) -> str:
    heads = "".join(f"[{said(name)}], " for name in fact.columns)
    rows = "".join(
        f"strong[{said(name)}], " + "".join(f"[{said(cell)}], " for cell in cells)
        for name, cells in fact.rows.items()
    )
    return f"#compare([{said(fact.compare)}], {len(fact.columns) + 1}, ({heads}), ({rows}))"


def _question(question: Any, language: str) -> str:
    if question.kind != "question":
        raise ValueError(f"no way to set a question of the kind {question.kind}")
    story, ask = stem(question.asked.question)
    options = "".join(f"[{said(it.letter)}][{said(it.text)}]" for it in question.options)
    return f"#question({question.number})[{said(story)}][{said(ask)}]{options}"


def said(text: str) -> str:
    """Markdown as Typst markup."""
    return "".join(f"#{name}[{_plain(it)}]" if name else _plain(it) for name, it in spans(text))


def spans(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text in Markdown that are strong, emph, coded or none of these."""
    for part in re.split(r"(\*\*.+?\*\*|`.+?`|\*.+?\*)", text):
        for mark, name in (("**", "strong"), ("*", "emph"), ("`", "coded")):
            if len(part) > 2 * len(mark) and part.startswith(mark) and part.endswith(mark):
                yield name, part.strip(mark)
                break
        else:
            yield "", part


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'


def _plain(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
