"""Sentences on what the zone holds, and on why: land, parcels, yards, gates, law."""

from gis.language import Text
from maps.sentences.claims import Amount, Count, Words
from maps.sentences.counted import counted
from maps.sentences.facts import REASON
from maps.sentences.lists import MissingLayers, Names, equal, positive
from maps.sentences.pattern import Pattern

_GROUPS = "balance.groups"


def _groups(side: str, one: Text, many: Text, zero: Text, no_data: Text) -> Pattern:
    shown = (f"{side}_m2", f"{side}_percent")
    places = {"names": Names(_GROUPS, positive(f"{side}_m2"), amounts=shown)}
    return Pattern(f"land.{side}", "names", places, {"one": one, "many": many, "zero": zero, "no_data": no_data})


LAND = (
    _groups(
        "base",
        one=Text(
            vi="Đất trong ranh giới hiện hành chỉ có một nhóm: {names}.",
            en="The land in the established boundary is of one group: {names}.",
        ),
        many=Text(
            vi="Cơ cấu đất trong ranh giới hiện hành gồm: {names}.",
            en="The land in the established boundary consists of: {names}.",
        ),
        zero=Text(
            vi="Không có nhóm đất nào trong ranh giới hiện hành.",
            en="There is no group of land in the established boundary.",
        ),
        no_data=Text(
            vi="Chưa có số liệu về cơ cấu đất trong ranh giới hiện hành.",
            en="There is no data on the land in the established boundary.",
        ),
    ),
    _groups(
        "proposed",
        one=Text(
            vi="Đất trong ranh giới đề xuất chỉ có một nhóm: {names}.",
            en="The land in the proposed boundary is of one group: {names}.",
        ),
        many=Text(
            vi="Cơ cấu đất trong ranh giới đề xuất gồm: {names}.",
            en="The land in the proposed boundary consists of: {names}.",
        ),
        zero=Text(
            vi="Không có nhóm đất nào trong ranh giới đề xuất.",
            en="There is no group of land in the proposed boundary.",
        ),
        no_data=Text(
            vi="Chưa có số liệu về cơ cấu đất trong ranh giới đề xuất.",
            en="There is no data on the land in the proposed boundary.",
        ),
    ),
    Pattern(
        "land.gentle",
        "share",
        {"share": Amount("terrain[proposed].gentle_share"), "area": Amount("terrain[proposed].gentle_m2")},
        {
            "some": Text(
                vi="Trong ranh giới đề xuất, đất có độ dốc dưới 15% là {area}, chiếm {share} phần đất có số liệu độ dốc.",
                en="In the proposed boundary {area} have a slope under 15 %, which is {share} of the ground whose slope is known.",
            ),
            "zero": Text(
                vi="Trong ranh giới đề xuất không có đất có độ dốc dưới 15%.",
                en="In the proposed boundary no ground has a slope under 15 %.",
            ),
            "no_data": Text(
                vi="Chưa có số liệu về độ dốc của đất trong ranh giới đề xuất.",
                en="There is no data on slopes in the proposed boundary.",
            ),
        },
    ),
    Pattern(
        "land.parcels",
        "n",
        {"n": Count("parcels.inside"), "all": Count("parcels.count")},
        {
            "many": Text(
                vi="Có {n} thửa đất nằm trọn trong ranh giới đề xuất, trên tổng số {all} thửa của lớp thửa đất.",
                en="There are {n} parcels inside the proposed boundary, of {all} in the parcel layer.",
            ),
            "one": Text(
                vi="Chỉ có {n} thửa đất nằm trọn trong ranh giới đề xuất, trên tổng số {all} thửa của lớp thửa đất.",
                en="There is {n} parcel inside the proposed boundary, of {all} in the parcel layer.",
            ),
            "zero": Text(
                vi="Không có thửa đất nào nằm trọn trong ranh giới đề xuất, trên tổng số {all} thửa của lớp thửa đất.",
                en="No parcel lies inside the proposed boundary, of {all} in the parcel layer.",
            ),
            "no_data": Text(vi="Chưa có số liệu về thửa đất.", en="There is no data on parcels."),
        },
    ),
    Pattern(
        "land.crossed",
        "n",
        {"n": Count("parcels.crossed")},
        {
            "many": Text(vi="Ranh giới đề xuất cắt qua {n} thửa đất.", en="The proposed boundary cuts {n} parcels."),
            "one": Text(vi="Ranh giới đề xuất chỉ cắt qua {n} thửa đất.", en="The proposed boundary cuts {n} parcel."),
            "zero": Text(
                vi="Ranh giới đề xuất không cắt qua thửa đất nào.", en="The proposed boundary cuts no parcel."
            ),
            "no_data": Text(
                vi="Chưa có số liệu về thửa đất bị ranh giới đề xuất cắt.",
                en="There is no data on parcels that the proposed boundary cuts.",
            ),
        },
    ),
    Pattern(
        "land.undecidable",
        "n",
        {"n": Count("parcels.undecidable")},
        {
            "many": Text(
                vi="Ở độ chính xác của ranh giới, chưa xác định được vị trí của {n} thửa đất.",
                en="At the accuracy of the boundary the position of {n} parcels cannot be told.",
            ),
            "one": Text(
                vi="Ở độ chính xác của ranh giới, chỉ chưa xác định được vị trí của {n} thửa đất.",
                en="At the accuracy of the boundary the position of {n} parcel cannot be told.",
            ),
            "zero": Text(
                vi="Vị trí của mọi thửa đất so với ranh giới đề xuất đều xác định được.",
                en="The position of every parcel against the proposed boundary can be told.",
            ),
            "no_data": Text(
                vi="Chưa có số liệu để xét vị trí của các thửa đất.", en="There is no data to tell how parcels lie."
            ),
        },
    ),
)


