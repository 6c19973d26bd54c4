"""What `cramsheet preview` shows: finished pages, what was edited, what is wrong."""

import argparse
import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from threading import Condition

from cramsheet.desk.album import Album
from cramsheet.desk.serving import Answer
from cramsheet.desk.warm import Name, Step, Turn, Wanted
from cramsheet.pack.pack import Pack
from cramsheet.pack.sizes import SIZES
from cramsheet.page.looks import look_of
from cramsheet.page.shop import Shop, own_text
from cramsheet.plan.job import Job
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, paper_of, shows
from cramsheet.printed import Printed
from cramsheet.problems import Problem, mistake

_TEMPLATE = "preview.html"
_PICTURE = re.compile(r"page/([0-9a-f]{64})/([1-9][0-9]{0,3})\.bmp")
_WIDTH = re.compile(r"w=([1-9][0-9]{1,3})")
_LOOKED_AT = 3  # documents that are printed though nobody ordered them


@dataclass(frozen=True)
class Choice:
    """The document that somebody looks at."""

    exam: str
    kind: str
    paper: str
    look: str
    ink: str

    @classmethod
    def of(cls, pack: Pack, order: Order) -> "Choice":
        paper = paper_of(pack, order).name
        return cls(pack.name, order.kind, paper, order.look.name, order.ink)


@dataclass(frozen=True)
class Shown:
    """A finished document: the hash of its bytes, and the ids of what was edited in it."""

    printed: Printed
    hash: str
    edited: frozenset[str]


def only_paper(args: argparse.Namespace) -> None:
    if args.format not in ("", "pdf"):
        raise mistake("the preview shows paper", hint="leave out --format")
    if args.people:
        raise mistake("the preview is of no person's copy", hint="leave out --for")


class Preview:
    """What the server is asked for (any thread), and what the build tells it (one thread)."""

    def __init__(self, shop: Shop, wake: Callable[[], None]) -> None:
        self._shop, self._wake = shop, wake
        self._album, self._changed = Album(), Condition()
        self._looked_at: tuple[Choice, ...] = ()
        self._names: dict[Name, Choice] = {}
        self._shown: dict[Choice, Shown] = {}
        self._menu: dict[str, object] = {}
        self._turn = Turn()
        self._busy, self._mended, self._version, self._state = True, False, 0, b""
        self._publish()

    # What the build tells.

    def extra(self, job: Job, shop: Shop, packs: Sequence[Pack]) -> Sequence[Wanted]:
        """The documents that are looked at, the last one first."""
        ordered = {Choice.of(*wanted): wanted for wanted in job.orders(packs)}
        self._menu = _menu(shop, packs, ordered)
        looked_at = self._looked_at or tuple(ordered)[:1]
        found = {
            choice: wanted
            for choice in looked_at
            for wanted in [ordered.get(choice) or _wanted(choice, job, shop, packs)]
            if wanted
        }
        self._names = {
            (pack.name, order): choice
            for choice, (pack, order) in {**ordered, **found}.items()
        }  # fmt: skip
        return list(found.values())

    def begin(self) -> None:
        self._busy = True
        self._publish()

    def show(self, step: Step) -> None:
        for name, printed in step.printed:
            shown = Shown(printed, self._album.add(printed.data), step.edited)
            self._shown[self._names[name]] = shown
        self._publish()

    def tell(self, turn: Turn) -> None:
        self._mended = bool(self._turn.problems) and not turn.problems
        if turn.printed or turn.problems or self._mended:
            self._turn = turn
        self._busy = False
        for shown in self._shown.values():  # now that the pages are there
            shown.printed.weigh()
        if not turn.problems and turn.whole:
            wanted = set(self._names.values())
            self._shown = {it: shown for it, shown in self._shown.items() if it in wanted}
            self._album.keep({it.hash for it in self._shown.values()})
        self._publish()

    def close(self) -> None:
        self._album.keep(())

    # What the server asks for.

    def answer(self, path: str, query: str) -> Answer | None:
        if path == "":
            nonce = secrets.token_urlsafe(16)
            text = _text(self._shop).replace("NONCE", nonce)
            return Answer(text.encode(), "text/html; charset=utf-8", nonce=nonce)
        picture, width = _PICTURE.fullmatch(path), _WIDTH.fullmatch(query)
        if not picture or not width:
            return None
        drawn = self._album.bitmap(picture[1], int(picture[2]), int(width[1]))
        return Answer(drawn, "image/bmp", lasts=True) if drawn else None

    def take(self, path: str, body: bytes) -> bool:
        """A choice."""
        try:
            told = json.loads(body)
            choice = Choice(**{str(name): str(word) for name, word in told.items()})
        except (ValueError, TypeError, AttributeError, RecursionError):
            return False
        if path != "choice" or not self._known(choice):
            return False
        if self._looked_at[:1] != (choice,):
            others = tuple(it for it in self._looked_at if it != choice)
            self._looked_at = (choice, *others)[:_LOOKED_AT]
            self._wake()
        return True

    def news(self, after: int, patience: float) -> tuple[int, bytes] | None:
        with self._changed:
            if self._changed.wait_for(lambda: self._version > after, patience):
                return self._version, self._state
        return None

    def _known(self, choice: Choice) -> bool:
        menu = self._menu
        exams = menu.get("exams", {})
        assert isinstance(exams, dict)
        return choice.kind in exams.get(choice.exam, ()) and all(
            word in menu[row]  # type: ignore[operator]
            for word, row in (
                (choice.paper, "papers"),
                (choice.look, "looks"),
                (choice.ink, "inks"),
            )
        )

    def _publish(self) -> None:
        state = {
            **self._menu,
            "busy": self._busy,
            "mended": self._mended,
            "seconds": round(self._turn.seconds, 2),
            "problems": [_problem(it) for it in self._turn.problems],
            "documents": [self._document(it, shown) for it, shown in self._shown.items()],
        }
        with self._changed:
            self._version += 1
            self._state = json.dumps({**state, "version": self._version}).encode()
            self._changed.notify_all()

    def _document(self, choice: Choice, shown: Shown) -> dict[str, object]:
        it = shown.printed
        sort = "question-" if KINDS[choice.kind].asks else "fact-"
        absent = (name for name in shown.edited - it.places.keys() if name.startswith(sort))
        return {
            **asdict(choice),
            "name": it.name,
            "hash": shown.hash,
            "pages": [[round(side, 2) for side in size] for size in self._album.sizes(shown.hash)],
            "things": it.things,
            "asks": KINDS[choice.kind].asks,
            "size": round(it.size, 2),
            "covered": round(100 * it.ink, 1) if it.weighed else None,
            "full": round(100 * sum(it.fill) / len(it.fill), 1) if it.fill else None,
            "columns": [round(100 * share) for share in it.fill],
            "left": len(it.missing),
            "missing": it.missing,
            "marks": _marks(it, shown.edited),
            "absent": sorted(absent),
        }


