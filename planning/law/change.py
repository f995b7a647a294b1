"""The change before the law: what comes in and goes out, by how much the line may be wrong, of what declared area."""

from dataclasses import dataclass
from fractions import Fraction

import shapely

from gis.measure import area_mm2
from layers.zone import STATUSES
from planning.context import Context
from planning.law.figure import Figure, metres, square_metres
from planning.zone_facts import declared_facts

_OFFICIAL = STATUSES[0]


@dataclass(frozen=True, slots=True)
class Change:
    """Areas of a change, each with its interval: the accuracy of the line along the perimeter of the area.

    Attributes
    ----------
    declared : area by decision, m²; None where the layer does not state it
    base, proposed, added, removed : drawn areas, m²
    """

    declared: Fraction | None
    base: Figure
    proposed: Figure
    added: Figure
    removed: Figure

    @property
    def is_none(self) -> bool:
        """Whether the boundary stays as it is, to the square millimetre."""
        return self.added.value == self.removed.value == 0

    @property
    def is_bounded(self) -> bool:
        """Whether it is known how far the lines of the change may be wrong; where nothing changes there are none."""
        return self.added.high is not None and self.removed.high is not None

    @property
    def net(self) -> Figure:
        """What the zone grows by; negative where it shrinks."""
        return self.added - self.removed

    @property
    def gross(self) -> Figure:
        """What is moved in all."""
        return self.added + self.removed


def change_of(context: Context) -> Change:
    """Return the change that a scenario makes."""
    regions = context.proposal.regions
    base_mm2 = area_mm2(regions.base)
    declared = next(declared_facts(context.zone, base_mm2)).value
    areas = {
        name: square_metres(area_mm2(region), _margin(region, context)).not_below(0)
        for name in ("base", "proposed", "added", "removed")
        for region in [getattr(regions, name)]
    }
    return Change(None if declared is None else Fraction(str(declared)), **areas)


def accuracy_of(context: Context) -> Fraction | None:
    """Return how far the line may be wrong, metres; an official line is exact if it says nothing, None: unknown."""
    if context.stated_accuracy_m is not None:
        return Fraction(str(context.stated_accuracy_m))
    return Fraction(0) if status_of(context) == _OFFICIAL else None


def status_of(context: Context) -> str | None:
    """Return the status that all rows of the zone share, or the weakest of them; None: not stated for all."""
    stated = set(context.zone.get("status", ()))
    return max(stated, key=STATUSES.index) if stated and stated <= set(STATUSES) else None


def _margin(region: object, context: Context) -> Fraction | None:
    """Return accuracy × perimeter, m²; nothing where there is no perimeter, None where the accuracy is unknown."""
    perimeter = metres(float(shapely.length(region)))
    accuracy = accuracy_of(context)
    return Fraction(0) if not perimeter else None if accuracy is None else perimeter * accuracy
