"""A sheet with gaps, laid out as the sheet that it lies over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cramsheet.page.advances import text_width
from cramsheet.page.gaps import answers, numbered
from cramsheet.page.sheets import Answers
from cramsheet.page.writing import Writer
from cramsheet.plan.keeping import Kept
from cramsheet.press.answers import strip_height
from cramsheet.press.blocks import Lines
from cramsheet.press.engine import Engine
from cramsheet.press.parts import Place
from cramsheet.press.press import Made, Wish, lay_out
from cramsheet.press.proposing import fewest_in
from cramsheet.problems import mistake

_NEAR = 0.02  # mm
_SLACK = 4.0  # mm that a foot may be higher than its strip
_TRIES = 8
_AROUND = 2.6  # em that number and dot take beside an answer
_LEADING = 1.25
_MOST = 0.6  # of the height of a page


@dataclass(frozen=True)
class Under:
    """How the sheet below is set: its record, where its facts stand, their lines, and the room that
    it leaves at the foot of its pages, in mm."""

    kept: Kept
    places: dict[str, tuple[Place, ...]]
    lines: dict[str, Lines]
    room: float = 0.0

    @classmethod
    def of(cls, made: Made, room: float = 0.0) -> "Under":
        ids = set(made.plan.ids())
        places = {name: it for name, it in made.pages.places.items() if name in ids}
        return cls(made.kept, places, made.setting.laid.lines(), room)

    def pages(self) -> list[list[str]]:
        """The facts of each page, as they are read."""
        first = {name: parts[0] for name, parts in self.places.items()}
        order = sorted(first, key=lambda n: (first[n].page, first[n].column, first[n].top))
        last = max((place.page for place in first.values()), default=0)
        return [
            [name.removeprefix("fact-") for name in order if first[name].page == page]
            for page in range(1, last + 1)
        ]


def lay_over(writer: Writer, engine: Engine, wish: Wish, under: Under) -> Made:
    """With the answers on backs or at feet; gaps count from 1 on each page.

    Where a line that is just full breaks otherwise around a gap, or is a little higher without the
    letters in it, the fact gets none.
    """
    wish = replace(wish, kept=under.kept, room=under.room)
    for _ in range(_TRIES):
        numbers = numbered(under.pages(), writer.left_out())
        told = tuple(told_on(writer, under))
        it = replace(writer, numbers=numbers)
        made = lay_out(it, engine, replace(wish, answers=told))
        lines = made.setting.laid.lines()
        other = {name for name in under.places if lines[name] != under.lines[name]}
        other |= {name for name in under.places if not _as_high(name, made, under)}
        if not other:
            _prove_over(made, under)
            return made
        writer = replace(writer, whole=writer.whole | {it.removeprefix("fact-") for it in other})
    raise AssertionError(f"{sorted(other)} do not lie over the sheet")


def told_on(writer: Writer, under: Under) -> list[Answers]:
    """What belongs into the gaps of each page."""
    return list(answers(under.pages(), writer.left_out()))


def lay_with_feet(
    sheet: Writer, gaps: Writer, engine: Engine, wish: Wish
) -> tuple[Made, float]:  # fmt: skip
    """The sheet below with so much room at the foot of its pages, in mm, as the highest strip of
    answers takes."""
    room = _guessed(gaps, wish)
    for tried in range(_TRIES):
        if room > _MOST * sheet.plan.area.height:
            message = f"strips of answers take {room:.0f} mm of {sheet.plan.area.paper.name}"
            raise mistake(message, hint="take a larger paper, or --answers back")
        made = lay_out(sheet, engine, replace(wish, room=room))
        need = _need(gaps, engine, Under.of(made))
        if need <= room and (room <= need + _SLACK or tried >= _TRIES // 2):
            return made, room
        room = max(need + 0.5, room if tried >= _TRIES // 2 else 0.0)
    raise AssertionError(f"no room of {room:.1f} mm is enough")


def _need(gaps: Writer, engine: Engine, under: Under) -> float:
    return strip_height(gaps, engine, told_on(gaps, under))


def _guessed(gaps: Writer, wish: Wish) -> float:
    if wish.pages:
        return 0.0  # who knows how much of it stands on so many pages
    plan = gaps.plan
    pages = fewest_in(plan, 0.0)
    texts = [text for found in gaps.left_out().values() for text in found]
    em = sum(text_width(text.striptags()) + _AROUND for text in texts)
    size = plan.kind.running_size * 25.4 / 72
    return (em * size / plan.area.width / pages + 1) * size * _LEADING


def _as_high(name: str, made: Made, under: Under) -> bool:
    """Whether a fact takes the height that it takes on the sheet below, part by part."""
    both = (made.pages.places[name], under.places[name])
    one, other = ([part.bottom - part.top for part in parts] for parts in both)
    alike = (abs(a - b) < _NEAR / 10 for a, b in zip(one, other, strict=False))
    return len(one) == len(other) and all(alike)


def _prove_over(made: Made, under: Under) -> None:
    """Every fact stands where it stands on the sheet below."""
    fronts = 2 if made.backs else 1
    for name, below in under.places.items():
        for one, other in zip(made.pages.places[name], below, strict=True):
            page = (one.page + fronts - 1) // fronts
            moved = max(abs(a - b) for a, b in zip(_corners(one), _corners(other), strict=True))
            assert page == other.page, f"{name} is on another page"
            assert moved < _NEAR, f"{name} stands {moved:.2f} mm off"


def _corners(place: Place) -> Sequence[float]:
    return place.left, place.top, place.right, place.bottom
