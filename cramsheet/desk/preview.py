"""What `cramsheet preview` shows: finished pages, what was edited, what is wrong."""

import argparse
import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Condition
from typing import Any

from cramsheet.desk.album import Album
from cramsheet.desk.serving import Answer
from cramsheet.desk.sight import Choice, Row, Sight
from cramsheet.desk.warm import Step, Turn, Wanted
from cramsheet.pack.pack import Pack
from cramsheet.page.shop import Shop, own_text
from cramsheet.plan.job import Job
from cramsheet.problems import Problem, mistake

_TEMPLATE = "preview.html"
_PICTURE = re.compile(r"page/([0-9a-f]{64})/([1-9][0-9]{0,3})\.bmp")
_WIDTH = re.compile(r"w=([1-9][0-9]{1,3})")
_LOOKED_AT = 3  # documents that are printed though nobody ordered them

Weigh = Callable[[], Iterable[tuple[Choice, float]]]


@dataclass(frozen=True)
class Shown:
    """A finished document as its row, the hash of its bytes, and the share of its paper that it
    covers when that is known."""

    row: Mapping[str, Any]
    hash: str
    ink: float | None = None


def only_paper(args: argparse.Namespace) -> None:
    if args.format not in ("", "pdf"):
        raise mistake("the preview shows paper", hint="leave out --format")
    if args.people:
        raise mistake("the preview is of no person's copy", hint="leave out --for")


class Preview:
    """What the server is asked for (any thread), and what the build tells it (one thread).

    Where documents are made in another process, `weigh` asks it how much ink they take.
    """

    def __init__(
        self,
        shop: Shop,
        wake: Callable[[], None],
        weigh: Weigh | None = None,
        album: Album | None = None,
    ) -> None:
        self._shop, self._wake = shop, wake
        self._sight = Sight(self.hear)
        self._weigh = weigh or self._sight.weigh
        self._album, self._changed = album or Album(), Condition()
        self.looked_at: tuple[Choice, ...] = ()
        self._wanted: frozenset[Choice] = frozenset()
        self._shown: dict[Choice, Shown] = {}
        self._menu: Mapping[str, Any] = {}
        self._turn = Turn()
        self._busy, self._mended, self._version, self._state = True, False, 0, b""
        self._publish()

    # What the build tells.

    def extra(self, job: Job, shop: Shop, packs: Sequence[Pack]) -> Sequence[Wanted]:
        """Of a build in this process."""
        self._sight.looked_at = self.looked_at
        return self._sight.extra(job, shop, packs)

    def show(self, step: Step) -> None:
        self._sight.show(step)

    def hear(self, head: Row, datas: Sequence[bytes]) -> None:
        """What a `Sight` tells."""
        if "menu" in head:
            self._menu = dict(head["menu"])
            self._wanted = frozenset(map(Choice.told, head["wanted"]))
            return
        for row, data in zip(head["documents"], datas, strict=True):
            choice = Choice.told({name: row[name] for name in Choice.__dataclass_fields__})
            self._shown[choice] = Shown(row, self._album.add(data))
        self._publish()

    def begin(self) -> None:
        self._busy = True
        self._publish()

    def tell(self, turn: Turn) -> None:
        self._mended = bool(self._turn.problems) and not turn.problems
        if turn.printed or turn.problems or self._mended:
            self._turn = turn
        self._busy = False
        for choice, ink in self._weigh():  # now that the pages are there
            if choice in self._shown:
                self._shown[choice] = replace(self._shown[choice], ink=ink)
        if not turn.problems and turn.whole:
            self._shown = {it: shown for it, shown in self._shown.items() if it in self._wanted}
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
            choice = Choice.told(json.loads(body))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return False
        if path != "choice" or not self._known(choice):
            return False
        if self.looked_at[:1] != (choice,):
            others = tuple(it for it in self.looked_at if it != choice)
            self.looked_at = (choice, *others)[:_LOOKED_AT]
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
        return choice.kind in exams.get(choice.exam, ()) and all(
            word in menu[row]
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
            "documents": [self._document(shown) for shown in self._shown.values()],
        }
        with self._changed:
            self._version += 1
            self._state = json.dumps({**state, "version": self._version}).encode()
            self._changed.notify_all()

    def _document(self, shown: Shown) -> dict[str, object]:
        return {
            **shown.row,
            "hash": shown.hash,
            "pages": [[round(side, 2) for side in size] for size in self._album.sizes(shown.hash)],
            "covered": None if shown.ink is None else round(100 * shown.ink, 1),
        }


def _problem(it: Problem) -> dict[str, str]:
    return {"place": str(it.mark or ""), "message": it.message, "hint": it.hint}


def _text(shop: Shop) -> str:
    """The page, as it is now."""
    paths = (folder / _TEMPLATE for folder in shop.templates())
    return own_text(next(path for path in paths if path.is_file()), shop.roots)
