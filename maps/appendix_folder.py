"""write_appendix(): the whole appendix of one Record, built beside, read back, and only then moved in."""

import shutil
from collections.abc import Callable
from pathlib import Path

from gis.language import Lang
from maps.appendix.composed import Composed
from maps.appendix.manifest import Manifest
from maps.appendix.names import EXCEL, MANIFEST, MAP, PARCELS, PROJECT, RECORD, SHEETS, TEMPLATE, WORD
from maps.appendix.packages import write_packages
from maps.appendix.template import filled_template
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import word_of
from maps.errors import AppendixDiffers, FolderNotOurs, GuardRefused
from maps.guard.known import Known
from maps.release import found_in
from maps.replaced_folder import replaced_folder
from maps.sheet.book import printed
from maps.verify.folder import Verdict, verify
from maps.webmap.page import Page, write_page
from planning.record import Record
from planning.undrawn import UndrawnParcels

# How many differences an error names.
_NAMED = 3

Told = Callable[[str], None]


def write_appendix(
    record: Record,
    folder: Path,
    wishes: AppendixWishes,
    template: Path | None = None,
    known: Known | None = None,
    undrawn: UndrawnParcels | None = None,
    tell: Told = lambda _: None,
) -> Verdict:
    """Write all files of an appendix into a folder, and read them back.

    Parameters
    ----------
    folder : new, empty, or an appendix, which is replaced whole or not at all
    template : Word template of the office; it is kept in the folder, so that others can verify without it
    known : what the project says must not go out; the guard reads the finished map page for it
    undrawn : the parcels, where they are too many for the Record to draw; the folder keeps what is shown of them
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
        if template is not None:  # before anything else: a template that cannot be used costs nobody a minute
            filled_template(template, record, wishes)
            shutil.copyfile(template, building / TEMPLATE)
        tell(RECORD)
        _write_record(record, undrawn, building)
        # From here on it is the stored Record that speaks, as it will for whoever verifies the folder.
        composed = Composed.of_folder(building, wishes)
        if known is not None:
            _require_guarded(composed.page, folder / MAP, wishes.lang, known)
        _write_files(composed, building, tell)
        Manifest.of(building, record, wishes).write(building, record)
        tell(MANIFEST)
        verdict = verify(building, composed)
        if not verdict.is_same:
            told = "; ".join(f"{one.file} {one.place}" for one in verdict.differences[:_NAMED])
            raise AppendixDiffers(differences=told)
    return verdict


def _write_record(record: Record, undrawn: UndrawnParcels | None, folder: Path) -> None:
    (folder / RECORD).mkdir()
    record.save(folder / RECORD)
    if undrawn is not None:
        undrawn.store(folder / PARCELS)


def _write_files(composed: Composed, folder: Path, tell: Told) -> None:
    record, wishes = composed.record, composed.wishes
    tell(SHEETS)
    book = printed(*composed.sheets, record, wishes.lang)
    (folder / SHEETS).write_bytes(book.pdf)
    tell(WORD)
    (folder / WORD).write_bytes(word_of(record, wishes, composed.blocks, book.pdf, composed.template))
    tell(EXCEL)
    (folder / EXCEL).write_bytes(composed.workbook)
    tell("GeoPackage")
    write_packages(composed.packages, folder)
    (folder / PROJECT).write_bytes(composed.project)
    tell(MAP)
    write_page(composed.page, folder / MAP)


def _require_guarded(page: Page, path: Path, lang: Lang, known: Known) -> None:
    """Raise GuardRefused if the page of the map holds what must not go out."""
    found = found_in(page, known)
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
