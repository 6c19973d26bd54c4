"""The fields of a form as a marker reads them.

WeasyPrint makes fields of inputs. It numbers the states of a radio group, and lists its buttons
beside the group; here states get the values of their inputs ("A", "true"), a group alone is listed,
and the field that carries the code of the form is neither seen nor changed.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

FORM = "form"  # the name of that field
_HIDDEN, _FIXED = 2, 1  # flags of PDF


def tidied(document: Any, pdf: Any) -> None:
    """What WeasyPrint calls with the document and its PDF before it is written."""
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    listed = []
    for reference in form["Fields"]:
        field = _at(pdf, reference)
        if "Parent" in field:
            continue  # a button of a group, which is listed
        if "Kids" in field:
            _named_states(pdf, field)
        elif _text(field["T"]) == FORM:
            field["F"], field["Ff"] = _HIDDEN, _FIXED
        listed.append(reference)
    form["Fields"][:] = listed


def _named_states(pdf: Any, group: Any) -> None:
    values = map(_text, group.pop("Opt"))
    buttons = [_at(pdf, reference) for reference in group["Kids"]]
    group["TU"] = type(group["TU"])(_shared([_text(it["TU"]) for it in buttons]))
    for button, value in zip(buttons, values, strict=True):
        states = button["AP"]["N"]
        (drawn,) = states.values()
        states.clear()
        states[value] = drawn
        button.pop("T", None)  # its group has the name


def _shared(names: Sequence[str]) -> str:
    """What the buttons of a group are called alike: "question 7"."""
    begin = takewhile(lambda it: len(set(it)) == 1, zip(*names, strict=False))
    return "".join(letter for letter, *_ in begin).strip(" :：")


def _at(pdf: Any, reference: Any) -> Any:
    number = int(str(reference, "ascii").split()[0])
    return pdf.objects[number]


def _text(value: Any) -> str:
    """Of a string object."""
    return str(value.string)
