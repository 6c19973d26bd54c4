"""What an answer sheet, a key strip and a score card have to say, whatever their templates do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cramsheet.page.bubbles import Grid, Row
from cramsheet.page.markup import plain
from cramsheet.page.writing import Writer
from cramsheet.plan.scoring import Card, DomainPart, TaskRow


@dataclass(frozen=True)
class Standing:
    """The texts of a row, and how many fields or boxes and lines for a pen it has."""

    texts: tuple[str, ...]
    fields: int = 0


Rows = Mapping[str, Standing]  # by what elements say in `data-stands`


def rows_of_grid(writer: Writer, grid: Grid) -> dict[str, Standing]:
    rows = [it for page in grid.pages for column in page for group in column for it in group]
    of = _of_answers if writer.plan.kind.name == "answers" else _of_strip
    return {f"question-{row.question.id}": of(row, writer, grid) for row in rows}


def _of_answers(row: Row, writer: Writer, grid: Grid) -> Standing:
    labels = (slot.label for slot in row.slots if slot.label)
    return Standing((str(row.number), *labels), len(row.slots))


def _of_strip(row: Row, writer: Writer, grid: Grid) -> Standing:
    return Standing((str(row.number), writer.solved(row.question, grid)))


def rows_of_card(writer: Writer, card: Card) -> dict[str, Standing]:
    comma = writer.words("comma")
    rows = {"sum": Standing((f"/ {card.scored}",), 2)}
    for part in card.parts:
        weight = writer.words.decimal(part.row.weight / 100)
        texts = (f"{part.number}", plain(part.row.title), f"/ {len(part.scored)}", f"× {weight}")
        rows[f"part-{part.number}"] = Standing(texts, 3)
        rows[f"numbers-{part.number}"] = Standing((_numbers(part),))
        for count, task in enumerate(part.tasks, 1):
            rows[f"task-{part.number}-{count}"] = Standing(tuple(_task(task, part, comma)))
    return rows


def _numbers(part: DomainPart) -> str:
    return " ".join((*map(str, part.scored), *(f"({number})" for number in part.unscored)))


def _task(task: TaskRow, part: DomainPart, comma: str) -> Iterator[str]:
    yield f"{part.number}"
    yield f"{task.number} {plain(task.title)}" if task.number else plain(part.row.title)
    yield comma.join(map(str, task.numbers))
    yield comma.join(task.pages)


def said_on(writer: Writer) -> Iterator[str]:
    """What stands beside the rows."""
    plan, words = writer.plan, writer.words
    assert plan.form
    yield from (plan.exam.code, words(plan.kind.name))
    yield from (plain(plan.exam.title), words("form", code=plan.form.code))
    blueprint, unscored = plan.exam.blueprint, bool(plan.form.unscored)
    match plan.kind.name:
        case "answers":
            names = ["your_name", "date", "fill_bubbles", "fill_on_screen"]
        case "strip":
            names = ["strip_how", *["strip_unscored"] * unscored]
            yield from (plain(row.title) for row in blueprint.domains)
        case _:
            names = ["your_name", "date", "score_how", "score_guide", "score_again_how"]
            names += ["score_free"] * unscored + ["score_honest"] * bool(blueprint.scale)
            yield blueprint.passing or ""
    yield from map(words, names)
