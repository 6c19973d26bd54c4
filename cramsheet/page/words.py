"""The words of the documents themselves ("Answer key"), one TOML file for each language."""

import tomllib
from dataclasses import dataclass
from datetime import date

from cramsheet.page.shop import Shop

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
                table |= tomllib.loads(text)
        return cls(table)

    def __call__(self, name: str, /, **parts: object) -> str:
        if name not in self.table:
            raise Unspoken(f'no words are called "{name}"')
        return str(self.table[name]).format(**parts)

    def number(self, count: int) -> str:
        names = self.table["numbers"]
        return names[count] if isinstance(names, list) and count < len(names) else str(count)

    def day(self, day: date) -> str:
        return day.isoformat()

    def parts(self, name: str) -> list[str]:
        return str(self.table[name]).split("|")
