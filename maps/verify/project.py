"""The QGIS project: every layer, symbol and text of it against what the Record gives."""

from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from zipfile import BadZipFile, ZipFile

from maps.verify.difference import Difference


def project_differences(file: str, content: bytes, expected: bytes) -> Iterator[Difference]:
    """Yield the first place of each part of the archive that differs."""
    try:
        printed = _parts(content)
    except (BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        yield Difference(file, "", "", str(error), "QGZ")
        return
    wanted = _parts(expected)
    for name in sorted({*printed, *wanted}):
        for line, (found, due) in enumerate(zip_longest(printed.get(name, ()), wanted.get(name, ()), fillvalue=""), 1):
            if found != due:
                yield Difference(file, f"{name}, element {line}", "", found[:200], due[:200])
                break


def _parts(content: bytes) -> dict[str, list[str]]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8").split("><") for name in archive.namelist()}
