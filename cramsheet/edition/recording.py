"""What is put down of documents that were printed."""

from collections.abc import Mapping, Sequence

from cramsheet.edition.record import Document, Edition, Old
from cramsheet.pack.content import FACTS, QUESTIONS, Content, content_of
from cramsheet.pack.pack import Pack
from cramsheet.plan.plan import Plan
from cramsheet.press.press import Made

_MOST = 5_000  # pages of before that are remembered


def document_of(made: Made, since: bool = False) -> Document:
    """What stays is told where it is known against which edition; that is the same each time."""
    plan = made.plan
    order = {
        "kind": plan.called,
        "paper": plan.area.paper.name,
        "look": plan.look.name,
        "ink": plan.ink,
        "set": made.kept.asked,
    }
    ids = set(plan.ids())
    places = {
        name: tuple((it.page, (it.left, it.top, it.right, it.bottom)) for it in parts)
        for name, parts in made.pages.places.items()
        if name in ids
    }
    stays = made.fit.kept if since else ""
    return Document(order, made.pages.stamps, places, made.kept.text(), stays)


def carried(pack: Pack, plan: Plan, document: Document) -> str:
    """The record that travels inside a document: of what it shows. A booklet that is handed out
    does not tell its answers there, either."""
    content = content_of(pack)
    shown = content.only(QUESTIONS if plan.kind.asks else FACTS)
    told = shown.untold() if plan.kind.asks and not plan.kind.answers else shown
    return Edition(told, {plan.name: document}).to_json()


def together(
    old: Edition | None, content: Content, documents: Mapping[str, Document], there: Sequence[str]
) -> Edition:
    """The record beside the documents of an exam, with those of before that are still `there`, and
    with the codes of pages that are not what they were."""
    before = old.documents if old else {}
    kept = {name: it for name, it in before.items() if name in there}
    every = {**kept, **documents}
    good = {stamp.code for it in every.values() for stamp in it.pages}
    gone = {
        stamp.code: Old(name, number, stamp.edition)
        for name, it in before.items()
        for number, stamp in enumerate(it.pages, 1)
    }
    earlier = {**(old.earlier if old else {}), **gone}
    left = [(code, it) for code, it in earlier.items() if code not in good]
    return Edition(content, every, dict(left[-_MOST:]))
