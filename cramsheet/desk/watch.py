"""`cramsheet watch` and `cramsheet preview`: build again whenever a file is saved."""

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Protocol, TextIO

from cramsheet.desk.warm import Turn, Warm
from cramsheet.desk.watching import Inbox, Watcher
from cramsheet.pack.fields import count
from cramsheet.page.shop import Shop
from cramsheet.printed import Printed
from cramsheet.problems import Mistakes, Problem

_FOLDERS = ("content", "templates", "styles")
_WHILE = 2.0  # s, in which a browser has fetched the pages
_NAMED = 4  # documents in a line


class Builds(Protocol):
    """A build that stays."""

    @property
    def project(self) -> Path: ...

    @property
    def named(self) -> tuple[Path, ...]: ...

    def rebuild(self, saved: Collection[Path] = ()) -> Turn:
        """Whatever goes wrong is told by it."""

    def rest(self) -> None: ...


def watch(args: argparse.Namespace) -> None:
    """Until Ctrl-C."""
    from cramsheet.desk.far import Far

    inbox = Inbox()
    warm = Far(args, lambda: inbox.waiting)
    voice = Voice(args.quiet)
    with closing(warm), watched(warm, args.poll, inbox):
        voice.say(f"watching {warm.project / 'content'}, templates and styles; Ctrl-C ends")
        with ended(voice):
            run(warm, inbox, voice.tell)


def preview(args: argparse.Namespace) -> None:
    """The same, with the pages in a browser."""
    import webbrowser

    from cramsheet.desk.album import Album
    from cramsheet.desk.far import Far
    from cramsheet.desk.preview import Preview, only_paper
    from cramsheet.desk.serving import served
    from cramsheet.desk.studio import Studio

    only_paper(args)
    inbox = Inbox()
    warm, studio = Far(args, lambda: inbox.waiting), Studio(args)
    shown = Preview(Shop.open(args.project), inbox.put, warm.weigh, Album(studio.pictures))
    warm.show, warm.looked_at = shown.hear, lambda: shown.looked_at
    voice = Voice(args.quiet)

    def begin() -> None:
        studio.begin()
        shown.begin()

    with (
        closing(studio),
        closing(shown),
        closing(warm),
        served(shown, args.port) as address,
        watched(warm, args.poll, inbox),
    ):
        print(f"{address}\nCtrl-C ends", flush=True)
        if not args.no_open:
            webbrowser.open(address)
        with ended(voice):
            run(warm, inbox, _both(voice.tell, shown.tell), begin)


@contextmanager
def watched(warm: "Builds", poll: bool, inbox: Inbox) -> Iterator[None]:
    """What is saved comes into the inbox."""
    watcher = Watcher([*(warm.project / name for name in _FOLDERS), *warm.named], poll)

    def work() -> None:
        for paths in watcher.changes():
            inbox.put(paths)

    thread = Thread(target=work, name="watcher", daemon=True)
    thread.start()
    try:
        yield
    finally:
        watcher.stop.set()
        thread.join(timeout=2)


@contextmanager
def ended(voice: "Voice") -> Iterator[None]:
    """Ctrl-C is how it ends."""
    try:
        yield
    except KeyboardInterrupt:
        voice.say("ended; the output is whole")


def run(
    warm: "Builds",
    inbox: Inbox,
    tell: Callable[[Turn], None],
    begin: Callable[[], None] = lambda: None,
) -> None:
    """Build, and again for all that comes into the inbox; whatever goes wrong is told."""
    left: frozenset[Path] = frozenset()
    inbox.put()
    while True:
        left |= inbox.take()
        begin()
        turn = warm.rebuild(left)
        if turn.read:
            left = frozenset()
        tell(turn)
        if inbox.quiet(_WHILE):
            warm.rest()


def print_bug(error: BaseException) -> None:
    traceback.print_exception(error)


def attempt(
    warm: Warm, saved: frozenset[Path], bug: Callable[[BaseException], None] = print_bug
) -> Turn:
    """Nothing that happens to a build ends the watch; `bug` is told what only we can mend."""
    try:
        return warm.rebuild(saved)
    except Mistakes as error:  # the disk is full
        return Turn(error.problems)
    except OSError as error:  # a folder that goes while it is read
        what = f"cannot read {error.filename}: {error.strerror}"
        return Turn((Problem(what, hint="save again when it is there"),), read=False)
    except Exception as error:
        bug(error)
        what = f"the program has a mistake: {type(error).__name__}: {error}"
        return Turn((Problem(what, hint="take back the last change, and report it"),), read=False)


@dataclass
class Voice:
    """What a person sees of it in a terminal."""

    quiet: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    wrong: bool = False

    def say(self, text: str) -> None:
        if not self.quiet:
            print(f"{time.strftime('%H:%M:%S')}  {text}", file=self.out, flush=True)

    def tell(self, turn: Turn) -> None:
        """Problems are told even when it is quiet."""
        if turn.problems:
            self.wrong = True
            print("\n".join(map(str, turn.problems)), file=self.out, flush=True)
            what = count(len(turn.problems), "problem")
            self.say(what if turn.written else f"{what}; the output is as it was")
        elif turn.whole and (turn.printed or self.wrong):
            mended = "mended; " * self.wrong
            self.wrong = False
            self.say(mended + _made(turn.printed, turn.seconds))


def _made(printed: Sequence[Printed], seconds: float) -> str:
    if not printed:
        return "nothing to print anew"
    names = ", ".join(map(_short, printed[:_NAMED]))
    more = f" and {len(printed) - _NAMED} more" if len(printed) > _NAMED else ""
    return f"{names}{more} in {seconds:.1f} s"


def _short(it: Printed) -> str:
    pages = f" ({count(it.pages, 'page')}, {it.size:.3g} pt)" if it.size else ""
    return f"{it.name}{pages}"


def _both(one: Callable[[Turn], None], other: Callable[[Turn], None]) -> Callable[[Turn], None]:
    def tell(turn: Turn) -> None:
        one(turn)
        other(turn)

    return tell
