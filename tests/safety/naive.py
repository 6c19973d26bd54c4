"""A builder as one would write it in an afternoon: the control of the suites beside it.

A case that this one passes tests nothing. Run it in a process of its own: it reads what it is told
to read, fetches what it is told to fetch, and may end with the whole process:
`python -m tests.safety.naive FOLDER OUT.pdf`.
"""

import sys
from pathlib import Path
from typing import Any

import jinja2
import markdown
import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PAGE = """<!doctype html><title>{{ exam.title }}</title><h1>{{ exam.title }}</h1>
{% for file in files %}{% for topic in file.topics %}<h2>{{ topic.topic }}</h2>
{% for fact in topic.facts %}{% if fact is string %}{{ fact | md }}{% else %}
{% for key, value in fact.items() %}<b>{{ key }}</b> {{ value | string | md }}{% endfor %}
{% if fact.picture %}<img src="figures/{{ fact.picture }}">{% endif %}{% endif %}{% endfor %}
{% endfor %}{% for asked in file.questions %}{% for key, value in asked.items() %}
<b>{{ key }}</b> {{ value | string | md }}{% endfor %}{% endfor %}{% endfor %}"""


def load(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, _LOADER)


def markup(text: str) -> str:
    return markdown.markdown(text, extensions=["tables"])


def build(folder: Path, out: Path) -> None:
    """The pack in a folder `content/<exam>/` as one PDF."""
    from weasyprint import HTML

    exam = load(folder / "exam.yaml")
    paths = (*sorted(folder.glob("*.yaml")), *sorted(folder.glob("questions/*.yaml")))
    files = [load(path) for path in paths if path.name != "exam.yaml"]
    environment = jinja2.Environment()
    environment.filters["md"] = markup
    text = environment.from_string(_PAGE).render(exam=exam, files=files)
    HTML(string=text, base_url=str(folder) + "/").write_pdf(out)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
