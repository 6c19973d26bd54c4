"""Kinds of document around an exam to sit: its paper and what belongs to it, what to read again."""

from dataclasses import replace

from cramsheet.plan.kinds import KINDS, Kind

WEAK = replace(
    KINDS["sheet"],
    name="weak",
    about="the facts behind the questions that were missed",
    like=("sheet",),
)

_ANSWERS = Kind(
    name="answers",
    about="its answer sheet, for a pen or to be filled in on a screen",
    shows="questions",
    turn="portrait",
    size=8.6,
    column=105.0,
    gap=9.0,
    margin=(9, 10, 12, 10),
    running_heads=False,
    leaf=True,
)

# What a mock exam is printed as, beside its key; Kind by Kind for one form.
SITTING: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        replace(
            KINDS["booklet"],
            name="mock",
            about="the question paper of a mock exam",
            like=("booklet",),
            binding=None,
            contents=True,
        ),
        _ANSWERS,
        replace(
            _ANSWERS,
            name="strip",
            about="its key as letters alone, in the places of the answer sheet",
        ),
        replace(
            _ANSWERS,
            name="score",
            about="a card to work out the result by hand, and what to read again",
            size=9.2,
            margin=(14, 14, 14, 14),
        ),
    )
}


def of_a_form(kind: Kind) -> Kind:
    """The same kind on loose sheets, its questions mixed: no domain begins anywhere."""
    return replace(kind, binding=None, chapters=False)
