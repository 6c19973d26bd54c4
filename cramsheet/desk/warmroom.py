"""A worker that stays: what is read and imported once serves the next build."""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cramsheet.desk import cli
from cramsheet.desk.caching import kept
from cramsheet.desk.errand import find
from cramsheet.desk.handing import at_a_desk, problem_row
from cramsheet.desk.sight import Choice, Sight
from cramsheet.desk.warm import Turn, Warm
from cramsheet.desk.watch import attempt
from cramsheet.desk.workroom import Voice, ended
from cramsheet.guard.limits import Limits, renew
from cramsheet.guard.walls import Standing
from cramsheet.guard.wire import Gone, Wire
from cramsheet.guard.worker import Work


def work_on(words: Sequence[str]) -> Work:
    """The first word tells the seconds that one build may take."""
    seconds, *typed = words
    args, limits = cli.read(typed), Limits(int(seconds))

    def work(wire: Wire, standing: Standing) -> None:
        sys.stdout, sys.stderr = Voice(wire, "out", False), Voice(wire, "err", False)
        at_a_desk(wire)
        find()
        try:
            with kept(args), closing(Room(args, wire)) as it:
                while True:
                    renew(limits)
                    it.serve(wire.hear().head)
        except Gone:
            return

    return work


class Room:
    """Serves the desk, one request after the other."""

    def __init__(self, args: Namespace, wire: Wire) -> None:
        self._args, self._wire = args, wire
        self._sight = Sight(self._show)
        if hasattr(args, "port"):  # somebody looks at it
            self._warm = Warm(args, self._sight.extra, self._sight.show, self._hurried)
        else:
            self._warm = Warm(args, hurried=self._hurried)

    def serve(self, head: Mapping[str, Any]) -> None:
        answer: Mapping[str, Any] = {}
        match head["do"]:
            case "rebuild":
                self._sight.looked_at = tuple(map(Choice.told, head["looked_at"]))
                answer = self._rebuilt(frozenset(map(Path, head["saved"])))
            case "weigh":
                found = self._sight.weigh()
                answer = {"inks": [[asdict(choice), ink] for choice, ink in found]}
            case "rest":
                self._warm.rest()
        self._wire.say({**answer, "do": "done"})
        if "limit" in answer:  # whoever had too little memory once is not to be relied upon
            raise Gone

    def close(self) -> None:
        self._warm.close()

    def _rebuilt(self, saved: frozenset[Path]) -> Mapping[str, Any]:
        errors: list[BaseException] = []
        turn = attempt(self._warm, saved, errors.append)
        return ended(errors[0], self._args) if errors else {"turn": turn_row(turn)}

    def _show(self, head: Mapping[str, Any], datas: Sequence[bytes]) -> None:
        self._wire.say({"do": "show", **head}, datas)

    def _hurried(self) -> bool:
        self._wire.say({"do": "hurried"})
        return bool(self._wire.hear().head.get("hurried"))


def turn_row(turn: Turn) -> dict[str, Any]:
    """As it travels: documents as they are told of, without their bytes."""
    return {
        "problems": [problem_row(it) for it in turn.problems],
        "printed": [
            [it.exam, it.name, it.pages, it.things, it.size, it.seconds] for it in turn.printed
        ],
        "edited": sorted(turn.edited),
        "seconds": turn.seconds,
        "written": turn.written,
        "whole": turn.whole,
        "read": turn.read,
    }
