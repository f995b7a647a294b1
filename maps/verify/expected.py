"""What every file of an appendix has to say, composed anew from the Record: once, when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from maps.appendix.blocks import Block
from maps.appendix.chapters import chapters
from maps.appendix.names import MAP
from maps.appendix.packages import packages_of
from maps.appendix.qgis import qgis_project
from maps.appendix.wishes import AppendixWishes
from maps.sheet.book import pages_of
from maps.sheet.page import Page
from maps.styled import Styled
from maps.verify.word import template_headers, template_lines
from maps.webmap.page import write_map
from maps.workbook import workbook_of
from planning.record import Record


@dataclass(frozen=True, eq=False)
class Expected:
    """The appendix of a Record, not as files but as what stands in them; `template` is the office's, in the folder."""

    record: Record
    wishes: AppendixWishes
    template: Path | None = None

    @cached_property
    def workbook(self) -> bytes:
        """The workbook."""
        return workbook_of(self.record, self.wishes.lang)

    @cached_property
    def packages(self) -> dict[str, list[Styled]]:
        """The layers of each GeoPackage."""
        return packages_of(self.record, self.wishes.dossier)

    @cached_property
    def pages(self) -> list[Page]:
        """The pages of the sheets."""
        return pages_of(self.record, self.wishes.sheets, self.wishes.block, self.wishes.lang)[0]

    @cached_property
    def project(self) -> bytes:
        """The QGIS project."""
        return qgis_project(self.record, self.wishes.dossier)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the Word file."""
        return chapters(self.record, self.wishes, self.pages)

    @cached_property
    def around(self) -> list[tuple[str, str, str]] | None:
        """What the office's template says around the appendix; its place is a line without text."""
        return None if self.template is None else template_lines(self.template, self.record, self.wishes)

    @cached_property
    def headers(self) -> list[str]:
        """What headers and footers say."""
        return ["2"] if self.template is None else template_headers(self.template, self.record, self.wishes)

    @cached_property
    def web(self) -> dict[str, bytes]:
        """The map page, and what stands in its folder, by name."""
        with TemporaryDirectory(prefix="mocgioi-") as name:
            folder = Path(name)
            write_map(self.record, folder / MAP, self.wishes.lang)
            files = (path for path in folder.rglob("*") if path.is_file())
            return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
