"""Hoàng Sa and Trường Sa: where a map must name them, and how."""

from dataclasses import dataclass

from gis.language import Text

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Archipelago:
    """An archipelago of Việt Nam that a map of its waters names.

    Attributes
    ----------
    words : what its label must hold, in either language
    label : what we write
    box : west, south, east, north in degrees, a little wider than the islands
    place : latitude and longitude of the label
    """

    words: str
    label: Text
    box: Box
    place: tuple[float, float]


ARCHIPELAGOS = (
    Archipelago(
        "Hoàng Sa",
        Text(vi="Quần đảo Hoàng Sa (Việt Nam)", en="Hoàng Sa archipelago (Việt Nam)"),
        (110.8, 15.4, 113.2, 17.4),
        (16.5, 112.0),
    ),
    Archipelago(
        "Trường Sa",
        Text(vi="Quần đảo Trường Sa (Việt Nam)", en="Trường Sa archipelago (Việt Nam)"),
        (111.2, 6.3, 117.8, 12.2),
        (9.5, 114.0),
    ),
)
# A map that shows so many degrees of the country from north to south shows the country.
_COUNTRY_DEGREES = 5.0
_VIETNAM: Box = (102.0, 8.0, 110.0, 23.5)


def names_required(box: Box) -> bool:
    """Tell whether a map of this extent must name the archipelagos: it shows their waters, or the country."""
    _, south, _, north = box
    country = north - south > _COUNTRY_DEGREES and meets(box, _VIETNAM)
    return country or any(meets(box, one.box) for one in ARCHIPELAGOS)


def meets(one: Box, other: Box) -> bool:
    """Tell whether two boxes of degrees have anything in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
