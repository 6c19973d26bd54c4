"""Options and reasons that teach nothing."""

import re
from collections.abc import Iterator

from cramsheet.edit.copy import Copy, Finding, found
from cramsheet.pack.fields import count

_FEWEST = 4  # words of a reason
_ABOVE = re.compile(
    r"\b(?:all|none|both|any|neither) of (?:the (?:above|others?|options|answers)|these|them)\b"
    r"|\b(?:alle|keine|beide)s? (?:der )?(?:genannten|obigen|oben|antworten)\b"
    r"|\b(?:toutes?|aucune?) (?:de |des |les )*(?:ces |réponses|ci-dessus|propositions)"
    r"|\b(?:todas|ninguna|todos|ningun[oa]) (?:las |de las |los |de los )?(?:anteriores|opciones)"
    r"|\b(?:todas|nenhuma) (?:as |das )?(?:anteriores|alternativas|opções|respostas)"
    r"|كل ما سبق|جميع ما سبق|上記すべて|すべて正しい",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:(?:both|only) )?\(?[A-H]\)?(?:,? (?:and|or|&) \(?[A-H]\)?)+\.?", re.IGNORECASE
)
_LETTER = re.compile(
    r"(?i:\b(?:options?|answers?|choices?|antwort|lösung|réponse|opción|respuesta|resposta|opção"
    r"|alternativa|الخيار)\s|選択肢)\(?[A-H]\b(?!-)",
)


def all_of_the_above(copy: Copy) -> Iterator[Finding]:
    for it in copy.questions:
        told = _ABOVE.search(it.said) or _BOTH.fullmatch(it.said)
        if told and it.key in ("right", "wrong"):
            hint = "offer an answer of its own; where several are right, mark several"
            yield found(f'"{told[0]}" asks for a guess', it.mark, hint, it.owner)


def reasons(copy: Copy) -> Iterator[Finding]:
    for it in copy.questions:
        if it.key != "why":
            continue
        if letter := _LETTER.search(it.said):
            hint = "name the option by its words: the program shuffles options"
            yield found(f'the reason names a letter, "{letter[0]}"', it.mark, hint, it.owner)
        elif it.length < _FEWEST and not re.search(r"[\d=$]", it.text):
            message = f"the reason has {count(it.length, 'word')}; a sentence teaches more"
            hint = "say what it is good for, and why that fits or fails here"
            yield found(message, it.mark, hint, it.owner)
