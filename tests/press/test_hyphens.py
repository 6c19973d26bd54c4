"""Words are divided as pyphen divides them, though less of its dictionaries is read."""

from itertools import pairwise

import pyphen
import pytest

from cramsheet.press.hyphens import Patterns, _HyphDict

WORDS = {
    "en_US": "classification observability a hyperparameter don't SageMaker",
    "de_DE": "Donaudampfschifffahrt Straßenbahn VERKEHRSREGELUNG Äpfel üben x",
    "fr": "développement aujourd'hui",
    "hu": "asszonnyal hosszú",  # letters come in: asz-szony
    "sv": "hälsovårdscentral",
    "nl": "cafeetje lettergrepen",
    "ru": "экзаменационный",
    "bg": "електричество",
}


@pytest.mark.parametrize("language", WORDS)
def test_positions_are_those_of_the_whole_dictionary(language: str) -> None:
    path = pyphen.LANGUAGES[pyphen.language_fallback(language)]
    few, whole = Patterns(path), _HyphDict(path)
    for word in WORDS[language].split():
        found = [(int(it), it.data) for it in few.positions(word)]
        assert found == [(int(it), it.data) for it in whole.positions(word)]


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(pyphen.LANGUAGES))
def test_every_dictionary_can_be_read(language: str) -> None:
    path = pyphen.LANGUAGES[language]
    few, whole = Patterns(path), _HyphDict(path)
    words = ["".join(c for c in key if c.isalpha()) for key in list(whole.patterns)[::997]]
    for word in (first + second for first, second in pairwise(words)):
        assert list(map(int, few.positions(word))) == list(map(int, whole.positions(word)))
