"""What stands in every file of an appendix, composed from its Record: each once, when it is first asked for.

Whoever writes an appendix and whoever verifies one compose it here, from the same stored Record.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from geopandas import GeoDataFrame

from maps.appendix.blocks import Block
from maps.appendix.chapters import chapters
from maps.appendix.classes import GisClass, class_frames
from maps.appendix.names import MAP, PARCELS, RECORD, TEMPLATE
from maps.appendix.packages import packages_of
from maps.appendix.qgis import qgis_project
from maps.appendix.wishes import AppendixWishes
from maps.sheet.book import pages_of
from maps.sheet.page import Page
from maps.sheet.plan import Plan
from maps.styled import Styled
from maps.tiles.side import folder_of
from maps.webmap.page import Page as MapPage
from maps.webmap.page import map_page
from maps.webmap.tiled import large_parcels
from maps.workbook import workbook_of
from planning.record import Record
from planning.undrawn import UndrawnParcels


@dataclass(frozen=True, eq=False)
class Composed:
    """The appendix of a Record, not as files but as what stands in them.

    Attributes
    ----------
    template : the office's Word template; None for the form of the decree
    undrawn : the parcels, where they are too many for the Record to draw
    """

    record: Record
    wishes: AppendixWishes
    template: Path | None = None
    undrawn: UndrawnParcels | None = None

    @classmethod
    def of_folder(cls, folder: Path, wishes: AppendixWishes) -> Self:
        """Return the appendix of the Record that stands in a folder.

        Raises
        ------
        RecordMissing, RecordDamaged
        OSError, ValueError, KeyError
            The parcels beside the Record cannot be read.
        """
        template, parcels = folder / TEMPLATE, folder / PARCELS
        return cls(
            Record.load(folder / RECORD),
            wishes,
            template if template.is_file() else None,
            UndrawnParcels.stored(parcels) if parcels.is_file() else None,
        )

    @cached_property
    def workbook(self) -> bytes:
        """The workbook."""
        return workbook_of(self.record, self.wishes.lang)

    @cached_property
    def sheets(self) -> tuple[list[Page], Plan]:
        """The pages of the sheets, and the plan that they follow."""
        wishes = self.wishes
        return pages_of(self.record, wishes.sheets, wishes.block, wishes.lang, self.undrawn)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the Word file."""
        return chapters(self.record, self.wishes, self.sheets[0])

    @cached_property
    def _whole(self) -> Record:
        """The Record with all its shapes."""
        return self.record if self.undrawn is None else self.undrawn.drawn_on(self.record, self.undrawn.every())

    @cached_property
    def _classes(self) -> list[tuple[GisClass, GeoDataFrame]]:
        return list(class_frames(self._whole, self.wishes.dossier))

    @cached_property
    def packages(self) -> dict[str, list[Styled]]:
        """The layers of each GeoPackage, by the name of its file."""
        return packages_of(self._whole, self._classes)

    @cached_property
    def project(self) -> bytes:
        """The QGIS project."""
        return qgis_project(self._whole, self._classes)

    @cached_property
    def page(self) -> MapPage:
        """The map page, with the files beside it."""
        large = large_parcels(self.undrawn, self.record)
        return map_page(self.record, self.wishes.lang, large, folder_of(Path(MAP)).name)
