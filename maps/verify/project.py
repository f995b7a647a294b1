"""The QGIS project: every layer, symbol and text of it against what the Record gives."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import zip_longest
from zipfile import BadZipFile, ZipFile

from maps.verify.difference import Difference


def project_differences(file: str, content: bytes, expected: Mapping[str, list[str]]) -> Iterator[Difference]:
    """Yield the first place of each part of the archive that differs from the parts that it should have."""
    try:
        printed = project_parts(content)
    except (BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        yield Difference(file, "", "", str(error), "QGZ")
        return
    for name in sorted({*printed, *expected}):
        pairs = zip_longest(printed.get(name, ()), expected.get(name, ()), fillvalue="")
        for line, (found, due) in enumerate(pairs, 1):
            if found != due:
                yield Difference(file, f"{name}, element {line}", "", found[:200], due[:200])
                break


def project_parts(content: bytes) -> dict[str, list[str]]:
    """Return the elements of each part of a project, in order."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8").split("><") for name in archive.namelist()}
