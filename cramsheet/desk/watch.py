"""`cramsheet watch` and `cramsheet preview`: build again whenever a file is saved."""

import argparse
import gc
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TextIO

from cramsheet.cellar.keeping import rest
from cramsheet.desk.warm import Turn, Warm
from cramsheet.desk.watching import Inbox, Watcher
from cramsheet.pack.fields import count
from cramsheet.page.shop import Shop
from cramsheet.printed import Printed
from cramsheet.problems import Mistakes, Problem

_FOLDERS = ("content", "templates", "styles")
_WHILE = 2.0  # s, in which a browser has fetched the pages
_NAMED = 4  # documents in a line


def watch(args: argparse.Namespace) -> None:
    """Until Ctrl-C."""
    inbox = Inbox()
    warm = Warm(args, hurried=lambda: inbox.waiting)
    voice = Voice(args.quiet)
    with closing(warm), watched(warm, args.poll, inbox):
        voice.say(f"watching {warm.project / 'content'}, templates and styles; Ctrl-C ends")
        with ended(voice):
            run(warm, inbox, voice.tell)


def preview(args: argparse.Namespace) -> None:
    """The same, with the pages in a browser."""
    import webbrowser

    from cramsheet.desk.preview import Preview, only_paper
    from cramsheet.desk.serving import served

    only_paper(args)
    inbox = Inbox()
    shown = Preview(Shop.open(args.project), inbox.put)
    warm = Warm(args, shown.extra, shown.show, lambda: inbox.waiting)
    voice = Voice(args.quiet)
    with (
        closing(shown),
        closing(warm),
        served(shown, args.port) as address,
        watched(warm, args.poll, inbox),
    ):
        print(f"{address}\nCtrl-C ends", flush=True)
        if not args.no_open:
            webbrowser.open(address)
        with ended(voice):
            run(warm, inbox, _both(voice.tell, shown.tell), shown.begin)


@contextmanager
def watched(warm: Warm, poll: bool, inbox: Inbox) -> Iterator[None]:
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
    warm: Warm,
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
        turn = attempt(warm, left)
        if turn.read:
            left = frozenset()
        tell(turn)
        if inbox.quiet(_WHILE):
            rest()
            tidy()


def tidy() -> None:
    """Look for garbage while nobody waits, and set aside what stays: otherwise every build would
    look through all that was read and imported before it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def attempt(warm: Warm, saved: frozenset[Path]) -> Turn:
    """Nothing that happens to a build ends the watch."""
    try:
        return warm.rebuild(saved)
    except Mistakes as error:  # the disk is full
        return Turn(error.problems)
    except OSError as error:  # a folder that goes while it is read
        what = f"cannot read {error.filename}: {error.strerror}"
        return Turn((Problem(what, hint="save again when it is there"),), read=False)
    except Exception as error:
        traceback.print_exc()
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
