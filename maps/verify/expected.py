"""What a reader has to find in every file of an appendix: once for all files, however many are read."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from maps.appendix.composed import Composed
from maps.appendix.names import MAP
from maps.tiles.side import digest, folder_of
from maps.verify.geopackage import PackageExpected
from maps.verify.map_pictures import MapPictures
from maps.verify.project import project_parts
from maps.verify.sheets import PageExpected, pages_expected
from maps.verify.web import WebExpected
from maps.verify.word import WordExpected
from maps.verify.workbook import WorkbookExpected


@dataclass(frozen=True, eq=False)
class Expected:
    """The appendix as it is read back."""

    composed: Composed

    @cached_property
    def workbook(self) -> WorkbookExpected:
        """The workbook."""
        return WorkbookExpected(self.composed.workbook, self.composed.record, self.composed.wishes.lang)

    @cached_property
    def packages(self) -> dict[str, PackageExpected]:
        """Each GeoPackage by the name of its file."""
        return {name: PackageExpected(layers) for name, layers in self.composed.packages.items()}

    @cached_property
    def pages(self) -> list[PageExpected]:
        """The pages of the sheets."""
        return pages_expected(self.composed.sheets[0], self.composed.record.crs)

    @cached_property
    def word(self) -> WordExpected:
        """The Word file."""
        composed = self.composed
        return WordExpected.of(composed.blocks, composed.record, composed.wishes, composed.template)

    @cached_property
    def project(self) -> dict[str, list[str]]:
        """The QGIS project, element by element."""
        return project_parts(self.composed.project)

    @cached_property
    def web(self) -> WebExpected:
        """The map page."""
        return WebExpected(self.composed.page.html)

    @cached_property
    def beside(self) -> dict[str, bytes]:
        """The files beside the map page, by name within the appendix."""
        side = self.composed.page.side
        folder = f"{folder_of(Path(MAP)).name}/{digest(side)}" if side else ""
        return {f"{folder}/{one.name}": one.content for one in side}

    @cached_property
    def _pictures(self) -> dict[str, MapPictures]:
        return {}

    def pictures(self, sheets: bytes) -> MapPictures:
        """Return the pages of a file of sheets, which the maps in Word are."""
        return self._pictures.setdefault(hashlib.sha256(sheets).hexdigest(), MapPictures(sheets))
