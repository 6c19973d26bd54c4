"""Reading a finished PDF back the way a person would: words, where they stand, where links lead."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any

from PIL import ImageFont
from pypdf import PdfReader

from cramsheet.page.fonts import font_bytes

MM = 25.4 / 72


@dataclass(frozen=True)
class Run:
    """A piece of text in one font; page from 1, places in mm from the top left, size in pt.

    `top` is the baseline. Text inside a drawing has the drawing's own coordinates.
    """

    page: int
    left: float
    top: float
    size: float
    font: str
    text: str
    drawn: bool

    @property
    def right(self) -> float:
        """From the advance widths of the font file, not from what laid the page out."""
        face = "code" if "Code" in self.font else "text"
        return self.left + advance(self.text.rstrip(), "Bold" in self.font, face) * self.size * MM


@dataclass(frozen=True)
class Link:
    """Page and middle of its rectangle in mm; it leads to a page of this file, or an address."""

    page: int
    top: float
    left: float
    target: int | str


@dataclass(frozen=True)
class Target:
    """Where links with its name lead: the page, and how far down in mm."""

    page: int
    top: float


@dataclass(frozen=True)
class Title:
    """A line of the outline."""

    depth: int
    text: str
    page: int


@dataclass(frozen=True)
class Paper:
    sizes: tuple[tuple[float, float], ...]  # of each page, width and height in mm
    runs: tuple[Run, ...]  # in the order in which they are drawn
    links: tuple[Link, ...]
    targets: dict[str, Target]
    outline: tuple[Title, ...]
    fonts: frozenset[str]  # without the prefix of a subset
    embedded: bool
    info: dict[str, str]
    language: str
    tags: tuple[str, ...]
    alternatives: tuple[str, ...]
    tongues: tuple[str, ...]  # the languages of foreign words
    said: tuple[str, ...]  # where glyphs are parts of letters: the letters, from left to right

    @property
    def count(self) -> int:
        return len(self.sizes)

    @property
    def letters(self) -> str:
        """All letters and digits, in the order of drawing."""
        return letters("".join(run.text for run in self.runs))

    def on(self, page: int) -> str:
        """The letters and digits of one page."""
        return letters("".join(run.text for run in self.runs if run.page == page))

    def find(self, text: str) -> Run:
        """The first piece that holds the text."""
        return next(run for run in self.runs if text in run.text)

    def find_all(self, text: str) -> list[Run]:
        return [run for run in self.runs if text in run.text]

    def pages_of(self, text: str) -> list[int]:
        return [page for page in range(1, self.count + 1) if letters(text) in self.on(page)]

    def lines(self, page: int = 0) -> list[str]:
        """Text on one baseline is a line, columns side by side too; of all pages by default."""
        runs = [run for run in self.runs if not run.drawn and page in (0, run.page)]
        runs.sort(key=lambda run: (run.page, round(run.top, 1), run.left))
        rows = groupby(runs, key=lambda run: (run.page, round(run.top, 1)))
        return [" ".join(" ".join(run.text for run in row).split()) for _, row in rows]


def advance(text: str, bold: bool = False, face: str = "text") -> float:
    """How wide a text is, in em."""
    return _face(face, bold).getlength(text) / 1000


def letters(text: str) -> str:
    """What is left of a text when spaces, signs, line breaks and capitals do not count."""
    return "".join(letter for letter in text.replace("×", "x").casefold() if letter.isalnum())


def read(data: bytes) -> Paper:
    reader = PdfReader(BytesIO(data), strict=True)
    root: Any = reader.trailer["/Root"]
    info = {str(key): str(value) for key, value in (reader.metadata or {}).items()}
    fonts = dict(_fonts(reader))
    return Paper(
        tuple((page.mediabox.width * MM, page.mediabox.height * MM) for page in reader.pages),
        tuple(_runs(reader)),
        tuple(_links(reader)),
        dict(_targets(reader)),
        tuple(_outline(reader, reader.outline, 0)),
        frozenset(fonts),
        all(fonts.values()),
        info,
        str(root.get("/Lang", "")),
        tuple(_tags(root.get("/StructTreeRoot", {}), "/S")),
        tuple(_tags(root.get("/StructTreeRoot", {}), "/Alt")),
        tuple(_tags(root.get("/StructTreeRoot", {}), "/Lang")),
        tuple(_said(reader)),
    )


def _runs(reader: PdfReader) -> Iterator[Run]:
    for number, page in enumerate(reader.pages, 1):
        height = float(page.mediabox.height)
        found: list[Run] = []

        def see(
            text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float,
            number: int = number, height: float = height, found: list[Run] = found,
        ) -> None:  # fmt: skip
            if text.strip():
                drawn = cm[3] > 0  # the page itself is turned upside down, drawings are not
                x, y = cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5]
                name = str((font or {}).get("/BaseFont", "")).partition("+")[2]
                down = y if drawn else height - y
                points = size * abs(cm[3])
                found.append(Run(number, x * MM, down * MM, points, name, text.strip("\n"), drawn))

        page.extract_text(visitor_text=see)
        yield from found


def _said(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        found: list[str] = []

        def see(operator: bytes, operands: Any, *_: Any, found: list[str] = found) -> None:
            if operator == b"BDC" and "/ActualText" in operands[1]:
                found.append(str(operands[1]["/ActualText"]))

        page.extract_text(visitor_operand_before=see)
        yield from found


def _links(reader: PdfReader) -> Iterator[Link]:
    targets = {
        name: (reader.get_destination_page_number(it) or 0) + 1
        for name, it in reader.named_destinations.items()
    }
    for number, page in enumerate(reader.pages, 1):
        for note in page.get("/Annots", ()):
            it = note.get_object()
            if it["/Subtype"] != "/Link":
                continue
            left, low, right, high = (float(side) for side in it["/Rect"])
            down = float(page.mediabox.height) - (low + high) / 2
            address = it["/A"]["/URI"] if "/A" in it else targets[it["/Dest"]]
            yield Link(number, down * MM, (left + right) / 2 * MM, address)


def _targets(reader: PdfReader) -> Iterator[tuple[str, Target]]:
    for name, it in reader.named_destinations.items():
        number = reader.get_destination_page_number(it) or 0
        height = float(reader.pages[number].mediabox.height)
        yield name, Target(number + 1, (height - float(it.top or 0)) * MM)


def _outline(reader: PdfReader, items: Any, depth: int) -> Iterator[Title]:
    for item in items:
        if isinstance(item, list):
            yield from _outline(reader, item, depth + 1)
        else:
            page = (reader.get_destination_page_number(item) or 0) + 1
            yield Title(depth, " ".join(str(item.title).split()), page)


def _fonts(reader: PdfReader) -> Iterator[tuple[str, bool]]:
    """Every font of the file: its name, and whether its outlines are inside."""
    for index in sorted({*reader.xref.get(0, ()), *reader.xref_objStm}):  # some may be free
        it = reader.get_object(index)
        if isinstance(it, dict) and it.get("/Type") == "/FontDescriptor":
            name = str(it["/FontName"]).removeprefix("/").rpartition("+")[2]
            yield name, any(f"/FontFile{form}" in it for form in ("", "2", "3"))


def _tags(node: Any, key: str) -> Iterator[str]:
    """The values of a key in the structure tree, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _tags(child, key)
    elif isinstance(node, dict):
        if key in node:
            yield str(node[key])
        yield from _tags(node.get("/K"), key)


@lru_cache(maxsize=8)
def _face(name: str, bold: bool) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(BytesIO(font_bytes(name)), 1000)
    font.set_variation_by_axes([600 if bold else 400])
    return font
