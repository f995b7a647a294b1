"""All rules, in the order in which people read them; adding one is one entry in the tuple of its family."""

from pandas import DataFrame

from gis.language import Text
from layers.rules.agreement import AGREEMENT
from layers.rules.asked import Asked
from layers.rules.attributes import ATTRIBUTES
from layers.rules.coverage import COVERAGE
from layers.rules.geometry import GEOMETRY
from layers.rules.keys import KEYS
from layers.rules.relations import RELATIONS
from layers.rules.rule import Rule, nothing

RULES: tuple[Rule, ...] = (*GEOMETRY, *COVERAGE, *KEYS, *ATTRIBUTES, *AGREEMENT, *RELATIONS)


def _told_by_the_check(_asked: Asked, _layer: str) -> DataFrame:
    return nothing()


# What the check itself has to tell: that something could not be asked.
UNREADABLE = Rule(
    "check.layer_unreadable",
    "error",
    (),
    Text("Không đọc được lớp", "Layer cannot be read"),
    Text(
        vi="Không kiểm tra được lớp này: {value} Có thể lấy lại bản trước bằng mocgioi restore.",
        en="This layer could not be checked: {value} Bring an older version back with mocgioi restore.",
    ),
    _told_by_the_check,
)
FAILED = Rule(
    "check.rule_failed",
    "error",
    (),
    Text("Quy tắc không chạy được", "Rule could not run"),
    Text(
        vi="Quy tắc {field} không chạy được trên lớp này ({value}), nên chưa biết lớp có lỗi đó hay không. Hãy gửi câu này cho người bảo trì.",
        en="The rule {field} could not run on this layer ({value}), so nobody knows whether the layer has that fault. Send this sentence to the maintainers.",
    ),
    _told_by_the_check,
)


ALL: tuple[Rule, ...] = (UNREADABLE, FAILED, *RULES)
_BY_CODE = {rule.code: rule for rule in ALL}


def rule_of(code: str) -> Rule:
    """Return the rule of that code; raise KeyError."""
    return _BY_CODE[code]
