"""Jinja, and what it says of a mistake in a template, in an author's words."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.loaders import split_template_path

from cramsheet.page.shop import own_text
from cramsheet.page.words import Unspoken
from cramsheet.problems import Mark, mistake


@lru_cache(maxsize=4)
def environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([_Templates(folder) for folder in folders]),
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
        bytecode_cache=_Compiled(),
        auto_reload=False,  # `in_authors_words` looks once, not at every fact
    )


class _Templates(jinja2.BaseLoader):
    """Those of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        path = self.folder.joinpath(*split_template_path(template))
        if not path.is_file():
            raise jinja2.TemplateNotFound(template)
        state = path.stat().st_mtime_ns
        text = own_text(path, [self.folder.parent])
        return text, str(path), lambda: path.is_file() and path.stat().st_mtime_ns == state


class _Compiled(jinja2.BytecodeCache):
    """Templates that were compiled before. Each document has an environment of its own, for its
    filters, and would compile all of them again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = (bucket.checksum, bucket.code)


class _Undefined(jinja2.StrictUndefined):
    """Says what a template could have asked for, in its author's words."""

    @property
    def _undefined_message(self) -> str:
        thing = type(self._undefined_obj)
        known = getattr(thing, "model_fields", None) or getattr(thing, "__dataclass_fields__", ())
        has = f"; there is: {', '.join(known)}" if known else ""
        return f'nothing is called "{self._undefined_name}" here{has}'


def _forget_edited(environment: jinja2.Environment) -> None:
    """Templates whose files have changed are read anew."""
    known = environment.cache
    if known and not all(template.is_up_to_date for template in known.values()):
        known.clear()


def in_authors_words(environment: jinja2.Environment, name: str, **values: object) -> str:
    _forget_edited(environment)
    try:
        return environment.get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as error:
        mark = Mark(error.filename or error.name or name, error.lineno)
        raise mistake(f"template: {error.message}", mark) from error
    except jinja2.TemplateNotFound as error:
        raise mistake(
            f'no template "{error.name}"', hint="a kind of fact or question needs one"
        ) from error
    except (jinja2.UndefinedError, Unspoken) as error:
        raise mistake(f"template: {error}", _template_line(error)) from error


def _template_line(error: Exception) -> Mark | None:
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next(
        (Mark(name, line) for name, line in reversed(places) if name.endswith(".html")), None
    )
