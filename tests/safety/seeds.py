"""What the fuzzer begins with: our own wrong and odd cases."""

from collections.abc import Iterator
from io import BytesIO


def pack_seeds() -> Iterator[bytes]:
    from tests.test_cases import CASES, FILES, HEADS

    for cases in CASES.values():
        for case in cases:
            for name, text in case.texts.items():
                head = HEADS.get(name, "") if text.startswith("  -") else ""
                yield bytes([FILES.index(name)]) + (head + text).encode()


def markup_seeds() -> Iterator[bytes]:
    from tests.safety.test_markup import HOSTILE, TEMPLATES

    return (text.encode() for text in (*HOSTILE, *TEMPLATES))


def list_seeds() -> Iterator[bytes]:
    yield b'name,form\nAda,A\n"Turing, Alan",B\n'
    yield b"Vorname;Name\nAda;Lovelace\n"
    yield b"Ada Lovelace\nAlan Turing\n"
    yield '\ufeffname\tnote\n\u00c9va\t"a ""b"""\n'.encode()


def importer_seeds() -> Iterator[bytes]:
    from tests.study.sittings import RECORD
    from tests.study.test_mistakes import CASES

    kinds = {"csv": 0, "yaml": 1, "letters": 2, "results": 3, "history": 4}
    for case in CASES:
        for key, number in kinds.items():
            if key in case:
                yield bytes([number]) + str(case[key]).encode()
    yield b"\5" + RECORD.to_json().encode()


def picture_seeds() -> Iterator[bytes]:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"):
        for format in ("PNG", "JPEG"):
            if (mode in ("LA", "P", "RGBA", "I;16")) == (format == "PNG") or mode in ("L", "RGB"):
                out = BytesIO()
                Image.new(mode, (5, 3)).save(out, format, exif=exif)
                yield out.getvalue()


def path_seeds() -> Iterator[bytes]:
    names = "x a/x a/b/x l h a/l/secret ../secret a/../../secret ./x a//x /etc/passwd x\\y x:y"
    return (name.encode() for name in names.split())
