"""Looks and inks as stylesheets tell them, and whether their colours serve everybody."""

from pathlib import Path

import pytest

from cramsheet.page.looks import look_of
from cramsheet.page.palette import HUES, Palette
from cramsheet.page.properties import properties, resolved
from cramsheet.page.shop import Style
from cramsheet.plan.looks import DEFAULT_INK, MODERN
from cramsheet.problems import Mistakes
from tests.making import SHOP, own_shop, place

LOOKS, INKS = tuple(SHOP.names("styles/look")), tuple(SHOP.names("styles/ink"))


def palette(look: str, ink: str) -> Palette:
    return Palette.of([SHOP.style(name) for name in ("base", f"look/{look}", f"ink/{ink}")])


def test_there_are_looks_and_inks() -> None:
    assert set(LOOKS) >= {"modern", "classic", "compact", "clear"}
    assert set(INKS) == {"colour", "grey", "saver", "black"}
    assert MODERN.name in LOOKS
    assert DEFAULT_INK in INKS


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ink", INKS)
def test_neighbouring_domains_can_be_told_apart(look: str, ink: str) -> None:
    palette(look, ink).prove(HUES)


def test_every_domain_has_a_hue_of_its_own_in_colour() -> None:
    assert len(set(palette("modern", "colour").hues)) == HUES


@pytest.mark.parametrize("ink", ["grey", "saver", "black"])
def test_other_inks_have_no_colour(ink: str) -> None:
    for hue in palette("modern", ink).hues:
        assert hue[1:3] == hue[3:5] == hue[5:7]


def test_a_theme_that_some_people_cannot_read_is_refused(tmp_path: Path) -> None:
    bad = ".d1 { --hue: #4f5a0b }\n.d2 { --hue: #9c1f3f }"
    shop = own_shop(tmp_path, {"styles/ink/mine.css": bad})
    mine = Palette.of([shop.style(name) for name in ("base", "look/modern", "ink/mine")])
    with pytest.raises(Mistakes) as caught:
        mine.prove(2)
    problem = caught.value.problems[0]
    assert problem.message.startswith("domains 1 and 2 look alike to people who see no green")
    assert place(problem) == "mine.css:1:1"
    mine.prove(1)  # no neighbour


def test_black_promises_more_contrast() -> None:
    assert palette("modern", "colour").contrast == 4.5
    assert palette("modern", "black").contrast == 7


def test_a_look_tells_what_its_pages_need() -> None:
    assert look_of("modern", SHOP) == MODERN
    assert look_of("compact", SHOP).wide < 1
    assert look_of("clear", SHOP).large
    assert look_of("classic", SHOP).leading > MODERN.leading


def test_a_look_that_is_not_understood(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"styles/look/odd.css": ":root { --leading: wide }"})
    with pytest.raises(Mistakes, match='"--leading: wide" is no number'):
        look_of("odd", shop)
    with pytest.raises(Mistakes, match='no style "look/clasic"') as caught:
        look_of("clasic", shop)
    assert "classic" in caught.value.problems[0].hint


def test_properties_come_later_and_lead_to_others() -> None:
    told = properties(
        (
            Style("a", ":root, .d1 { --x: 1; --y: var(--x) } p { --z: 3 }"),
            Style("b", ":root { --x: 2; --w: var(--w) } @page { --x: 9 }"),
        )
    )
    assert told[":root"] == {"x": "2", "y": "var(--x)", "w": "var(--w)"}
    assert told[".d1"] == {"x": "1", "y": "var(--x)"}
    assert resolved("y", told[":root"]) == "2"
    assert resolved("y", told[".d1"], told[":root"]) == "1"
    assert resolved("w", told[":root"]) == ""
    assert resolved("none", told[":root"]) == ""
