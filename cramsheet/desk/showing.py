"""What there is: packs, kinds of document, papers."""

from pathlib import Path

from cramsheet import shelf
from cramsheet.caps import Caps
from cramsheet.pack.fields import count
from cramsheet.pack.pack import Pack
from cramsheet.pack.sizes import OWN, SIZES
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.sittings import SITTING


def counts(pack: Pack) -> str:
    facts, questions = sum(1 for _ in pack.entries()), sum(1 for _ in pack.singles())
    return f"{count(facts, 'fact')}, {count(questions, 'question')}"


def show(content: Path, caps: Caps) -> None:
    print("packs")
    for pack in shelf.load_all(content, shelf.exams(content), Path.cwd(), caps):
        exam = pack.exam
        print(f"  {pack.name}: {exam.code}, {exam.title} ({exam.status}), {counts(pack)}")
    print("kinds of document")
    for kind in KINDS.values():
        print(f"  {kind.name}: {kind.about}")
    print("printed by mock and practice")
    for kind in SITTING.values():
        print(f"  {kind.name}: {kind.about}")
    print("papers, each also as NAME-portrait or NAME-landscape")
    for name, (width, height) in SIZES.items():
        print(f"  {name}: {width:g} x {height:g} mm")
    print(f"  or any other, as {OWN} or 4.5x7in")
