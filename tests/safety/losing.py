"""A pack with every kind of fact and question, and ways to lose something of it on paper."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import yaml
from PIL import Image

from cramsheet.page.promised import bare, of_plan
from cramsheet.page.shop import Shop
from cramsheet.page.words import Words
from cramsheet.plan.plan import Plan
from tests.making import SHOP, own_shop

FACTS = """
- fact: A shard takes 1 MB/s of $x_1$ in
  id: shard
- term: Firehose
  means: loads streams into a lake of data
  formerly: Kinesis
  source: https://example.org/firehose
  verified: 2026-11-21
- list: Colours of signals
  items: [amber, green, red]
- steps: Starting up
  items: [turn the key, press the pedal, release the brake]
- compare: Streams or hoses
  columns: [Streams, Hoses]
  rows:
    Latency: [real time, nearly real time]
    Replay: [one year, never at all]
- limit: Payload of a request
  value: "6"
  unit: MB
  note: asynchronous ones take less
- formula: Harmonic mean
  tex: \\frac{2PR}{P+R}
  say: two P R over P plus R
  when: both errors cost the same
- when: several consumers replay a day
  choose: Data Streams
  not: Firehose keeps nothing
- trap: Training wants a header row
  truth: it wants none at all
- mnemonic: PARE
  helps: layers of a network
  stands: [physical, access, routing, encoding]
- code: Reading a bucket
  language: python
  lines: |
    for key in bucket:
        print(key)
  note: keys come sorted
- figure: A red square
  alt: a square that is red
  picture: red.png
- figure: Curve of a loss
  alt: a curve that falls
  flow: {batch: step, step: end, end: ""}
"""

QUESTIONS = """
- question: Nobody may run servers. What fits?
  id: which
  options:
    - right: the managed hose
      why: it needs no care
    - wrong: a cluster
      why: someone runs it
    - wrong: a single host
      why: it falls over
- question: Which two are metrics?
  id: two
  options:
    - right: recall of a model
      why: it counts the found
    - right: precision of a model
      why: it counts the true
    - wrong: an epoch
      why: that is a pass
- claim: Recall falls with the threshold
  id: falls
  is: true
  why: fewer are found
- fill: A shard takes ___ in and gives ___ out
  id: gap
  blanks: [1 MB, 2 MB]
  why: so it is documented
- match: Pair them well
  id: pair
  pairs: {Glue: catalogues tables, Athena: queries files}
  extra: [stores rows]
  why: by their tasks
- order: Put these in order
  id: sort
  items: [collect it, clean it, train it]
  why: nothing else works
- case: A shop of books
  story: Sales fell in every town last June.
  questions:
    - claim: June was poor
      id: poor
      is: true
      why: it says so
    - claim: May was poor
      id: may
      is: false
      why: nobody says so
"""


def picture(width: int = 40, height: int = 40) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (190, 20, 20)).save(out, "PNG")
    return out.getvalue()


PICTURES = {"red.png": picture()}


@dataclass(frozen=True)
class Case:
    """What is done in a template or a style of one's own, what is said of it first, and where.

    `naive` tells whether one who looks for the words of the pack in the text of the PDF "finds"
    that something is lost, or "misses" it."""

    name: str
    kind: str
    says: str
    naive: str
    at: str = ""  # "1.yaml:6:9"; of what no pack wrote: nothing
    rules: str = ""  # added to the style of the kind
    style: str = ""  # or to this one
    template: str = ""
    swap: tuple[str, str] = ("", "")  # a text of the template, and what stands there instead

    def shop(self, folder: Path) -> Shop:
        files: dict[str, str] = {}
        if self.rules:
            name = self.style or self.kind
            files[f"styles/{name}.css"] = f"{SHOP.style(name).text}\n{self.rules}"
        if self.template:
            text = (SHOP.templates()[0] / self.template).read_text("utf-8")
            old, new = self.swap
            assert old in text, f"{self.template} does not hold {old}"
            files[f"templates/{self.template}"] = text.replace(old, new)
        return own_shop(folder, files)


_CODES = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5} · |\b[0-9a-f]{6}\b")


def cases() -> list[Case]:
    rows = yaml.safe_load((Path(__file__).parent / "losses.yaml").read_text("utf-8"))
    return [Case(**{**row, "swap": tuple(row.get("swap", ("", "")))}) for row in rows]


def extracted(data: bytes) -> str:
    """The text of a PDF, as anyone would get at it, without the codes of pages and editions, which
    have figures by chance."""
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return bare(re.sub(_CODES, "", "".join(texts)))


def naively_lost(data: bytes, plan: Plan) -> list[str]:
    """The words of the plan that the text of a PDF does not hold."""
    found = extracted(data)
    promised = of_plan(plan, Words.of(plan.exam.language, SHOP))
    words = {word for _, it in promised for text in it.texts for word in text.written.split()}
    return sorted(word for word in words if "$" not in word and bare(word) not in found)
