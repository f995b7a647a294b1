"""A way to ask the rules about a layer that stands on no disk."""

from collections.abc import Callable

import pytest
from pandas import DataFrame

from layers.report import Report
from layers.validate import check
from layers.workspace import Workspace

TODAY = "2026-11-22"


@pytest.fixture
def ask(project: Workspace) -> Callable[..., Report]:
    """Return a function that checks one layer, given in place of the project's; others may be given beside it."""

    def asked(layer: str, frame: DataFrame, **beside: DataFrame) -> Report:
        return check(project, [layer], rows={layer: frame, **beside}, today=TODAY)

    return asked