YARDS = (
    Pattern(
        "yards.proposed_inside",
        "n",
        {"n": Count("tallies[yards].proposed_inside"), "all": Count("tallies[yards].rows")},
        {
            "many": Text(
                vi="Có {n} bến bãi nằm trọn trong ranh giới đề xuất, trên tổng số {all} bến bãi của lớp bến bãi.",
                en="There are {n} yards inside the proposed boundary, of {all} in the yard layer.",
            ),
            "one": Text(
                vi="Chỉ có {n} bến bãi nằm trọn trong ranh giới đề xuất, trên tổng số {all} bến bãi của lớp bến bãi.",
                en="There is {n} yard inside the proposed boundary, of {all} in the yard layer.",
            ),
            "zero": Text(
                vi="Không có bến bãi nào nằm trọn trong ranh giới đề xuất, trên tổng số {all} bến bãi của lớp bến bãi.",
                en="No yard lies inside the proposed boundary, of {all} in the yard layer.",
            ),
            "no_data": Text(vi="Chưa có số liệu về bến bãi.", en="There is no data on yards."),
        },
    ),
    counted(
        "yards",
        "entering",
        "yards",
        one=Text(vi="Có {n} bến bãi được đưa vào khu là {names}.", en="With the change {n} yard comes in: {names}."),
        many=Text(
            vi="Có {n} bến bãi được đưa vào khu, gồm: {names}.", en="With the change {n} yards come in: {names}."
        ),
        zero=Text(vi="Không có bến bãi nào được đưa vào khu.", en="No yard comes into the zone."),
        no_data=Text(vi="Chưa có số liệu về bến bãi đưa vào khu.", en="There is no data on yards that come in."),
    ),
    counted(
        "yards",
        "leaving",
        "yards",
        one=Text(
            vi="Có {n} bến bãi bị đưa ra khỏi khu, phải xét lại việc công nhận địa điểm, là {names}.",
            en="With the change {n} yard leaves the zone, whose recognition has to be looked at again: {names}.",
        ),
        many=Text(
            vi="Có {n} bến bãi bị đưa ra khỏi khu, phải xét lại việc công nhận địa điểm, gồm: {names}.",
            en="With the change {n} yards leave the zone, whose recognition has to be looked at again: {names}.",
        ),
        zero=Text(vi="Không có bến bãi nào bị đưa ra khỏi khu.", en="No yard leaves the zone."),
        no_data=Text(vi="Chưa có số liệu về bến bãi đưa ra khỏi khu.", en="There is no data on yards that leave."),
    ),
    counted(
        "yards",
        "proposed_crossed",
        "yards",
        one=Text(
            vi="Ranh giới đề xuất cắt qua {n} bến bãi là {names}.", en="The proposed boundary cuts {n} yard: {names}."
        ),
        many=Text(
            vi="Ranh giới đề xuất cắt qua {n} bến bãi, gồm: {names}.",
            en="The proposed boundary cuts {n} yards: {names}.",
        ),
        zero=Text(vi="Ranh giới đề xuất không cắt qua bến bãi nào.", en="The proposed boundary cuts no yard."),
        no_data=Text(
            vi="Chưa có số liệu về bến bãi bị ranh giới đề xuất cắt.",
            en="There is no data on yards that the line cuts.",
        ),
    ),
    counted(
        "yards",
        "proposed_undecidable",
        "yards",
        one=Text(
            vi="Ở độ chính xác của ranh giới, chưa xác định được vị trí của {n} bến bãi là {names}.",
            en="At the accuracy of the boundary the position of {n} yard cannot be told: {names}.",
        ),
        many=Text(
            vi="Ở độ chính xác của ranh giới, chưa xác định được vị trí của {n} bến bãi, gồm: {names}.",
            en="At the accuracy of the boundary the position of {n} yards cannot be told: {names}.",
        ),
        zero=Text(
            vi="Vị trí của mọi bến bãi so với ranh giới đề xuất đều xác định được.",
            en="The position of every yard against the proposed boundary can be told.",
        ),
        no_data=Text(vi="Chưa có số liệu để xét vị trí của các bến bãi.", en="There is no data to tell how yards lie."),
    ),
    counted(
        "gates",
        "proposed_inside",
        "gates",
        one=Text(
            vi="Có {n} cửa khẩu, điểm thông quan nằm trong ranh giới đề xuất là {names}.",
            en="There is {n} gate inside the proposed boundary: {names}.",
        ),
        many=Text(
            vi="Có {n} cửa khẩu, điểm thông quan nằm trong ranh giới đề xuất, gồm: {names}.",
            en="There are {n} gates inside the proposed boundary: {names}.",
        ),
        zero=Text(
            vi="Không có cửa khẩu, điểm thông quan nào được xác định là nằm trong ranh giới đề xuất.",
            en="No gate is known to lie inside the proposed boundary.",
        ),
        no_data=Text(vi="Chưa có số liệu về cửa khẩu.", en="There is no data on gates."),
    ),
)

