"""Frames: pages with their heads, feet and title, laid out once for all that say the same."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from cramsheet.page.writing import Html
from cramsheet.press.composing import layers
from cramsheet.press.engine import Engine
from cramsheet.press.fragment import Recorder
from cramsheet.press.stamps import FRAME


def lay_frames(html: Html, engine: Engine) -> Any:
    """A document of WeasyPrint's with a page for each frame. A frame says all that stands on its
    page, so those that were laid out before are known."""
    texts = FRAME.findall(html.text)
    base = _hash(html.text[: html.text.index(texts[0])], *(style.text for style in html.styles))
    keys = [base + _hash(text) for text in texts]
    known = {key: found for key in keys if (found := engine.frames.get(key))}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        laid = engine.lay(_only(html, texts, list(missing.values())))
        assert len(laid.pages) == len(missing), "a frame is a page"
        _drawn(laid, engine.fonts_of(html), engine)
        for key, page in zip(missing, laid.pages, strict=True):
            known[key] = (laid, page)
            engine.frames.put(key, known[key])
    return known[keys[0]][0].copy([known[key][1] for key in keys])


def _drawn(laid: Any, fonts: Any, engine: Engine) -> None:
    """Each frame is drawn once, and its pages know it."""
    recorder = Recorder(laid)
    with engine.all_is_well():
        for page in laid.pages:
            page.layers = [
                replace(it, fonts=fonts, known=recorder.once(it.draw)) for it in layers(page)
            ]


def _only(html: Html, texts: Sequence[str], wanted: Sequence[str]) -> Html:
    begin, end = html.text.index(texts[0]), html.text.rindex(texts[-1]) + len(texts[-1])
    return Html(html.text[:begin] + "\n".join(wanted) + html.text[end:], html.styles)


def _hash(*texts: str) -> bytes:
    hashed = blake2b(digest_size=20)
    for text in texts:
        hashed.update(text.encode() + b"\0")
    return hashed.digest()
