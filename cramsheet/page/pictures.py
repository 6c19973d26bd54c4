"""Pictures from a pack: PNG and JPEG only, decoded and written anew.

Writing anew drops EXIF (where a photo was taken) and anything that hides in a file.
"""

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

from cramsheet.caps import USUAL, Caps, allow

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_FINE = 900  # dots across, so that they are fine at the width of a column
_SAVE = "save it again as PNG or JPEG"
# What else people put there, by how it begins.
_OTHERS = (
    (b"GIF8", "a GIF", _SAVE),
    (b"BM", "a BMP", _SAVE),
    (b"%PDF", "a PDF", "save the page as PNG"),
    (b"II*\0", "a TIFF", _SAVE),
    (b"MM\0*", "a TIFF", _SAVE),
    (b"RIFF", "a WebP", _SAVE),
)
_SVG = "an SVG, which may hold programs and read other files", "save it as PNG"
_HEIC = "a photo as phones keep it (HEIC or AVIF)", _SAVE


class Unreadable(Exception):
    """What is wrong with the picture, and what to do."""

    def __init__(self, message: str, hint: str = _SAVE) -> None:
        super().__init__(message)
        self.hint = hint


def data_uri(data: bytes, tone: str = "", caps: Caps = USUAL) -> str:
    """The picture as a PNG inside a `data:` address; raises Unreadable.

    `tone` is what an ink asks for: "grey", "light" (grey, and half of it), "dots" (black alone).
    """
    out = BytesIO()
    _toned(_decoded(data, caps), tone).save(out, "PNG")
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"


def _decoded(data: bytes, caps: Caps) -> "Picture":
    """Its pixels alone, as a camera or a scanner meant them to be seen."""
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on at import
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            _refuse_size(picture, caps.pixels)
            if picture.format == "PNG" and getattr(picture, "is_animated", False):
                raise Unreadable("the picture moves, and paper does not", "save one frame of it")
            picture.verify()  # the sums of a PNG; after that it has to be opened again
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            turned = ImageOps.exif_transpose(picture)
            bare = _plain(_in_common_colours(turned))
            bare.info = {}  # a profile would be written again
            return bare
    except Unreadable:
        raise
    except Exception as error:  # a damaged file may raise anything
        raise Unreadable(*_what_it_is(data)) from error


def _refuse_size(picture: "Picture", most: int) -> None:
    """Before anything is decoded: a file of 300 kB may hold 100 million pixels."""
    pixels = picture.width * picture.height
    if pixels > most:
        message = f"{picture.width} x {picture.height} pixels are too many; {most:,} is the most"
        raise Unreadable(message, f"make it smaller, {allow('pixels', pixels)}")


def _in_common_colours(picture: "Picture") -> "Picture":
    """With the colours that its profile means; as it is where the profile is broken."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    mode = picture.mode if picture.mode in ("RGB", "RGBA") else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return changed or picture


def _plain(picture: "Picture") -> "Picture":
    if picture.mode.startswith("I"):  # 16 bits of grey, of which Pillow keeps the dark ones alone
        return picture.convert("I").point(lambda level: level / 257).convert("RGB")
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return picture.convert("RGBA" if clear or picture.mode == "P" else "RGB")


def _what_it_is(data: bytes) -> tuple[str, str]:
    """Of a file that is no sound PNG or JPEG: what is wrong, and what to do."""
    begins = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(b"<") and b"<svg" in data[:4096]:
        return _SVG
    if data[4:8] == b"ftyp":
        return _HEIC
    for sign, name, hint in _OTHERS:
        if data.startswith(sign):
            return f"{name}, not a PNG or JPEG file", hint
    return "not a whole PNG or JPEG file", _SAVE


def _toned(picture: "Picture", tone: str) -> "Picture":
    from PIL import Image

    if not tone:
        return picture
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture.convert("RGBA")).convert("L")
    if tone == "light":
        return grey.point([255 - (255 - level) // 2 for level in range(256)])
    if tone == "dots":
        times = max(1, -(-_FINE // max(grey.size)))
        return grey.resize((grey.width * times, grey.height * times)).convert("1")
    return grey


def inked(picture: "Picture") -> float:
    """The share of a picture that ink covers, black and colours added up, from 0 to 3."""
    from PIL import ImageChops, ImageStat

    red, green, blue = picture.convert("RGB").split()
    lights = [ImageStat.Stat(band).mean[0] / 255 for band in (red, green, blue)]
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    black = 1 - ImageStat.Stat(brightest).mean[0] / 255
    return float(black + sum(1 - light - black for light in lights))
