"""What eyes make of colours: contrast, and colours as people see them who lack a kind of cone.

Colours are "#rrggbb".
"""

from collections.abc import Mapping, Sequence
from math import dist

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear light.
_CONES: Mapping[str, Sequence[Sequence[float]]] = {
    "red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
LACKING = tuple(_CONES)

Light = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """From 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(_light(one)), _luminance(_light(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def apart(one: str, other: str, lacking: str = "") -> float:
    """How different two colours look, as a distance in Oklab: 0 alike, 0.02 just told apart side by
    side, 1 black and white. `lacking` names the cones that a person does not have."""
    return dist(*(_oklab(_seen(_light(colour), lacking)) for colour in (one, other)))


def _light(colour: str) -> Light:
    """Linear light of red, green and blue, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def _luminance(light: Light) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def _seen(light: Light, lacking: str) -> Light:
    if not lacking:
        return light
    red, green, blue = (
        min(1.0, max(0.0, sum(share * part for share, part in zip(row, light, strict=True))))
        for row in _CONES[lacking]
    )
    return red, green, blue


def _oklab(light: Light) -> Light:
    """Ottosson (2020)."""
    red, green, blue = light
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
