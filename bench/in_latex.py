"""A plan as a document for XeLaTeX: what `bench.in_typst` says of Typst goes for this.

Besides, it has no tags, and a table of contents is that of the run before.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.in_typst import MARKS, spans
from cramsheet.page.markup import stem
from cramsheet.page.words import Words
from cramsheet.plan.plan import Plan
from cramsheet.plan.sections import Section

_PREAMBLE = Path(__file__).with_name("in_latex.tex")
_COMMANDS = {"": "%s", "strong": r"\textbf{%s}", "emph": r"\textit{%s}", "coded": r"\texttt{%s}"}
_SIGNS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def in_latex(plan: Plan, words: Words, size: float, fonts: Path) -> str:
    """Raises ValueError for a kind of fact or question that this cannot set."""
    columns, exam = plan.area.columns, plan.exam
    here = words("here", count=plan.count) if plan.kind.asks else ""
    parts = [_set_up(plan, words, size, fonts), _PREAMBLE.read_text(encoding="utf-8")]
    title = rf"{{\huge\bfseries {said(exam.code)}}} {said(exam.title)} {said(words(plan.called))}"
    parts.append(rf"\begin{{document}}{title}\hfill {here}\par\hrule\medskip")
    if plan.kind.contents:
        parts.append(rf"\contents{{{said(words('contents'))}}}")
    parts += [rf"\begin{{multicols*}}{{{columns}}}\raggedright"] * (columns > 1)
    for section in plan.sections:
        parts += _section(section, words)
    parts += [r"\end{multicols*}"] * (columns > 1)
    return "\n".join([*parts, r"\end{document}", ""])


def _set_up(plan: Plan, words: Words, size: float, fonts: Path) -> str:
    """What the preamble goes by."""
    area, kind = plan.area, plan.kind
    top, right, bottom, left = area.margin
    paper = f"paperwidth={area.paper.width}mm,paperheight={area.paper.height}mm,footskip=4mm"
    edges = f"top={top}mm,right={right}mm,bottom={bottom}mm,left={left}mm"
    chapter = r"\clearpage" if kind.chapters else r"\medskip"
    topic = r"\MakeUppercase" if kind.name == "sheet" else ""
    return "\n".join(
        [
            r"\documentclass{article}",
            rf"\usepackage[{paper},{edges}]{{geometry}}",
            rf"\newcommand\fonts{{{fonts}/}}\newcommand\between{{{area.gap}mm}}",
            rf"\newcommand\newchapter{{{chapter}}}\newcommand\topiccase{{{topic}}}",
            rf"\newcommand\about{{{said(plan.exam.code)} · {said(words(plan.called))}}}",
            rf"\renewcommand\normalsize{{\fontsize{{{size}pt}}{{{size * 1.2:.2f}pt}}\selectfont}}",
        ]
    )


def _section(section: Section, words: Words) -> Iterator[str]:
    weight = said(f"{words.decimal(section.row.weight)} %")
    yield rf"\domain{{{section.number}}}{{{said(section.row.title)}}}{{{weight}}}"
    for topic in section.topics:
        yield rf"\topic{{{said(topic.title)}}}"
        yield from (_fact(entry.fact, words) for entry in topic.entries)
    if section.questions:
        first, last = section.questions[0].number, section.questions[-1].number
        yield rf"{said(words('question_range', first=first, last=last))}\par"
    yield from (_question(question) for question in section.questions)


def _fact(fact: Any, words: Words) -> str:
    mark = MARKS[fact.priority]
    match fact.kind:
        case "fact":
            return _call("fact", mark, said(fact.fact))
        case "term":
            return _call("fact", mark, rf"\textbf{{{said(fact.term)}}} {said(fact.means)}")
        case "limit":
            value = rf"\textbf{{{said(fact.value)}\,{said(fact.unit or '')}}}"
            return _call("fact", r"\#", f"{said(fact.limit)} {value} {said(fact.note or '')}")
        case "when":
            never = _call("never", said(words("not")), said(fact.instead_of or ""))
            text = rf"{said(fact.when)} → \hued{{{said(fact.choose)}}}"
            return _call("fact", "▸", f"{text} {never if fact.instead_of else ''}")
        case "trap":
            return _call("trap", said(fact.trap), said(fact.truth))
        case "steps":
            numbered = enumerate(fact.items, 1)
            items = "".join(_call("step", str(number), said(item)) for number, item in numbered)
            return _call("steps", mark, said(fact.steps), items)
        case "compare":
            return _table(fact)
        case "formula":
            use = "; ".join(said(part) for part in (fact.where, fact.when) if part)
            return _call("formula", said(fact.formula), fact.tex, use)
    raise ValueError(f"no way to set a {fact.kind}")


def _table(fact: Any) -> str:
    rows = [["", *(rf"\hued{{{said(name)}}}" for name in fact.columns)]]
    for name, cells in fact.rows.items():
        rows.append([rf"\textbf{{{said(name)}}}", *(said(cell) for cell in cells)])
    text = "".join(" & ".join(row) + r" \\ \hline " for row in rows)
    return _call("compare", said(fact.compare), str(len(rows[0])), text)


def _question(question: Any) -> str:
    if question.kind != "question":
        raise ValueError(f"no way to set a question of the kind {question.kind}")
    story, ask = stem(question.asked.question)
    options = "".join(_call("option", it.letter, said(it.text)) for it in question.options)
    return _call("question", str(question.number), said(story), said(ask), options)


def _call(name: str, *parts: str) -> str:
    return "\\" + name + "".join(f"{{{part}}}" for part in parts)


def said(text: str) -> str:
    return "".join(_COMMANDS[name] % _plain(part) for name, part in spans(text))


def _plain(text: str) -> str:
    return re.sub(r"[\\^~&%$#_{}]", lambda sign: _SIGNS.get(sign[0], "\\" + sign[0]), text)
