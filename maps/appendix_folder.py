"""write_appendix(): the whole appendix of one Record, built beside, read back, and only then moved in."""

import shutil
from collections.abc import Callable
from pathlib import Path

from gis.language import Lang
from maps.appendix.chapters import chapters
from maps.appendix.manifest import Manifest
from maps.appendix.names import EXCEL, MANIFEST, MAP, PROJECT, RECORD, SHEETS, TEMPLATE, WORD
from maps.appendix.packages import write_packages
from maps.appendix.qgis import qgis_project
from maps.appendix.template import filled_template
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import word_of
from maps.errors import AppendixDiffers, FolderNotOurs, GuardRefused
from maps.guard.known import Known
from maps.release import found_in
from maps.replaced_folder import replaced_folder
from maps.sheet.book import write_book
from maps.tiles.side import folder_of
from maps.verify.folder import Verdict, verify
from maps.webmap.page import map_page, write_map
from maps.workbook import write_workbook
from planning.record import Record

# How many differences an error names.
_NAMED = 3

Told = Callable[[str], None]


def write_appendix(
    record: Record,
    folder: Path,
    wishes: AppendixWishes,
    template: Path | None = None,
    known: Known | None = None,
    tell: Told = lambda _: None,
) -> Verdict:
    """Write all files of an appendix into a folder, and read them back.

    Parameters
    ----------
    folder : new, empty, or an appendix, which is replaced whole or not at all
    template : Word template of the office; it is kept in the folder, so that others can verify without it
    known : what the project says must not go out; the guard reads the finished map page for it
    tell : is called with the name of each file before it is written

    Raises
    ------
    FolderNotOurs
        The folder holds something else.
    FolderInUse
        Another program holds it.
    TemplateWrong, TemplateUnsafe
    GuardRefused
        The map page holds what must not go out.
    AppendixDiffers
        A finished file does not say what the Record says; the folder stays as it was.
    """
    _require_ours(folder)
    with replaced_folder(folder) as building:
        _write_files(record, building, wishes, template, tell)
        if known is not None:
            _require_guarded(record, folder / MAP, wishes.lang, known)
        Manifest.of(building, record, wishes).write(building, record)
        tell(MANIFEST)
        verdict = verify(building)
        if not verdict.is_same:
            told = "; ".join(f"{one.file} {one.place}" for one in verdict.differences[:_NAMED])
            raise AppendixDiffers(differences=told)
    return verdict


def _write_files(record: Record, folder: Path, wishes: AppendixWishes, template: Path | None, tell: Told) -> None:
    if template is not None:  # before anything else: a template that cannot be used costs nobody a minute
        filled_template(template, record, wishes)
        shutil.copyfile(template, folder / TEMPLATE)
    tell(RECORD)
    (folder / RECORD).mkdir()
    record.save(folder / RECORD)
    tell(SHEETS)
    book = write_book(record, folder / SHEETS, wishes.sheets, wishes.block, wishes.lang)
    tell(WORD)
    blocks = chapters(record, wishes, book.pages)
    (folder / WORD).write_bytes(word_of(record, wishes, blocks, book.pdf, template))
    tell(EXCEL)
    write_workbook(record, folder / EXCEL, wishes.lang)
    tell("GeoPackage")
    write_packages(record, folder, wishes.dossier)
    (folder / PROJECT).write_bytes(qgis_project(record, wishes.dossier))
    tell(MAP)
    write_map(record, folder / MAP, wishes.lang)


def _require_guarded(record: Record, path: Path, lang: Lang, known: Known) -> None:
    """Raise GuardRefused if the page of the map holds what must not go out."""
    found = found_in(map_page(record, lang, folder=folder_of(path).name), known)
    if found:
        told = "\n".join(f"  {one.rule}: {one.what.to(lang)}" for one in found)
        raise GuardRefused(file=path, breaches=told)


def _require_ours(folder: Path) -> None:
    """Raise FolderNotOurs unless a folder may be replaced: it is not there, empty, or an appendix."""
    if folder.is_file():
        raise FolderNotOurs(path=folder, name=folder.name)
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    if there and not (folder / MANIFEST).is_file():
        raise FolderNotOurs(path=folder, name=there[0].name)