def _marks(printed: Printed, edited: frozenset[str]) -> list[dict[str, object]]:
    """Where what was edited stands, as shares of its page, in reading order."""
    found = [(place, name) for name in edited for place in printed.places.get(name, ())]
    found.sort(key=lambda it: (it[0].page, it[0].column, it[0].top))
    return [
        {"id": name, "page": it.page, "box": [it.left, it.top, it.right, it.bottom]}
        for it, name in found
    ]


def _problem(it: Problem) -> dict[str, str]:
    return {"place": str(it.mark or ""), "message": it.message, "hint": it.hint}


def _menu(
    shop: Shop, packs: Sequence[Pack], ordered: dict[Choice, Wanted]
) -> dict[str, object]:  # fmt: skip
    """What there is to choose from."""
    kinds = {
        pack.name: [kind.name for kind in KINDS.values() if shows(kind, pack)] for pack in packs
    }
    papers = dict.fromkeys([*(it.paper for it in ordered), *SIZES])
    return {
        "exams": kinds,
        "papers": list(papers),
        "looks": list(shop.names("styles/look")),
        "inks": list(shop.names("styles/ink")),
        "first": asdict(next(iter(ordered))) if ordered else None,
    }


def _wanted(choice: Choice, job: Job, shop: Shop, packs: Sequence[Pack]) -> Wanted | None:
    """What nobody ordered, as the rest of the order says; None when its exam is gone."""
    look = (look_of(choice.look, shop),)
    mine = [pack for pack in packs if pack.name == choice.exam]
    one = replace(job, kinds=(choice.kind,), papers=(choice.paper,), looks=look, inks=(choice.ink,))
    return next(iter(one.orders(mine)), None)


def _text(shop: Shop) -> str:
    """The page, as it is now."""
    paths = (folder / _TEMPLATE for folder in shop.templates())
    return own_text(next(path for path in paths if path.is_file()), shop.roots)