_VERDICTS = {
    "not_met": (
        Text(
            vi="Có {n} tiêu chí pháp lý không đạt: {names}.",
            en="There is {n} legal criterion that is not met: {names}.",
        ),
        Text(
            vi="Có {n} tiêu chí pháp lý không đạt, gồm: {names}.", en="There are {n} legal criteria not met: {names}."
        ),
        Text(vi="Không có tiêu chí pháp lý nào được kết luận là không đạt.", en="No legal criterion is found not met."),
        Text(vi="Chưa có số liệu về tiêu chí pháp lý không đạt.", en="There is no data on legal criteria not met."),
    ),
    "cannot_tell": (
        Text(
            vi="Có {n} tiêu chí pháp lý chưa kết luận được: {names}.",
            en="There is {n} legal criterion that cannot be told: {names}.",
        ),
        Text(
            vi="Có {n} tiêu chí pháp lý chưa kết luận được, gồm: {names}.",
            en="There are {n} legal criteria that cannot be told: {names}.",
        ),
        Text(
            vi="Không có tiêu chí pháp lý nào còn bỏ ngỏ vì sai số hoặc cách hiểu.",
            en="No legal criterion is open for want of accuracy or of one reading.",
        ),
        Text(
            vi="Chưa có số liệu về tiêu chí pháp lý chưa kết luận được.",
            en="There is no data on legal criteria that cannot be told.",
        ),
    ),
}

