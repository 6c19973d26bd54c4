"""Pictures are decoded and written anew: nothing of the file but its pixels gets onto paper."""

from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from cramsheet.caps import USUAL
from cramsheet.page.pictures import Unreadable, data_uri
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


def noise(format: str) -> bytes:
    out = BytesIO()
    Image.effect_noise((200, 200), 90).save(out, format)
    return out.getvalue()


def moving() -> bytes:
    out = BytesIO()
    first, second = (Image.new("RGB", (8, 6), colour) for colour in ("red", "blue"))
    first.save(out, "PNG", save_all=True, append_images=[second])
    return out.getvalue()


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><use href="#x"/></svg>'
NOT_WHOLE = "not a whole PNG or JPEG file"
WRONG: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", NOT_WHOLE),
    "text": (b"hello", NOT_WHOLE),
    "svg": (SVG, "an SVG, which may hold programs and read other files"),
    "gif": (picture("GIF", "P"), "a GIF, not a PNG or JPEG file"),
    "bmp": (picture("BMP"), "a BMP, not a PNG or JPEG file"),
    "tiff": (picture("TIFF"), "a TIFF, not a PNG or JPEG file"),
    "webp": (picture("WEBP"), "a WebP, not a PNG or JPEG file"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 99, "a photo as phones keep it (HEIC or AVIF)"),
    "pdf": (picture("PDF"), "a PDF, not a PNG or JPEG file"),
    "half a png": (noise("PNG")[:-2000], NOT_WHOLE),
    "half a jpeg": (noise("JPEG")[:-2000], NOT_WHOLE),
    "the head of a png": (noise("PNG")[:40], NOT_WHOLE),
    "the head of a jpeg": (noise("JPEG")[:200], NOT_WHOLE),
    "a broken png": (noise("PNG").replace(b"IDAT", b"IDAX"), NOT_WHOLE),
    "a png with a wrong sum": (
        bytes([*noise("PNG")[:-30], *b"xx", *noise("PNG")[-28:]]),
        NOT_WHOLE,
    ),
    "a moving png": (moving(), "the picture moves, and paper does not"),
}


@pytest.mark.parametrize("name", WRONG)
def test_other_and_broken_files_are_refused(name: str) -> None:
    data, said = WRONG[name]
    with pytest.raises(Unreadable) as caught:
        data_uri(data)
    assert str(caught.value) == said
    assert caught.value.hint


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    side = int(USUAL.pixels**0.5) + 1
    with pytest.raises(Unreadable, match=rf"{side} x {side} pixels are too many"):
        data_uri(picture(mode="1", size=(side, side)))
    more = USUAL.allowing([("pixels", side * side)])
    assert data_uri(picture(mode="1", size=(side, side)), "", more)


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
    assert place(problem) == "1.yaml:8:18"
    assert problem.message == 'picture "x.png": a GIF, not a PNG or JPEG file'
    assert problem.hint == "save it again as PNG or JPEG"


# Pictures as cameras, scanners and print shops make them: the same colours, upright.


def seen_at(data: bytes, x: int = 0, y: int = 0) -> tuple[int, ...]:
    found = fresh(data).convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def saved(it: Image.Image, format: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    it.save(out, format, **options)
    return out.getvalue()


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(one - two) <= by for one, two in zip(found, wanted, strict=False))


@pytest.mark.parametrize(("level", "grey"), [(0, 0), (1000, 3), (32768, 127), (65535, 255)])
def test_16_bits_of_grey_keep_their_light(level: int, grey: int) -> None:
    it = Image.new("I;16", (4, 4))
    it.putdata([level] * 16)
    assert near(seen_at(saved(it)), (grey, grey, grey, 255), 1)


def test_the_colours_of_a_print_shop() -> None:
    it = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    assert near(seen_at(saved(it, "JPEG")), (255, 0, 0, 255))


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_one_colour_may_be_a_hole(mode: str) -> None:
    it = Image.new("RGB", (4, 4), "white").convert(mode)
    hole = (255, 255, 255) if mode == "RGB" else 0 if mode == "P" else 255
    if mode == "P":
        it = Image.new("P", (4, 4), 0)
    assert seen_at(saved(it, transparency=hole))[3] == 0


def test_a_photo_stands_upright() -> None:
    """As phones keep it: on its side, with a note that says so."""
    it = Image.new("RGB", (8, 4), "white")
    it.putpixel((0, 0), (255, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6
    anew = fresh(saved(it, exif=exif))
    assert anew.size == (4, 8)
    assert anew.getpixel((3, 0)) == (255, 0, 0)
    assert not anew.getexif()


def test_a_photo_may_hold_a_second_one() -> None:
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    data = saved(first, "MPO", save_all=True, append_images=[second])
    assert near(seen_at(data), (255, 0, 0, 255))


def test_colours_are_those_that_the_profile_means() -> None:
    """In the space of this profile all three channels are turned round."""
    it = Image.new("RGB", (4, 4), (200, 100, 50))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert near(seen_at(saved(it, icc_profile=srgb)), (200, 100, 50, 255), 2)
    red, green = (srgb.index(tag) for tag in (b"rXYZ", b"gXYZ"))
    turned = bytearray(srgb)
    turned[red : red + 4], turned[green : green + 4] = b"gXYZ", b"rXYZ"
    assert near(seen_at(saved(it, icc_profile=bytes(turned))), (100, 200, 50, 255), 3)
    assert "icc_profile" not in fresh(saved(it, icc_profile=srgb)).info


def test_a_broken_profile_is_left_out() -> None:
    it = Image.new("RGB", (4, 4), (200, 100, 50))
    assert seen_at(saved(it, icc_profile=b"no profile at all")) == (200, 100, 50, 255)


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
