"""The words of the documents themselves ("Answer key"), one TOML file for each language."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cramsheet.page.shop import Shop
from cramsheet.problems import mistake

FALLBACK = "en"


class Unspoken(Exception):
    """A template asks for words that no language has."""


@dataclass(frozen=True)
class Words:
    """Looked up by name; what a language lacks is said in English."""

    table: dict[str, str | list[str]]

    @classmethod
    def of(cls, language: str, shop: Shop) -> "Words":
        table: dict[str, str | list[str]] = {}
        for name in (FALLBACK, language.split("-")[0], language):
            if text := shop.words(name):
                table |= _read(name, text)
        return cls(table)

    def __call__(self, name: str, /, **parts: object) -> str:
        if name not in self.table:
            raise Unspoken(f'no words are called "{name}"')
        return str(self.table[name]).format(**parts)

    def decimal(self, number: float, form: str = "g") -> str:
        """A number with the decimal sign of the language, and a minus that is no hyphen."""
        return format(number, form).replace(".", str(self.table["decimal"])).replace("-", "−")

    def number(self, count: int) -> str:
        names = self.table["numbers"]
        return names[count] if isinstance(names, list) and count < len(names) else str(count)

    def day(self, day: date) -> str:
        return str(self.table["day"]).format(day=day.isoformat())

    def all_said(self) -> str:
        """Every word of the language."""
        return "".join("".join(said) for said in self.table.values())

    def parts(self, name: str) -> list[str]:
        return str(self.table[name]).split("|")


@lru_cache(maxsize=32)
def _read(language: str, text: str) -> dict[str, str | list[str]]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"templates/words/{language}.toml cannot be read: {error}"
        raise mistake(message, hint='one line for each word: key = "word"') from error
