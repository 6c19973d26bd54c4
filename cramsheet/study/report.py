"""Results on paper: a page for each person, and one for the group before them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median, quantiles

from cramsheet.pack.curves import Curves
from cramsheet.page.canvas import Look as Canvas
from cramsheet.page.drawings import as_image
from cramsheet.page.dressing import Handout
from cramsheet.page.markup import plain, short
from cramsheet.page.plots import plotted
from cramsheet.page.small import least, share
from cramsheet.plan.record import Asked
from cramsheet.problems import shortened
from cramsheet.study.answers import possible
from cramsheet.study.group import Proved, proved
from cramsheet.study.lines import LONG, Missed, Share, ranges, right, shown
from cramsheet.study.results import (
    Marked,
    Results,
    Sitting,
    Tally,
    domain_of,
    tallies,
    task_of,
    total,
)

NAME, MARGINS = "results", "16mm 16mm 14mm"
_WIDE, _NARROW = 42.0, 30.0  # em of the chart
_BINS = 10
_HARDEST = 14  # questions on the page of the group
_MOST_MISSED = 120  # on one page; the rest stands in the table
_TOLD = 40  # missed questions, at most, whose facts are told
_LINE = 52  # letters of half a line
_FACTS = 72  # of the facts that a question teaches


@dataclass
class Report:
    """What the template of the report of some results asks for."""

    results: Results
    handout: Handout

    def __post_init__(self) -> None:
        self.words = self.handout.words
        self.proved = proved(self.results)
        entries = self.handout.pack.entries()
        self.facts = {entry.id: plain(short(entry.fact)) for entry in entries}
        self.fonts = self.handout.fonts(self.results.to_json() + "".join(self.facts.values()))

    @property
    def count(self) -> int:
        """Its pages."""
        return len(self.results.sittings) + self.grouped

    @property
    def grouped(self) -> bool:
        return len(self.results.sittings) > 1

    def fullest(self, number: int) -> "Report":
        """Of so many people alone, those whose pages hold most."""
        order = sorted(self.results.sittings, key=self._lines, reverse=True)
        return replace(self, results=replace(self.results, sittings=tuple(order[:number])))

    def _lines(self, sitting: Sitting) -> int:
        """About how much stands on somebody's page."""
        missed = self.missed(sitting)
        return sum(2 + len(it.facts) // _LINE if self.tells(missed) else 1 for it in missed)

    def tells(self, missed: Sequence[Missed]) -> bool:
        """Whether there is room for the facts to read again."""
        return len(missed) <= _TOLD

    # what the template asks for

    def whole(self, sitting: Sitting) -> Share:
        return self._share("", total(sitting))

    def tried(self, sitting: Sitting) -> Share | None:
        """What was earned of the questions that do not count."""
        tally = total(sitting, scored=False)
        return self._share("", tally) if tally.of else None

    def domains(self, sitting: Sitting) -> list[Share]:
        return self._domains([tallies(sitting, domain_of)])

    def group_domains(self) -> list[Share]:
        return self._domains([tallies(sitting, domain_of) for sitting in self.results.sittings])

    def tasks(self, sitting: Sitting) -> list[Share]:
        return [self._share(name, it) for name, it in tallies(sitting, task_of).items()]

    def missed(self, sitting: Sitting) -> list[Missed]:
        """Answers that earned less than the point, without those that were not given."""
        return [
            Missed(
                it.question.n,
                self.truth(shown(it.parts, it.question)),
                right(it.question, self.truth),
                self._taught(it.question),
            )
            for it in sitting.answers
            if it.points < 1 and not it.missing
        ]

    def shown_missed(self, sitting: Sitting) -> tuple[list[Missed], int]:
        """As many as a page holds, and how many more there are."""
        missed = self.missed(sitting)
        return missed[:_MOST_MISSED], max(0, len(missed) - _MOST_MISSED)

    def unanswered(self, sitting: Sitting) -> str:
        return ", ".join(ranges([it.question.n for it in sitting.answers if it.missing]))

    def impossible(self, sitting: Sitting) -> list[tuple[int, str, str]]:
        """Number, what was given, what is possible."""
        return [
            (it.question.n, shown(it.parts, it.question), self._possible(it))
            for it in sitting.answers
            if it.impossible
        ]

    def mean(self) -> str:
        return self.percent(fmean(self._shares()))

    def middle(self) -> str:
        return self.percent(median(self._shares()))

    def spread(self) -> str:
        """The least and the most."""
        return "–".join(self.percent(it) for it in (min(self._shares()), max(self._shares())))

    def quarters(self) -> str:
        """Where the middle half of the group lies."""
        low, _, high = quantiles(self._shares(), n=4, method="inclusive")
        return "–".join(map(self.percent, (low, high)))

    def chart(self) -> str:
        """How many people earned which share."""
        counts = [0] * _BINS
        for one in self._shares():
            counts[min(int(one * _BINS + 1e-9), _BINS - 1)] += 1
        bars = {
            f"{100 * n // _BINS}-{100 * (n + 1) // _BINS}": number
            for n, number in enumerate(counts)
        }
        plot = Curves.model_validate(
            {"x": self.words("marks_share"), "y": self.words("marks_people"), "bars": bars}
        )
        kind, palette = self.handout.kind, self.handout.palette
        look = Canvas(_WIDE, share("labels", kind), least(kind), palette.of_domain(1))
        spoken = "; ".join(f"{name} %: {number}" for name, number in bars.items() if number)
        drawn = plotted(plot, look, self.words)
        families = ", ".join(("CramText", *(font.family for font in self.fonts)))
        svg = drawn.svg.replace('"CramText"', f'"{families}"', 1)
        return as_image(replace(drawn, svg=svg), spoken)

    def hardest(self) -> list[Proved]:
        order = sorted(self.proved, key=lambda it: (it.right, it.form, it.question.n))
        return [it for it in order if it.right < 1][:_HARDEST]

    def doubtful(self) -> str:
        """Questions that good people miss and weak ones do not."""
        found = [it for it in self.proved if it.discrimination is not None]
        return ", ".join(self.place(it) for it in found if (it.discrimination or 0.0) < 0)

    def place(self, it: Proved) -> str:
        return (
            f"{it.form} {it.question.n}"
            if len(self.results.record.forms) > 1
            else str(it.question.n)
        )

    def misled(self, it: Proved) -> str:
        shown = self.truth(shortened(it.misled, LONG))
        return f"{shown} ({it.misled_by})" if it.misled else "–"

    def answer(self, it: Proved) -> str:
        return right(it.question, self.truth)

    def correlation(self, it: Proved) -> str:
        found = it.discrimination
        return "–" if found is None else self.words.decimal(found, ".2f")

    def domain_number(self, name: str) -> int:
        return 1 + [it.id for it in self.results.record.domains].index(name)

    def percent(self, part: float) -> str:
        return self.words("marks_percent", number=round(100 * part))

    def truth(self, text: str) -> str:
        return self.words(text) if text in ("true", "false") else text

    # how

    def _shares(self) -> list[float]:
        return [total(sitting).share for sitting in self.results.sittings]

    def _domains(self, found: Sequence[dict[str, Tally]]) -> list[Share]:
        shares = []
        for number, domain in enumerate(self.results.record.domains, 1):
            them = [tallied[domain.id] for tallied in found if domain.id in tallied]
            if them:
                tally = Tally(round(sum(it.points for it in them), 4), sum(it.of for it in them))
                shares.append(self._share(domain.title, tally, number))
        return shares

    def _share(self, name: str, tally: Tally, number: int = 0) -> Share:
        points = self.words.decimal(round(tally.points, 2))
        return Share(name, points, str(tally.of), round(100 * tally.share), number)

    def _possible(self, it: Marked) -> str:
        if it.question.kind == "claim":
            return f"{self.words('true')} / {self.words('false')}"
        return possible(it.question) or f"{it.question.choose} × …"

    def _taught(self, question: Asked) -> str:
        known = (self.facts[name] for name in question.teaches if name in self.facts)
        return shortened(" · ".join(known), _FACTS)
