"""The JSON Schemas that make editors complete and underline."""

import json

from pydantic import BaseModel

from cramsheet.pack.exam import Exam
from cramsheet.pack.facts import FactsFile
from cramsheet.pack.questions import QuestionsFile

FILES: dict[str, type[BaseModel]] = {
    "exam.json": Exam,
    "facts.json": FactsFile,
    "questions.json": QuestionsFile,
}


def schemas() -> dict[str, bytes]:
    """File name -> schema, sorted and indented so that two versions can be compared."""
    return {
        name: (json.dumps(model.model_json_schema(), indent=1, sort_keys=True) + "\n").encode()
        for name, model in FILES.items()
    }
