"""What was measured, as tables of Markdown, and whether the goals are met."""

import math
import os
import platform
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import linear_regression, median

from bench.cases import Case
from bench.clock import Cost
from bench.contest import (
    CHROMIUM,
    COLD,
    EVERYONE,
    FILE,
    NAIVE,
    OURS,
    SCREEN,
    TYPST,
    UNCHANGED,
    XELATEX,
)

Costs = dict[str, list[Cost]]  # by contestant
ALL_FOUR = "all-four"
BEGIN, END = "<!-- measured by bench.speed: begin -->", "<!-- measured by bench.speed: end -->"
_GROWING = ("sheet-150", "sheet-600", "sheet-2400")
_PROGRAMS = {CHROMIUM: "chromium", XELATEX: "xelatex"}


@dataclass(frozen=True)
class Measured:
    """One document: what it cost in each round, and how many pages some made of it."""

    costs: Costs = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """At most so many times what another contestant takes, on one document."""

    about: str
    case: str
    who: str
    most: float
    beside: str = TYPST


_ON_SCREEN = "one fact edited in a fitted sheet, new page on the screen"
_ON_DISK = "one fact edited in a fitted sheet, finished tagged PDF on the disk"
_NOTHING = "nothing changed, whole process"
GOALS = (
    Goal(_ON_SCREEN, "sheet-150", SCREEN, 0.20),
    Goal(_ON_SCREEN, "sheet-600-on-2", SCREEN, 0.20),
    Goal(_ON_SCREEN, "sheet-600", SCREEN, 0.20),
    Goal(_ON_DISK, "sheet-150", FILE, 1.5),
    Goal(_ON_DISK, "sheet-600-on-2", FILE, 1.5),
    Goal(_ON_DISK, "sheet-600", FILE, 1.5),
    Goal("one question edited in a booklet, on the screen", "booklet-65", SCREEN, 0.25),
    Goal("one fact edited in notes, on the screen", "notes-600", SCREEN, 0.5),
    Goal(_NOTHING, "sheet-150", UNCHANGED, 0.5),
    Goal(_NOTHING, "sheet-600", UNCHANGED, 0.5),
    Goal("cold build of all four documents of a real pack", ALL_FOUR, COLD, 0.25, NAIVE),
)
MOST_MEMORY = 250  # MB, of a cold build of what follows
_REMEMBERED = ("sheet-600", "sheet-600-on-2", "notes-600")


