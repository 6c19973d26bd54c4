"""`cramsheet doctor`: what stands on this machine, and what to do about what does not."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cramsheet.problems import Exit

if TYPE_CHECKING:
    from cramsheet.desk.checkup import Check


def add_doctor(it: argparse.ArgumentParser) -> None:
    it.add_argument("--json", action="store_true", help="the same for a program")


def doctor(args: argparse.Namespace) -> Exit:
    from cramsheet.desk.checkup import OK, checkup

    checks = checkup(args)
    lacking = [it for it in checks if it.needed and it.state != OK]
    if args.json:
        print(json.dumps([vars(it) for it in checks], indent=1, ensure_ascii=False))
    else:
        print(_page(checks))
        print(_sum(lacking, [it for it in checks if it.state != OK and not it.needed]))
    sys.stdout.flush()
    return Exit.MACHINE if lacking else Exit.DONE


def _page(checks: "Iterable[Check]") -> str:
    lines, section = [], ""
    for it in checks:
        if it.section != section:
            section = it.section
            lines.append(section)
        lines.append(f"  {it.state:<7}  {it.name:<18} {it.found}".rstrip())
        if it.remedy:
            lines.append(f"           {'to do:':<18} {it.remedy}")
    return "\n".join(lines)


def _sum(lacking: "list[Check]", weaker: "list[Check]") -> str:
    if lacking:
        return f"\nnot ready: {', '.join(it.name for it in lacking)}"
    if weaker:
        return f"\nready; without {', '.join(it.name for it in weaker)} the other walls stand alone"
    return "\nready: all that is needed is here, and every wall stands"
