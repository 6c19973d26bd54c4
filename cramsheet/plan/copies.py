"""Who gets which copy, and what its file is called."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category, normalize

from cramsheet.plan.names import Person
from cramsheet.problems import Mistakes, Problem, did_you_mean

FOLDER = "copies"  # beside the documents
ALL = "all"  # in the name of the file that holds all copies
_LONGEST = 100  # bytes of a slug: file systems take names of 255, and the document has its own


@dataclass(frozen=True)
class Copy:
    """One person's: the form of a mock exam, "" of other documents; `file` is what a file name
    says of the person, and no two copies share it."""

    person: Person
    form: str
    file: str


def copies(people: Sequence[Person], forms: Sequence[str] = ("",)) -> tuple[Copy, ...]:
    """In the order of the list the forms take turns, so that neighbours never have the same; a form
    that the list names comes first. Raises Mistakes for one that there is not, or that two
    neighbours would share."""
    if problems := list(_wrong(people, forms)):
        raise Mistakes(problems)
    turns = _turns(people, forms)
    return tuple(map(Copy, people, turns, _slugs(it.name for it in people)))


def _turns(people: Sequence[Person], forms: Sequence[str]) -> list[str]:
    asked = [it.form if len(forms) > 1 else "" for it in people]
    found: list[str] = []
    for index, form in enumerate(asked):
        if not form:
            beside = {*found[-1:], *asked[index + 1 : index + 2]}
            start = forms.index(found[-1]) + 1 if found else 0
            order = [forms[(start + step) % len(forms)] for step in range(len(forms))]
            form = next((it for it in order if it not in beside), order[0])
        found.append(form)
    return found


def _wrong(people: Sequence[Person], forms: Sequence[str]) -> Iterator[Problem]:
    if len(forms) < 2:
        return
    unknown = [it for it in people if it.form and it.form not in forms]
    for it in unknown:
        yield Problem(f'no form "{it.form}"', it.mark, did_you_mean(it.form, forms))
    if unknown:
        return
    for number, (one, two) in enumerate(pairwise(_turns(people, forms)), 1):
        if one == two:
            message = f"{people[number - 1].name} and {people[number].name} both have form {one}"
            hint = "neighbours must not: leave the forms of the list empty, or have more of them"
            yield Problem(message, people[number].mark, hint)


def _slugs(names: Iterable[str]) -> Iterator[str]:
    """Of two names that are written alike the second has a number."""
    taken = {ALL}
    for name in names:
        own = slug(name)
        tries = (own if number == 1 else f"{own}-{number}" for number in range(1, 1 << 20))
        found = next(it for it in tries if it.casefold() not in taken)
        taken.add(found.casefold())
        yield found


def slug(name: str) -> str:
    """Letters and digits of any script in lower case, with hyphens between; Latin ones without
    accents. No system refuses it after the name of a document."""
    text = "".join(_bare(normalize("NFD", normalize("NFKC", name).lower())))
    words = "".join(it if category(it)[0] in "LNM" else " " for it in normalize("NFC", text))
    joined = "-".join(words.split())
    while len(joined.encode()) > _LONGEST:
        joined = joined[:-1]
    return joined.strip("-") or "x"


def _bare(text: str) -> Iterator[str]:
    """Without the accents of Latin letters, and without joiners."""
    base = ""
    for letter in text:
        if category(letter)[0] != "M":
            base = letter
        elif base.isascii():
            continue
        if category(letter) != "Cf":
            yield letter
