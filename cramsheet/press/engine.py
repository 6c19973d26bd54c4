"""WeasyPrint, made ready once and used for every document of a build.

It sees only our fonts, opens nothing but what it is handed, and whatever it logs is a mistake.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType, TracebackType
from typing import Any

from cramsheet.cellar.keeping import rest
from cramsheet.page.fonts import cut
from cramsheet.page.letters import advice
from cramsheet.page.shop import Style
from cramsheet.page.writing import Html
from cramsheet.press.libraries import libraries
from cramsheet.press.sparing import sparing
from cramsheet.press.stock import Stock
from cramsheet.press.store import Store
from cramsheet.problems import Mark, Mistakes, Problem

# The subsetter of variable fonts writes the clock into the file unless this is set.
_EPOCH = "SOURCE_DATE_EPOCH"
_FACE = "@font-face"
_FRAMES = 200  # they hold WeasyPrint's boxes


def import_all() -> None:
    """WeasyPrint, and what it has to be taught; it takes a second the first time."""
    with libraries(), sparing():
        from cramsheet.press import deflating, hyphens, joining, lines, pristine, tagging
    joining.teach()
    tagging.teach()
    hyphens.teach()
    lines.teach()
    deflating.teach()
    pristine.teach()


@dataclass(frozen=True)
class Written:
    """A finished file, and the families of the fonts inside."""

    data: bytes
    families: tuple[str, ...]


class Engine:
    """Use it as a context: leaving removes its temporary files. `store` holds the blocks that it
    has laid out."""

    def __init__(self) -> None:
        self.store = Stock()
        self.frames: Store[bytes, Any] = Store(_FRAMES)

    def __enter__(self) -> "Engine":
        self._stack = ExitStack()
        self._folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="cramsheet-")))
        only_our_fonts(self._folder)
        os.environ.setdefault(_EPOCH, "0")
        import_all()
        self._fetcher = _fetcher()
        self._fonts: dict[tuple[Style, ...], Any] = {}
        self._parsed: dict[tuple[Style, Any], Any] = {}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._parsed.clear()
        self._stack.close()
        rest()

    def lay(self, html: Html) -> Any:
        """A laid-out weasyprint Document; raises Mistakes for what it logs."""
        from weasyprint import HTML

        fonts = self.fonts_of(html)
        styles = [self._style(style, fonts) for style in html.styles]
        with self.all_is_well():
            source = HTML(string=html.text, base_url="pack:", url_fetcher=self._fetcher)
            return source.render(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")

    def write(
        self,
        document: Any,
        finisher: Callable[[Any, Any], None] | None = None,
        carried: Mapping[str, str] = MappingProxyType({}),
    ) -> Written:
        """`carried` are files that travel inside, by name."""
        document.metadata.attachments = [_attached(name, it) for name, it in carried.items()]
        with self.all_is_well():
            data = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finisher)
        families = sorted({font.family for font in document.fonts.values()})
        return Written(data, tuple(families))

    def fonts_of(self, html: Html) -> Any:
        """WeasyPrint's configuration with the faces of a document.

        Documents with the same faces share them. Others must not: of two faces of one name, as
        the usual and the thin letters are, the first one would serve for both."""
        from weasyprint.text.fonts import FontConfiguration

        faces = tuple(style for style in html.styles if _FACE in style.text)
        if faces not in self._fonts:
            self._fonts[faces] = fonts = FontConfiguration()
            fonts._folder = self._folder / f"fonts-{len(self._fonts)}"  # it would clean up too late
            fonts._folder.mkdir()
            for face in faces:
                self._style(face, fonts)  # what is known may be drawn without being laid out
        return self._fonts[faces]

    def _style(self, style: Style, fonts: Any) -> Any:
        from weasyprint import CSS

        key = (style, fonts if _FACE in style.text else None)
        if key not in self._parsed:
            with self.all_is_well(style.path):
                self._parsed[key] = CSS(
                    string=style.text,
                    base_url="style:",  # without one an @import raises
                    url_fetcher=self._fetcher,
                    font_config=fonts,
                )
        return self._parsed[key]

    @contextmanager
    def all_is_well(self, path: str | None = None) -> Iterator[None]:
        """Raises Mistakes with what WeasyPrint logs and with the addresses that it was refused."""
        refused = self._fetcher.refused
        with _listening(path) as problems:
            yield
        problems += [Problem(f'"{address}" is not part of the pack') for address in refused]
        refused.clear()
        if problems:
            raise Mistakes(dict.fromkeys(problems))


def _attached(name: str, text: str) -> Any:
    """On no day, so that the same content is the same file."""
    from weasyprint import Attachment

    no_day = datetime.fromtimestamp(0, UTC)
    about = "what this document says, and where"
    return Attachment(
        string=text, name=name, description=about, created=no_day, modified=no_day,
        relationship="Data",
    )  # fmt: skip


@contextmanager
def _listening(path: str | None) -> Iterator[list[Problem]]:
    """WeasyPrint logs a broken rule or a missing glyph and prints on; we do not."""
    problems: list[Problem] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            problems.append(_heard(record.getMessage(), path))

    ear, logger = Ear(logging.WARNING), logging.getLogger("weasyprint")
    logger.addHandler(ear)
    try:
        yield problems
    finally:
        logger.removeHandler(ear)


def _heard(message: str, path: str | None) -> Problem:
    if glyph := re.search(r"\.notdef glyph.*?: (\"(.*?)\".*)$", message):
        return Problem(f"no font has the character {glyph[1]}", hint=advice(glyph[2][:1]))
    if twice := re.search(r"Anchor defined twice: '(.*)'", message):
        hint = "ids must be unique: look at the template that prints it"
        return Problem(f'"{twice[1]}" stands twice', hint=hint)
    if path is None:
        return Problem(f"style: {message}")
    place = re.search(r" at (\d+):(\d+)", message)
    mark = Mark(path, int(place[1]), int(place[2])) if place else Mark(path)
    return Problem(f"style: {message}", mark)


def only_our_fonts(folder: Path) -> None:
    """A configuration for Fontconfig in which the machine's own fonts do not exist.

    One font is there, for Pango crashes without any; the others come with the styles.
    """
    fonts = folder / "fonts"
    fonts.mkdir()
    (fonts / "text.ttf").write_bytes(cut("text-400"))
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


def _fetcher() -> Any:
    """Serves our fonts and what a document carries inside itself; refuses all else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.refused: list[str] = []

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("font:"):
                return URLFetcherResponse(url, cut(url.removeprefix("font:")))
            if url.startswith("data:"):
                return super().fetch(url, headers)
            self.refused.append(url)
            raise ValueError(f"refused: {url}")

    return OnlyOurs()