def put_between(path: Path, text: str, first: str = BEGIN, last: str = END) -> None:
    """The text between the two marks becomes another; what stands around them stays."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"{path} lacks the marks {first} and {last}")
    path.write_text(f"{before}{first}\n\n{text.strip()}\n\n{last}{after}", encoding="utf-8")


def table(measured: Mapping[str, Measured], cases: Mapping[str, Case]) -> str:
    parts = [_machine(), "\n".join(_goals(measured))]
    if cases:
        parts += [
            "CPU seconds, and how many times Typst's cold process that is:",
            "\n".join(_costs(measured, cases, "cpu")),
            "Seconds on the wall, likewise:",
            "\n".join(_costs(measured, cases, "wall")),
            "The most memory that its largest process ever had, in MB:",
            "\n".join(_costs(measured, cases, "memory")),
            "What was made:",
            "\n".join(_made(measured, cases)),
            "\n".join(_growth(measured, cases)),
        ]
    if ALL_FOUR in measured:
        parts.append("\n".join(_real(measured[ALL_FOUR].costs)))
    return "\n\n".join(part for part in parts if part)


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores ({_processor()}), Python {platform.python_version()},"
        f" WeasyPrint {_version('weasyprint')}, Typst {_version('typst')}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _costs(measured: Mapping[str, Measured], cases: Mapping[str, Case], what: str) -> Iterator[str]:
    yield from _head(cases)
    for who in EVERYONE:
        yield _row([_called(who), *(_cell(measured[case].costs, who, what) for case in cases)])


def _made(measured: Mapping[str, Measured], cases: Mapping[str, Case]) -> Iterator[str]:
    """How often each was measured, and how many pages each makes of the same pack."""
    yield from _head(cases)
    yield _row(["rounds", *(_rounds(measured[case].costs) for case in cases)])
    for maker in dict.fromkeys(maker for case in cases for maker in measured[case].pages):
        pages = [str(measured[case].pages.get(maker, "-")) for case in cases]
        yield _row([f"pages, {maker}", *pages])


def _head(cases: Mapping[str, Case]) -> Iterator[str]:
    yield _row(["", *(_told(case) for case in cases.values())])
    yield _row(["---", *("---:" for _ in cases)])


def _called(who: str) -> str:
    return f"cramsheet, {who}" if who in OURS else who


def _rounds(costs: Costs) -> str:
    slow = len(costs.get(NAIVE, []))
    return f"{len(costs[TYPST])}" + f" (slow ones {slow})" * (slow < len(costs[TYPST]))


def _told(case: Case) -> str:
    if case.questions:
        return f"{case.kind}, {case.questions} questions"
    pages = f", {case.pages} pages" if case.pages.isdecimal() else ""
    return f"{case.kind}, {case.facts:,} facts{pages}"


def _cell(costs: Costs, who: str, what: str) -> str:
    if who not in costs:
        absent = who in _PROGRAMS and not shutil.which(_PROGRAMS[who])
        return "not installed here" if absent else "-"
    if what == "memory":
        return f"{_most_memory(costs[who]):.0f}"
    value, base = _median(costs[who], what), _median(costs[TYPST], what)
    return f"{value:.3f} ({_times(value / base)})"


def _median(costs: Sequence[Cost], what: str) -> float:
    return median(cost.cpu if what == "cpu" else cost.wall for cost in costs)


def _most_memory(costs: Sequence[Cost]) -> float:
    return max(cost.memory for cost in costs)


def _times(ratio: float) -> str:
    return f"{ratio:.0f}x" if ratio >= 10 else f"{ratio:.2g}x"


def _goals(measured: Mapping[str, Measured]) -> Iterator[str]:
    yield _row(["goal", "document", "at most", "by CPU", "on the wall", ""])
    yield _row(["---", "---", "---:", "---:", "---:", "---"])
    for goal in GOALS:
        if goal.case in measured:
            cpu, wall = (_ratio(measured[goal.case].costs, goal, what) for what in ("cpu", "wall"))
            most = f"{goal.most:g} of {goal.beside}"
            verdict = _verdict(max(cpu, wall) <= goal.most)
            yield _row([goal.about, goal.case, most, f"{cpu:.2f}", f"{wall:.2f}", verdict])
    for name in (name for name in _REMEMBERED if name in measured):
        memory = _most_memory(measured[name].costs[COLD])
        verdict, most = _verdict(memory <= MOST_MEMORY), f"{MOST_MEMORY} MB"
        yield _row(["memory of a cold build", name, most, f"{memory:.0f} MB", "", verdict])


def _ratio(costs: Costs, goal: Goal, what: str) -> float:
    return _median(costs[goal.who], what) / _median(costs[goal.beside], what)


def _verdict(met: bool) -> str:
    return "met" if met else "not met"


def _growth(measured: Mapping[str, Measured], cases: Mapping[str, Case]) -> Iterator[str]:
    """By what power of the number of facts the cost grows, from the largest documents."""
    names = [name for name in _GROWING if name in measured]
    if len(names) < 2:
        return
    facts = [cases[name].facts for name in names]
    yield _row(["CPU seconds of a sheet", *(f"{count:,} facts" for count in facts), "grows as"])
    yield _row(["---", *("---:" for _ in facts), "---"])
    for who in (TYPST, COLD, FILE, NAIVE):
        if all(who in measured[name].costs for name in names):
            cpu = [_median(measured[name].costs[who], "cpu") for name in names]
            yield _row(
                [_called(who), *(f"{it:.2f}" for it in cpu), f"facts^{_power(facts, cpu):.2f}"]
            )


def _real(costs: Costs) -> Iterator[str]:
    yield _row(["all four documents of a real pack", "CPU s", "wall s", "MB, largest process"])
    yield _row(["---", "---:", "---:", "---:"])
    for who, found in costs.items():
        cpu, wall = (f"{_median(found, what):.2f}" for what in ("cpu", "wall"))
        yield _row([_called(who), cpu, wall, f"{_most_memory(found):.0f}"])


def _power(facts: Sequence[int], cpu: Sequence[float]) -> float:
    return linear_regression([math.log(it) for it in facts], [math.log(it) for it in cpu])[0]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
