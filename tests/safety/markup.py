"""What may become of a text of a pack: its words, and a few tags around them."""

import re
from html.parser import HTMLParser

ALLOWED = {
    "em": set[str](),
    "strong": set[str](),
    "code": set[str](),
    "a": {"href"},
    "span": {"lang", "dir", "data-tex"},
}
_WEB = re.compile(r"https?://|mailto:")
_LINK = re.compile(r"(?<!!)(\[[^\[\]]*\])\(\s*<?(?:https?://|mailto:)[^\s()]*\)")
_TAG = re.compile(r"\{[a-zA-Z0-9-]+\}")


class Parsed(HTMLParser):
    """A text that was written, read again as a browser would."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"<{tag} {name}>" for name, _ in attrs if name not in ALLOWED.get(tag, ())]
        address = dict(attrs).get("href") or ""
        if tag == "a" and not _WEB.match(address):
            self.wrong.append(f"a link to {address}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")


def letters(text: str) -> str:
    """The letters and figures of a text, in their order; an x between numbers becomes a sign."""
    return "".join(sign for sign in text if sign.isalnum() and sign != "x")


def promised(text: str) -> str:
    """The letters of a source that have to be in what is written: all but the addresses that links
    lead to, and the names of languages behind brackets."""
    return letters(_TAG.sub("", _LINK.sub(r"\1", text)))
