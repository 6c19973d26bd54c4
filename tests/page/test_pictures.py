"""Pictures are decoded and written anew: nothing of the file but its pixels gets onto paper."""

from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO

import pytest
from PIL import Image

from cramsheet.page.pictures import MOST_PIXELS, Unreadable, data_uri
from cramsheet.problems import Mistakes
from tests.making import flow, pack_of, place

EXIF_MAKER = 0x010F


def picture(format: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (8, 6)) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 1 if mode in "1LP" else None).save(out, format)
    return out.getvalue()


def fresh(data: bytes) -> Image.Image:
    head, _, text = data_uri(data).partition(",")
    assert head == "data:image/png;base64"
    return Image.open(BytesIO(b64decode(text)))


@pytest.mark.parametrize(
    ("format", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("JPEG", "L")],
)
def test_png_and_jpeg_become_png(format: str, mode: str) -> None:
    it = fresh(picture(format, mode))
    assert (it.format, it.size) == ("PNG", (8, 6))


def test_pixels_and_holes_stay() -> None:
    out = BytesIO()
    Image.new("RGBA", (2, 2), (200, 100, 50, 128)).save(out, "PNG")
    assert fresh(out.getvalue()).getpixel((1, 1)) == (200, 100, 50, 128)


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_where_and_with_what_a_photo_was_taken_is_gone(format: str) -> None:
    out, exif = BytesIO(), Image.Exif()
    exif[EXIF_MAKER] = "SECRET CAMERA"
    Image.new("RGB", (8, 8)).save(out, format, exif=exif, comment="SECRET")
    assert b"SECRET" in out.getvalue()
    anew = fresh(out.getvalue())
    assert not anew.getexif()
    assert "SECRET" not in str(anew.info)


def test_what_follows_a_picture_in_its_file_is_gone() -> None:
    data = picture() + b"<script>SECRET</script>"
    assert b"SECRET" not in b64decode(data_uri(data).partition(",")[2])


WRONG: Mapping[str, bytes] = {
    "nothing": b"",
    "text": b"hello",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "gif": picture("GIF", "P"),
    "bmp": picture("BMP"),
    "pdf": picture("PDF"),
    "half a png": picture(size=(300, 300))[:-40],
    "half a jpeg": picture("JPEG", size=(300, 300))[:-400],
    "a broken png": picture(size=(64, 64)).replace(b"IDAT", b"IDAX"),
}


@pytest.mark.parametrize("name", WRONG)
def test_other_and_broken_files_are_refused(name: str) -> None:
    with pytest.raises(Unreadable, match="not a whole PNG or JPEG file"):
        data_uri(WRONG[name])


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    side = int(MOST_PIXELS**0.5) + 1
    with pytest.raises(Unreadable, match=rf"{side} x {side} pixels are too many"):
        data_uri(picture(mode="1", size=(side, side)))


def test_a_bomb_is_refused() -> None:
    """Its header alone says 60,000 x 60,000; nothing of it is decoded."""
    data = bytearray(picture(mode="1"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(Unreadable):
        data_uri(bytes(data))


def test_an_unreadable_picture_is_named_where_it_was_written() -> None:
    facts = """
        - A fact
        - figure: F
          alt: a
          picture: x.png
    """
    with pytest.raises(Mistakes) as caught:
        flow(pack_of(facts, pictures={"x.png": b"GIF89a"}))
    (problem,) = caught.value.problems
    assert place(problem) == "1.yaml:6:9"
    assert problem.message == 'picture "x.png": not a whole PNG or JPEG file'
    assert problem.hint == "save it again as PNG or JPEG"


def test_a_picture_of_the_pack_is_printed_with_its_alternative_text() -> None:
    facts = "- figure: F\n  alt: 'a <b> \"c\"'\n  picture: x.png"
    text = flow(pack_of(facts, pictures={"x.png": picture()}))
    assert 'alt="a &lt;b&gt; ' in text
    assert 'src="data:image/png;base64,' in text


@pytest.mark.parametrize(("tone", "levels"), [("grey", {76}), ("light", {166}), ("dots", {0, 255})])
def test_an_ink_has_its_say(tone: str, levels: set[int]) -> None:
    red = BytesIO()
    Image.new("RGB", (40, 30), (255, 0, 0)).save(red, "PNG")
    uri = data_uri(red.getvalue(), tone)
    toned = Image.open(BytesIO(b64decode(uri.partition(",")[2])))
    assert toned.mode == ("1" if tone == "dots" else "L")
    found = toned.convert("L").getcolors()
    assert found is not None
    assert {level for _, level in found} == levels
    assert toned.width >= (900 if tone == "dots" else 40)
