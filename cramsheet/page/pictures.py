"""Pictures from a pack: PNG and JPEG only, decoded and written anew.

Writing anew drops EXIF (where a photo was taken) and anything that hides in a file.
"""

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 25_000_000
_FINE = 900  # dots across, so that they are fine at the width of a column


class Unreadable(Exception):
    """What is wrong with the picture."""


def data_uri(data: bytes, tone: str = "") -> str:
    """The picture as a PNG inside a `data:` address; raises Unreadable.

    `tone` is what an ink asks for: "grey", "light" (grey, and half of it), "dots" (black alone).
    """
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on at import
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable(f"{picture.width} x {picture.height} pixels are too many")
            mode = "RGBA" if picture.mode in ("RGBA", "LA", "P") else "RGB"
            fresh = picture.convert(mode)
    except Unreadable:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable("not a whole PNG or JPEG file") from error
    out = BytesIO()
    _toned(fresh, tone).save(out, "PNG")
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"


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
