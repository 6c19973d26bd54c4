"""Results as tables (CSV), for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from cramsheet.study.answers import written
from cramsheet.study.group import proved
from cramsheet.study.results import Results, Tally, domain_of, tallies, task_of, total

_FORMULA = ("=", "+", "-", "@", "\t")  # a spreadsheet would reckon with what begins so


def people_table(results: Results) -> bytes:
    """A row for each person: total, domains, tasks, and what each question earned."""
    domains = [domain.id for domain in results.record.domains]
    by_task = [tallies(sitting, task_of) for sitting in results.sittings]
    tasks = sorted({task for found in by_task for task in found})
    most = max(len(sitting.answers) for sitting in results.sittings)
    head = ["name", "form", "points", "of", "share"]
    for name in (*domains, *tasks):
        head += [f"{name} points", f"{name} of"]
    rows = [[*head, *(str(n) for n in range(1, most + 1))]]
    for sitting, of_task in zip(results.sittings, by_task, strict=True):
        of_domain = tallies(sitting, domain_of)
        whole = total(sitting)
        row = [_cell(sitting.name), sitting.form, *_pair(whole), f"{whole.share:.4f}"]
        for tally in (*map(of_domain.get, domains), *map(of_task.get, tasks)):
            row += _pair(tally)
        rows.append([*row, *(f"{answer.points:g}" for answer in sitting.answers)])
    return _written(rows)


def questions_table(results: Results) -> bytes:
    """A row for each question of each form: how it proved."""
    head = "form n id domain task counts people right missing discrimination answer"
    rows = [[*head.split(), "misled by", "people misled"]]
    for one in proved(results):
        asked = one.question
        told = "" if one.discrimination is None else f"{one.discrimination:.3f}"
        accepted = [" / ".join(texts) for texts in asked.accepted]
        rows.append(
            [
                one.form, str(asked.n), asked.id, asked.domain, asked.task or "",
                "yes" if asked.scored else "no", str(one.people), f"{one.right:.3f}",
                str(one.missing), told, _cell(written(asked.answer or accepted, asked.kind)),
                _cell(one.misled), str(one.misled_by),
            ]
        )  # fmt: skip
    return _written(rows)


def _pair(tally: Tally | None) -> Iterator[str]:
    yield f"{tally.points:g}" if tally else ""
    yield str(tally.of) if tally else ""


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    """With a mark at the beginning, without which spreadsheets misread letters with accents."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
