"""A pack to start from, and the schemas that help to write it."""

import re
from pathlib import Path

from cramsheet.desk.commit import Files, alone, commit, prepare
from cramsheet.pack.schema import schemas
from cramsheet.page.shop import Shop
from cramsheet.problems import mistake

SCHEMAS = ".schema"  # beside the packs; a name with a dot is no pack


def start(content: Path, name: str) -> list[Path]:
    """Write content/<name> from templates/new; raises Mistakes when it exists."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        hint = "lower case letters, digits and hyphens: driving-theory"
        raise mistake(f'"{name}" cannot name a pack', hint=hint)
    if (content / name).exists():
        raise mistake(f"{content / name} is there already", hint="choose another name")
    files = {
        f"{name}/{relative}": text.replace("NEW-EXAM", name.upper()).encode()
        for relative, text in Shop.open(content.parent).starters().items()
    }
    _put(content, files)
    return [*(content / file for file in files), *write_schemas(content)]


def write_schemas(content: Path) -> list[Path]:
    files = {f"{SCHEMAS}/{name}": data for name, data in schemas().items()}
    _put(content, files)
    return [content / file for file in files]


def _put(content: Path, files: Files) -> None:
    """Alone in the folder: to others the note of a commit is that of a dead one."""
    prepare(content)  # and put back what a killed `new` left half made
    with alone(content):
        commit(content, files)
