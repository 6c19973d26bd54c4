"""Scripts that our own fonts lack: what they are called, how wide their letters are, where their
lines may break."""

import re
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

_FIRST = "\u0530"  # our fonts hold what comes before: Latin, Greek, Cyrillic


@dataclass(frozen=True)
class Script:
    """`package` is that of Debian which holds a font for it."""

    name: str
    package: str
    ranges: tuple[tuple[int, int], ...]


SCRIPTS = (
    Script("Armenian", "fonts-noto-core", ((0x530, 0x58F),)),
    Script("Hebrew", "fonts-noto-core", ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    Script(
        "Arabic",
        "fonts-noto-core",
        ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    ),
    Script("Devanagari", "fonts-noto-core", ((0x900, 0x97F), (0xA8E0, 0xA8FF))),
    Script("Bengali", "fonts-noto-core", ((0x980, 0x9FF),)),
    Script("Gurmukhi", "fonts-noto-core", ((0xA00, 0xA7F),)),
    Script("Gujarati", "fonts-noto-core", ((0xA80, 0xAFF),)),
    Script("Tamil", "fonts-noto-core", ((0xB80, 0xBFF),)),
    Script("Telugu", "fonts-noto-core", ((0xC00, 0xC7F),)),
    Script("Kannada", "fonts-noto-core", ((0xC80, 0xCFF),)),
    Script("Malayalam", "fonts-noto-core", ((0xD00, 0xD7F),)),
    Script("Sinhala", "fonts-noto-core", ((0xD80, 0xDFF),)),
    Script("Thai", "fonts-noto-core", ((0xE00, 0xE7F),)),
    Script("Lao", "fonts-noto-core", ((0xE80, 0xEFF),)),
    Script("Georgian", "fonts-noto-core", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF))),
    Script("Ethiopic", "fonts-noto-core", ((0x1200, 0x137F),)),
    Script("Khmer", "fonts-noto-core", ((0x1780, 0x17FF),)),
    Script("Korean", "fonts-noto-cjk", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
    Script("Japanese", "fonts-noto-cjk", ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF65, 0xFF9F))),
    Script(
        "Chinese, Japanese and Korean",
        "fonts-noto-cjk",
        (
            (0x2E80, 0x2FDF),
            (0x3000, 0x303F),
            (0x3100, 0x312F),
            (0x3200, 0x9FFF),
            (0xF900, 0xFAFF),
            (0xFE30, 0xFE4F),
            (0xFF00, 0xFF64),
            (0xFFA0, 0xFFEF),
            (0x20000, 0x3FFFF),
        ),
    ),
)

_OF_LANGUAGE = {"ja": "Japanese", "zh": "Chinese", "ko": "Korean"}  # what Han is called there

# A line of Chinese or Japanese may break beside any letter, but does not begin with these nor end
# with those (JIS X 4051).
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_NOT_FIRST = (
    "、。，．・：；？！）］｝〉》」』】〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々)\\]}.,:;?!%–-"
)
_NOT_LAST = "（［｛〈《「『【〔(\\[{"
_BREAK = re.compile(rf"(?:(?<=[{_WIDE}])|(?=[{_WIDE}]))(?<![{_NOT_LAST}])(?![{_NOT_FIRST}])")


def script_of(letter: str) -> Script | None:
    """None for what our own fonts hold, and for signs of no script."""
    if letter < _FIRST:
        return None
    code = ord(letter)
    return next(
        (it for it in SCRIPTS if any(first <= code <= last for first, last in it.ranges)), None
    )


def joins(letter: str) -> bool:
    """Whether its shape and place depend on its neighbours: Arabic, Devanagari, Thai ..."""
    script = script_of(letter)
    return script is not None and script.package != "fonts-noto-cjk"


def spoken(script: Script, language: str) -> str:
    """What it is called where Chinese letters may belong to several languages."""
    own = _OF_LANGUAGE.get(language.split("-")[0])
    return own if own and script.package == "fonts-noto-cjk" else script.name


def em_of(letter: str) -> float | None:
    """How wide a letter is in em where it is not as wide as ours."""
    if letter < _FIRST:
        return None
    if east_asian_width(letter) in "WF":
        return 1.0
    return 0.0 if combining(letter) else None


def beside_wide(word: str) -> list[str]:
    """What a word falls into where a line may break beside a Chinese letter; itself without any."""
    if word.isascii():
        return [word]
    return [part for part in _BREAK.split(word) if part]