REASONS = (
    Pattern(
        "reasons.reason",
        "reason",
        {"reason": Words(REASON)},
        {
            "some": Text(vi="Lý do điều chỉnh: {reason}.", en="Reason for the adjustment: {reason}."),
            "no_data": Text(
                vi="Lý do điều chỉnh chưa được ghi trong phương án.",
                en="The scenario states no reason for the adjustment.",
            ),
        },
    ),
    Pattern(
        "reasons.procedure",
        "procedure",
        {
            "procedure": Words("law.procedure", cases=("cannot_tell",)),
            "rules": Words("law.title"),
            "day": Words("law.checked_on"),
        },
        {
            "some": Text(
                vi="Đối chiếu với {rules} (văn bản rà soát ngày {day}), phương án thuộc trường hợp: {procedure}.",
                en="Held against {rules} (compared on {day}), the scenario is a case of: {procedure}.",
            ),
            "cannot_tell": Text(
                vi="Đối chiếu với {rules} (văn bản rà soát ngày {day}), thủ tục áp dụng: {procedure}, vì các cách hiểu quy định dẫn đến kết quả khác nhau hoặc số liệu chưa đủ chính xác.",
                en="Held against {rules} (compared on {day}), the procedure: {procedure}, because readings differ or figures are not accurate enough.",
            ),
            "no_data": Text(
                vi="Phương án chưa được đối chiếu với quy định pháp luật.",
                en="The scenario has not been held against the law.",
            ),
        },
    ),
    *(
        Pattern(
            f"reasons.{verdict}",
            "n",
            {"n": Count(f"law.{verdict}"), "names": Names("criteria", equal("verdict", verdict), label="key")},
            dict(zip(("one", "many", "zero", "no_data"), texts, strict=True)),
        )
        for verdict, texts in _VERDICTS.items()
    ),
    Pattern(
        "reasons.needs_input",
        "n",
        {"n": Count("law.needs_input")},
        {
            "many": Text(
                vi="Có {n} tiêu chí pháp lý cần bổ sung thông tin.", en="There are {n} legal criteria that need input."
            ),
            "one": Text(
                vi="Chỉ có {n} tiêu chí pháp lý cần bổ sung thông tin.",
                en="There is {n} legal criterion that needs input.",
            ),
            "zero": Text(
                vi="Không có tiêu chí pháp lý nào cần bổ sung thông tin.", en="No legal criterion needs input."
            ),
            "no_data": Text(
                vi="Chưa có số liệu về tiêu chí pháp lý cần bổ sung thông tin.",
                en="There is no data on legal criteria that need input.",
            ),
        },
    ),
    Pattern(
        "reasons.missing",
        "names",
        {"names": MissingLayers()},
        {
            "many": Text(
                vi="Dự án không có số liệu của các lớp sau, nên chưa thể nói là không bị ảnh hưởng: {names}.",
                en="The project holds no data of these, which does not mean “not affected”: {names}.",
            ),
            "one": Text(
                vi="Dự án không có số liệu của lớp sau, nên chưa thể nói là không bị ảnh hưởng: {names}.",
                en="The project holds no data of this, which does not mean “not affected”: {names}.",
            ),
            "zero": Text(
                vi="Mọi lớp mà phân tích cần đến đều có trong dự án.",
                en="The project holds every layer that the analysis asks.",
            ),
        },
    ),
)
