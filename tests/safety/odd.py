"""Suite C: odd but good packs. A tool that refuses everything would be safe, and of no use."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

EXAM = """\
code: DEMO-1
title: The demo exam
language: LANGUAGE
blueprint: {domains: [{id: demo, title: Demo domain, weight: 100}]}
"""
HEAD = "domain: demo\ntopics:\n  - topic: Topic\n    facts:\n"


NONE: Mapping[str, bytes] = MappingProxyType({})


class Odd(NamedTuple):
    """The files of a pack, and words that have to be on paper."""

    title: str
    files: Mapping[str, bytes]
    words: tuple[str, ...]


def facts_of(
    title: str, facts: str, *words: str, language: str = "en", more: Mapping[str, bytes] = NONE
) -> Odd:
    """Each line of `facts` stands in the list of a topic."""
    lines = "".join(f"      {line}\n" for line in facts.splitlines())
    files = {
        "exam.yaml": EXAM.replace("LANGUAGE", language).encode(),
        "1.yaml": (HEAD + lines).encode(),
    }
    return Odd(title, {**files, **more}, words)


_SCRIPTS = {
    "Greek": ("el", "Η μνήμη είναι γρήγορη"),
    "Russian": ("ru", "Память быстрее диска"),
    "Ukrainian": ("uk", "Пам'ять і ґанок"),
    "Bulgarian": ("bg", "Паметта е бърза"),
    "Polish": ("pl", "Zażółć gęślą jaźń"),
    "Czech": ("cs", "Příliš žluťoučký kůň"),
    "Hungarian": ("hu", "Árvíztűrő tükörfúrógép"),
    "Turkish": ("tr", "Şişli ığdır İstanbul"),
    "Vietnamese": ("vi", "Tiếng Việt có nhiều dấu"),
    "Icelandic": ("is", "Kæmi ný öxi hér"),
    "Romanian": ("ro", "Știință și învățătură"),
    "French": ("fr", "L'œuvre naïve : déjà vu !"),
    "German": ("de", "Maßstäbe für Übungen"),
    "Spanish": ("es", "¿Cuál es la señal?"),
    "Portuguese": ("pt-PT", "Ação, coração e pão"),
    "Japanese": ("ja", "記憶は速い"),
    "Arabic": ("ar", "الذاكرة أسرع"),
}
_WRITTEN = [
    "no",
    "yes",
    "on",
    "off",
    "true",
    "false",
    "null",
    "~",
    "1:30",
    "012",
    "0x1F",
    "1e3",
    "1.10",
    "10.10",
    "2026-01-02",
    ".5",
    "+1",
    "_1_",
    "NaN",
]
_MARKS = {
    "a sentence in quotes": ('- "He said: it\'s done"', "He said its done"),
    "a hash in a word": ("- C# and F# are languages", "C and F are languages"),
    "a colon in a time": ("- At 12:30 and 1:05", "At 1230 and 105"),
    "apostrophes doubled": ("- 'it''s the user''s'", "its the users"),
    "a backslash": (r"- C:\Windows\System32", "CWindowsSystem32"),
    "percent and at inside": ("- 5% of user@example.org", "5 of userexampleorg"),
    "braces and brackets inside": ("- f(x) = {x} [y]", "fx x y"),
    "less and more": ("- a < b && b > c", "a b b c"),
    "an entity": ("- AT&amp;T and &copy;", "ATampT and copy"),
    "a tag": ("- 'the <br> tag and <script>'", "the br tag and script"),
    "a template": ("- 'Jinja has {{ name }} and {% if %}'", "Jinja has name and if"),
    "a link": ("- 'See [the page](https://a.example/x_y?z=1&w=2)'", "See the page"),
    "a bare address": ("- See https://a.example/a/b?c=d&e=f#g", "See httpsaexampleabcdefg"),
    "stars and lines": ("- '**bold** and *thin* and `code`'", "bold and thin and code"),
    "stars that are none": ("- '2 * 3 * 4 and snake_case_name'", "2 3 4 and snakecasename"),
    "a price": ("- It costs $5 or $6", "It costs 5 or 6"),
    "joined signs": ("- e\u0301 and a\u030a are letters", "and are letters"),
    "arrows and boxes": ("- → ⇒ ≤ ≥ ≠ ± × ÷ √ ∞", ""),
    "fractions and powers": ("- ½ x² H₂O 5‰", "x H O"),
    "no breaks": ("- 5\u00a0km and 6\u202fkm and non\u2011stop", "5km and 6km and nonstop"),
    "soft hyphens": ("- Donau\u00addampf\u00adschiff", "Donaudampfschiff"),
    "folded text": ("- >\n        first line\n        second line", "first line second line"),
    "text over two lines": ("- first line\n        second line", "first line second line"),
    "a key in quotes": ("- \"term\": S3\n  'means': objects", "S3 objects"),
    "flow style": ("- {term: S3, means: objects}", "S3 objects"),
    "JSON": ('- {"term": "S3", "means": "objects"}', "S3 objects"),
    "comments": ("- A fact # a comment\n      # another", "A fact"),
    "much space": ("-      A     fact     ", "A fact"),
}


def _layouts() -> Iterator[Odd]:
    """How files are stored and named."""
    plain = facts_of("", "- A bare fact").files
    words = ("A bare fact",)

    def changed(title: str, change: object, **more: bytes) -> Odd:
        assert callable(change)
        return Odd(title, {**{name: change(data) for name, data in plain.items()}, **more}, words)

    yield changed("CRLF", lambda data: data.replace(b"\n", b"\r\n"))
    yield changed("CR", lambda data: data.replace(b"\n", b"\r"))
    yield changed("BOM", lambda data: b"\xef\xbb\xbf" + data)
    yield changed("BOM and CRLF", lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    yield changed("no end of line", lambda data: data.rstrip(b"\n"))
    yield changed("a document marker", lambda data: b"---\n" + data + b"...\n")
    yield changed("many empty lines", lambda data: b"\n" * 50 + data + b"\n" * 50)
    litter = dict.fromkeys(("._1.yaml", ".DS_Store", "figures/Thumbs.db"), b"\x00\xff")
    yield Odd("litter of systems", {**plain, **litter}, words)
    second = HEAD.replace("Topic", "Other").encode() + b"      - A second one\n"
    for name in ("2 with spaces.yaml", "größe.yaml", "日本.yaml", "מפתח.yaml", f"{'x' * 190}.yaml"):
        yield Odd(f"a file {name[:20]}", {**plain, name: second}, (*words, "A second one"))


def _large() -> Iterator[Odd]:
    """As much as the caps allow of one thing."""
    word = "x" * 400
    yield facts_of("a word of 400 letters", f"- {word}", word)
    address = f"https://a.example/{'a' * 380}"
    yield facts_of("an address of 400 letters", f"- See {address}", address)
    long = " ".join(f"word{n}" for n in range(2_000))
    yield facts_of("a text of 16,000 letters", f"- {long}", "word0", "word1999")
    many = "\n".join(f"- Fact number {n}" for n in range(300))
    yield facts_of("300 facts", many, "Fact number 0", "Fact number 299")
    rows = "\n".join(f"    Row {n}: [left {n}, right {n}]" for n in range(400))
    table = f"- compare: Much\n  columns: [One, Two]\n  rows:\n{rows}"
    yield facts_of("a table of 800 cells", table, "Row 0", "left 399", "right 399")
    wide = ", ".join(f"c{n}" for n in range(8))
    table = f"- compare: Wide\n  columns: [{wide}]\n  rows: {{Row: [{wide}]}}"
    yield facts_of("a table of 8 columns", table, "c0", "c7")
    items = ", ".join(f"thing {n}" for n in range(200))
    yield facts_of("a list of 200", f"- list: Things\n  items: [{items}]", "thing 0", "thing 199")
    code = "\n".join(f"    line {n}" for n in range(150))
    yield facts_of("code of 150 lines", f"- code: Long\n  lines: |\n{code}", "line 0", "line 149")
    leads, indent = "", "    "
    for depth in range(6):
        leads += f"{indent}Question {depth}?:\n{indent}  no: leaf {depth}\n{indent}  yes:"
        indent += "    "
        leads += "\n" if depth < 5 else " end\n"
    yield facts_of("a tree of 6 questions", f"- figure: F\n  alt: a\n  tree:\n{leads.rstrip()}")
    options = "\n".join(f"    - {{wrong: Option {n}, why: w}}" for n in range(11))
    asked = "domain: demo\nquestions:\n- question: Which?\n  options:\n    - {right: R, why: w}\n"
    question = {"questions/1.yaml": (asked + options + "\n").encode()}
    yield facts_of("a question of 12 options", "- A bare fact", "Option", more=question)


def odd() -> list[Odd]:
    scripts = [
        facts_of(f"the script of {name}", f'- "{text}"', text, language=language)
        for name, (language, text) in _SCRIPTS.items()
    ]
    written = "\n".join(f"- {{term: term {n}, means: {it}}}" for n, it in enumerate(_WRITTEN))
    values = facts_of("values that YAML would change", written, *_WRITTEN)
    marks = [facts_of(title, text, words) for title, (text, words) in _MARKS.items()]
    return [*scripts, values, *marks, *_layouts(), *_large()]
