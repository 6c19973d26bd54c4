"""Forms of a mock exam, drawn by the blueprint."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramsheet.pack.pack import Pack
from cramsheet.plan.asking import put
from cramsheet.plan.mock import Form, Leaning, forms, shares
from cramsheet.problems import Mistakes
from tests.making import pack_from

EXAM = """
code: MOCK-1
title: A mock exam
blueprint:
  questions: 20
  scored: 15
  unscored: 5
  domains:
    - {id: first, title: First, weight: 20, tasks: {"1.1": One, "1.2": Two}}
    - {id: second, title: Second, weight: 33}
    - {id: third, title: Third, weight: 47}
"""
HAVE = {"first": 18, "second": 26, "third": 40}


def _choice(name: str) -> str:
    options = "".join(
        f"\n      - {{{'right' if letter == 'a' else 'wrong'}: {name} {letter}, why: because}}"
        for letter in "abcd"
    )
    return f"  - question: Ask {name}?\n    id: {name}\n    options:{options}\n"


def _case(name: str, parts: int) -> str:
    inner = "".join(
        f"      - {{claim: Part {n} of {name}, id: {name}-{n}, is: true, why: because}}\n"
        for n in range(parts)
    )
    return (
        f"  - case: Case {name}\n    id: {name}\n    story: It was night.\n    questions:\n{inner}"
    )


def pack(have: dict[str, int] = HAVE, cases: int = 1) -> Pack:
    files = {"exam.yaml": EXAM}
    for domain, number in have.items():
        text = f"domain: {domain}\nquestions:\n"
        singles = number - 2 * cases
        text += "".join(_choice(f"{domain}-{n}") for n in range(singles))
        text += "".join(_case(f"{domain}-case{n}", 2) for n in range(cases))
        files[f"questions/{domain}.yaml"] = text
        files[f"{domain}.yaml"] = (
            f"domain: {domain}\ntopics: [{{topic: T, facts: [Of {domain}]}}]\n"
        )
    return pack_from(files)


PACK = pack()
OF = {
    item.id: domain.row.id
    for domain in PACK.domains
    for it in domain.items
    for item in it.singles()
}


def names(form: Form) -> list[str]:
    return [item.id for item in form.singles()]


@settings(max_examples=200, deadline=None)
@given(st.text("abcdefg0123456789", min_size=1, max_size=8))
def test_every_seed_keeps_every_rule(seed: str) -> None:
    made = forms(PACK, seed, "ABC")
    drawn = [name for form in made for name in names(form)]
    assert len(drawn) == len(set(drawn)) == 60  # none twice
    for form in made:
        assert Counter(OF[name] for name in names(form)) == {"first": 4, "second": 7, "third": 9}
        assert Counter(OF[name] for name in form.unscored) == {"first": 1, "second": 2, "third": 2}
        for item in form.items:  # cases stay whole
            assert all(part.id in names(form) for part in item.parts)
    assert made == forms(PACK, seed, "ABC")


def test_another_seed_is_another_paper() -> None:
    one, other = (forms(PACK, seed, "A")[0] for seed in "78")
    assert set(names(one)) != set(names(other))
    assert names(one) != sorted(names(one), key=list(OF).index)  # domains are mixed


def test_the_order_of_the_pack_does_not_count() -> None:
    turned = replace(PACK, domains=tuple(replace(it, items=it.items[::-1]) for it in PACK.domains))
    assert forms(turned, "7", "AB") == forms(PACK, "7", "AB")


def test_too_few_questions_are_told_by_domain() -> None:
    with pytest.raises(Mistakes) as caught:
        forms(pack({"first": 7, "second": 26, "third": 10}), "7", "AB")
    assert [it.message for it in caught.value.problems] == [
        "First has 7 questions, 2 forms of 4 need 8: 1 is missing",
        "Third has 10 questions, 2 forms of 9 need 18: 8 are missing",
    ]
    assert len(forms(pack({"first": 7, "second": 26, "third": 10}), "7", "AB", again=True)) == 2


def test_a_form_that_only_cases_could_fill_is_filled() -> None:
    """A domain of three cases and one question, four of which are asked for."""
    few = pack({"first": 8, "second": 26, "third": 40}, cases=1)
    for seed in map(str, range(40)):
        for form in forms(few, seed, "AB"):
            assert Counter(OF[name] for name in names(form))["first"] == 4


def test_cases_alone_cannot_make_an_odd_number() -> None:
    cases = pack({"first": 18, "second": 26, "third": 18}, cases=9)
    with pytest.raises(Mistakes, match="cases alone"):
        forms(cases, "7", "AB")


@given(st.integers(0, 500), st.lists(st.floats(0.5, 100), min_size=1, max_size=9))
def test_shares_add_up_and_are_within_one(total: int, weights: list[float]) -> None:
    made = shares(total, weights)
    assert sum(made) == total
    for share, weight in zip(made, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1 + 1e-6


def test_the_mls_blueprint() -> None:
    assert shares(65, [20, 24, 36, 20]) == (13, 16, 23, 13)
    assert shares(50, [20, 24, 36, 20]) == (10, 12, 18, 10)


def test_options_are_shuffled_by_form() -> None:
    (item,) = (it for it in PACK.singles() if it.id == "first-0")
    orders = {tuple(o.text for o in put(item, 1, f"{seed}\0A").options) for seed in range(30)}
    assert len(orders) > 10
    assert put(item, 1, "7\0A") == put(item, 1, "7\0A")


def test_domains_may_weigh_otherwise() -> None:
    leaning = Leaning({"first": 50.0, "second": 25.0, "third": 25.0})
    (form,) = forms(pack(), "1", "A", leaning=leaning)
    found = Counter(single.id.split("-")[0] for single in form.singles())
    assert found == {"first": 10, "second": 5, "third": 5}
    unscored = Counter(name.split("-")[0] for name in form.unscored)
    assert sum(unscored.values()) == 5
    assert max(unscored.values()) == unscored["first"]


def test_questions_about_missed_facts_are_drawn_sooner() -> None:
    taught = ["known" if n % 3 else "missed" for n in range(30)]
    asked = "".join(
        f"  - {{claim: C{n}, id: c{n}, is: true, why: W, teaches: [{name}]}}\n"
        for n, name in enumerate(taught)
    )
    facts = "[{fact: K, id: known}, {fact: M, id: missed}]"
    its_pack = pack_from(
        {
            "exam.yaml": "code: L-1\ntitle: L\n"
            "blueprint: {domains: [{id: one, title: One, weight: 100}]}\n",
            "1.yaml": f"domain: one\ntopics: [{{topic: T, facts: {facts}}}]\n",
            "questions/1.yaml": f"domain: one\nquestions:\n{asked}",
        }
    )

    def drawn(facts: frozenset[str]) -> int:
        leaning = Leaning({"one": 100.0}, facts)
        made = (forms(its_pack, str(seed), "A", 9, leaning=leaning) for seed in range(20))
        return sum("missed" in it.asked.teaches for (form,) in made for it in form.singles())

    assert drawn(frozenset({"missed"})) > 1.5 * drawn(frozenset())
