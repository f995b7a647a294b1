"""Defence and security land is known by every field that may say so."""

import pytest
from pandas import DataFrame

from layers.withheld import is_withheld, withheld


@pytest.mark.parametrize("field", ["land_use", "legal_use", "planned_use"])
def test_any_land_use_withholds_a_parcel(field):
    """What it is, what its papers say, what it is planned to be."""
    rows = DataFrame({"kind": [None, None, None], field: ["ONT+CQP", None, "LUC"]})
    assert withheld(rows).tolist() == [True, False, False]


@pytest.mark.parametrize("kind", ["defence", "Đất quốc phòng", "QUỐC PHÒNG - AN NINH", "Khu quân sự", "military_area"])
def test_kinds_in_words(kind):
    """As a code of ours or as a person wrote it."""
    assert is_withheld(kind)
    assert withheld(DataFrame({"kind": [kind, "rừng phòng hộ"]})).tolist() == [True, False]


@pytest.mark.parametrize("written", ["Xã An Ninh", "CANH", "LUC", "rừng phòng hộ", "", "Đường vành đai"])
def test_what_only_sounds_like_it(written):
    """A commune's name is no kind of land."""
    assert not is_withheld(written)
