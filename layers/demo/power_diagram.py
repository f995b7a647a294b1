"""The power diagram: cells around points whose areas are as wished.

A point i owns the places where ``|p − sᵢ|² − wᵢ`` is least. For any areas that fit into the domain there are weights
that give them (Aurenhammer, Hoffmann and Aronov 1998). They are found by Newton's method along the known derivative of
an area, the length of its edges over the distance of the points, damped so that no cell dies on the way (Kitagawa,
Mérigot and Thibert 2019).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon

from layers.demo.noise import FloatArray, IntArray

# A cell is bounded by its nearest neighbours; farther points than these are never asked.
NEIGHBOURS = 30
FRAME = -1


@dataclass(frozen=True, eq=False)
class PowerDiagram:
    """Points with weights, and the land that they share out.

    Attributes
    ----------
    sites : points, shape (n, 2), metres
    weights : shape (n,), m²
    domain : polygon that is shared out
    """

    sites: FloatArray
    weights: FloatArray
    domain: Polygon

    @cached_property
    def cells(self) -> npt.NDArray[np.object_]:
        """The cell of each site within the domain, shape (n,)."""
        rings = [Polygon(ring) if len(ring) else Polygon() for ring, _ in self._rings]
        return np.asarray(shapely.intersection(np.array(rings), self.domain))

    @cached_property
    def area_m2(self) -> FloatArray:
        """The area of each cell, shape (n,)."""
        return np.asarray(shapely.area(self.cells))

    def slopes(self) -> FloatArray:
        """Return how each area changes with each weight, shape (n, n)."""
        site, other, edges = (np.array(column) for column in zip(*self._edges(), strict=True))
        length = shapely.length(shapely.intersection(shapely.linestrings(edges), self.domain))
        gap = np.hypot(*(self.sites[site] - self.sites[other]).T)
        slopes = np.zeros((len(self.sites),) * 2)
        np.add.at(slopes, (site, other), -length / (2.0 * gap))
        np.add.at(slopes, (site, site), length / (2.0 * gap))
        return slopes

    def _edges(self) -> Iterator[tuple[int, int, FloatArray]]:
        for site, (ring, owners) in enumerate(self._rings):
            after = np.roll(ring, -1, axis=0)
            yield from (
                (site, int(owner), np.array([a, b]))
                for owner, a, b in zip(owners, ring, after, strict=True)
                if owner != FRAME
            )

    @cached_property
    def _rings(self) -> list[tuple[FloatArray, IntArray]]:
        west, south, east, north = self.domain.bounds
        frame = np.array([[west, south], [east, south], [east, north], [west, north]])
        return [self._ring(site, frame) for site in range(len(self.sites))]

    def _ring(self, site: int, frame: FloatArray) -> tuple[FloatArray, IntArray]:
        """Return the convex cell of a site, and beyond each of its edges the other site."""
        away = self.sites - self.sites[site]
        square = (away**2).sum(axis=1)
        nearest = np.argsort(square, kind="stable")[1 : NEIGHBOURS + 1]
        limits = (square[nearest] - self.weights[nearest] + self.weights[site]) / 2.0
        ring, owners = frame - self.sites[site], np.full(len(frame), FRAME)
        reach = np.inf
        for other, limit, beyond in zip(nearest, limits, limits / np.sqrt(square[nearest]), strict=True):
            if beyond < reach:
                ring, owners = _clipped(ring, owners, away[other], limit, int(other))
                reach = np.sqrt((ring**2).sum(axis=1).max(initial=0.0))
        return ring + self.sites[site], owners


def _clipped(
    ring: FloatArray, owners: IntArray, normal: FloatArray, limit: float, owner: int
) -> tuple[FloatArray, IntArray]:
    """Return the part of a convex ring, shape (k, 2), where ``p · normal <= limit``; the new edge is `owner`'s."""
    over = ring @ normal - limit
    inside = over <= 0
    if inside.all():
        return ring, owners
    after, inside_after = np.roll(ring, -1, axis=0), np.roll(inside, -1)
    crosses = inside != inside_after
    gap = np.where(crosses, over - np.roll(over, -1), 1.0)
    met = ring + (after - ring) * (over / gap)[:, None]
    points = np.stack([ring, met], axis=1).reshape(-1, 2)
    edges = np.column_stack([owners, np.where(inside, owner, owners)]).ravel()
    kept = np.column_stack([inside, crosses]).ravel()
    return points[kept], edges[kept]


def fitted(sites: FloatArray, area_m2: FloatArray, domain: Polygon, moves: int = 3) -> PowerDiagram:
    """Return the diagram whose cells have the wished areas, their centres near the points first given.

    Parameters
    ----------
    sites : where the centre of each cell should come to lie, shape (n, 2), metres
    area_m2 : wished area of each cell, shape (n,); NaN where any area will do
    domain : polygon that is shared out
    moves : how often the points are moved so that the centres of the cells approach `sites`
    """
    wished = np.isfinite(area_m2)
    diagram = _settled(PowerDiagram(sites, np.zeros(len(sites)), domain), area_m2, steps=6)
    for _ in range(moves):
        miss = np.where(wished[:, None], sites - _centres(diagram, sites), 0.0)
        diagram = _settled(_moved(diagram, miss), area_m2, steps=2)
    # Whole metres and square metres: what is left of the platform's arithmetic cannot be seen any more.
    diagram = _settled(replace(diagram, sites=np.round(diagram.sites)), area_m2, steps=3)
    return replace(diagram, weights=np.round(diagram.weights))


def _settled(diagram: PowerDiagram, area_m2: FloatArray, steps: int) -> PowerDiagram:
    wished = np.flatnonzero(np.isfinite(area_m2))
    for _ in range(steps):
        miss = area_m2[wished] - diagram.area_m2[wished]
        slopes = diagram.slopes()[np.ix_(wished, wished)]
        change = np.zeros(len(diagram.sites))
        change[wished] = np.linalg.solve(slopes + 1e-9 * np.eye(len(wished)), miss)
        diagram = _damped(
            diagram, change, wished, least=0.5 * min(diagram.area_m2[wished].min(), area_m2[wished].min())
        )
    return diagram


def _damped(diagram: PowerDiagram, change: FloatArray, wished: IntArray, least: float) -> PowerDiagram:
    for halvings in range(12):
        tried = replace(diagram, weights=diagram.weights + change / 2.0**halvings)
        if tried.area_m2[wished].min() >= least:
            return tried
    return diagram


def _moved(diagram: PowerDiagram, miss: FloatArray) -> PowerDiagram:
    for halvings in range(2, 8):
        tried = replace(diagram, sites=diagram.sites + miss / 2.0 ** (halvings / 2))
        if not shapely.is_empty(tried.cells[diagram.area_m2 > 0]).any():
            return tried
    return diagram


def _centres(diagram: PowerDiagram, labels: FloatArray) -> FloatArray:
    centres, owned = labels.copy(), ~shapely.is_empty(diagram.cells)
    centres[owned] = shapely.get_coordinates(shapely.centroid(diagram.cells[owned]))
    return centres
