"""Sentences on the zone itself: its line, its size, the communes that it lies in."""

from gis.language import Text
from maps.sentences.claims import Amount, Count, Words
from maps.sentences.counted import counted
from maps.sentences.pattern import Pattern

_UNITS = "by.admin_units@newest"
_TALLY = "tallies[admin_units@newest]"


SCOPE: tuple[Pattern, ...] = (
    Pattern(
        "scope.zone",
        "zone",
        {"zone": Words("zone.name")},
        {
            "some": Text(vi="Đối tượng điều chỉnh là {zone}.", en="The zone to be adjusted is {zone}."),
            "no_data": Text(
                vi="Chưa có số liệu về tên khu trong lớp ranh giới.",
                en="The boundary layer states no name of the zone.",
            ),
        },
    ),
    Pattern(
        "scope.line",
        "status",
        {
            "status": Words("zone.status", cases=("official", "digitised", "approximate")),
            "accuracy": Amount("zone.accuracy_m", along_line=False),
        },
        {
            "official": Text(
                vi="Ranh giới hiện hành theo hồ sơ chính thức, độ chính xác: {accuracy}.",
                en="The established boundary is the official one, accuracy: {accuracy}.",
            ),
            "digitised": Text(
                vi="Ranh giới hiện hành được số hóa từ bản đồ giấy, độ chính xác: {accuracy}.",
                en="The established boundary was digitised from a paper map, accuracy: {accuracy}.",
            ),
            "approximate": Text(
                vi="Ranh giới hiện hành chỉ là gần đúng, độ chính xác: {accuracy}; số liệu đo theo ranh giới này ghi “khoảng”.",
                en="The established boundary is only approximate, accuracy: {accuracy}; what is measured along it says “about”.",
            ),
            "some": Text(
                vi="Tình trạng ranh giới hiện hành: {status}, độ chính xác: {accuracy}.",
                en="Status of the established boundary: {status}, accuracy: {accuracy}.",
            ),
            "no_data": Text(
                vi="Chưa có số liệu về tình trạng của ranh giới hiện hành, độ chính xác: {accuracy}.",
                en="There is no data on the status of the established boundary, accuracy: {accuracy}.",
            ),
        },
    ),
)
SCOPE += (
    Pattern(
        "scope.parts",
        "n",
        {"n": Count("zone.parts.proposed"), "holes": Count("zone.holes.proposed")},
        {
            "many": Text(
                vi="Khu sau điều chỉnh gồm {n} phần tách rời; số lỗ hổng trong ranh giới vẽ: {holes}.",
                en="The adjusted zone consists of {n} separate parts; holes of the drawn boundary: {holes}.",
            ),
            "one": Text(
                vi="Khu sau điều chỉnh là {n} khối liền; số lỗ hổng trong ranh giới vẽ: {holes}.",
                en="The adjusted zone is {n} piece; holes of the drawn boundary: {holes}.",
            ),
            "zero": Text(vi="Khu sau điều chỉnh không có phần đất nào.", en="The adjusted zone has no land."),
            "no_data": Text(
                vi="Chưa có số liệu về số phần của khu sau điều chỉnh.",
                en="There is no data on the parts of the adjusted zone.",
            ),
        },
    ),
    Pattern(
        "scope.outline",
        "outline",
        {"outline": Amount("zone.outline_m.proposed")},
        {
            "some": Text(vi="Đường bao ngoài dài {outline}.", en="Its outline is {outline} long."),
            "zero": Text(vi="Khu không có đường bao ngoài.", en="It has no outline."),
            "no_data": Text(
                vi="Chưa có số liệu về chiều dài đường bao ngoài.", en="There is no data on the length of its outline."
            ),
        },
    ),
    Pattern(
        "scope.border",
        "border",
        {"border": Amount("zone.border_m.proposed")},
        {
            "some": Text(
                vi="Đoạn chung với đường biên giới quốc gia dài {border}.",
                en="The length shared with the national border is {border}.",
            ),
            "zero": Text(
                vi="Ranh giới đề xuất không có đoạn nào chung với đường biên giới quốc gia.",
                en="No stretch of the proposed boundary is shared with the national border.",
            ),
            "no_data": Text(
                vi="Chưa có số liệu về đường biên giới quốc gia.", en="There is no data on the national border."
            ),
        },
    ),
)

SIZE = (
    Pattern(
        "size.declared",
        "declared",
        {"declared": Amount("zone.declared_area_m2", along_line=False), "document": Words("zone.document")},
        {
            "some": Text(
                vi="Diện tích theo quyết định là {declared} (văn bản: {document}).",
                en="The declared area is {declared} (document: {document}).",
            ),
            "zero": Text(
                vi="Diện tích theo quyết định ghi bằng {declared} (văn bản: {document}).",
                en="The declared area is stated as {declared} (document: {document}).",
            ),
            "no_data": Text(
                vi="Chưa có số liệu về diện tích theo quyết định.", en="There is no data on the declared area."
            ),
        },
    ),
    Pattern(
        "size.drawn",
        "difference",
        {
            "base": Amount("area_m2.base"),
            "difference": Amount("zone.drawn_less_declared_m2", directed=True),
            "share": Amount("zone.drawn_less_declared_share", directed=True),
        },
        {
            "up": Text(
                vi="Diện tích hiện hành đo trên bản đồ là {base}, lớn hơn diện tích theo quyết định {difference} ({share}).",
                en="The established area measured on the map is {base}, which is {difference} ({share}) more than declared.",
            ),
            "down": Text(
                vi="Diện tích hiện hành đo trên bản đồ là {base}, nhỏ hơn diện tích theo quyết định {difference} ({share}).",
                en="The established area measured on the map is {base}, which is {difference} ({share}) less than declared.",
            ),
            "zero": Text(
                vi="Diện tích hiện hành đo trên bản đồ là {base}, đúng bằng diện tích theo quyết định.",
                en="The established area measured on the map is {base}, exactly as declared.",
            ),
            "no_data": Text(
                vi="Diện tích hiện hành đo trên bản đồ là {base}.",
                en="The established area measured on the map is {base}.",
            ),
        },
    ),
    Pattern(
        "size.proposed",
        "net",
        {"proposed": Amount("area_m2.proposed"), "net": Amount("area_m2.net", directed=True)},
        {
            "up": Text(
                vi="Diện tích đề xuất là {proposed}, tăng {net} so với hiện hành.",
                en="The proposed area is {proposed}, an increase of {net}.",
            ),
            "down": Text(
                vi="Diện tích đề xuất là {proposed}, giảm {net} so với hiện hành.",
                en="The proposed area is {proposed}, a decrease of {net}.",
            ),
            "zero": Text(
                vi="Diện tích đề xuất là {proposed}, bằng diện tích hiện hành.",
                en="The proposed area is {proposed}, the same as the established one.",
            ),
            "no_data": Text(vi="Chưa có số liệu về diện tích đề xuất.", en="There is no data on the proposed area."),
        },
    ),
    Pattern(
        "size.added",
        "added",
        {"added": Amount("area_m2.added")},
        {
            "some": Text(vi="Diện tích bổ sung vào khu là {added}.", en="The area added to the zone is {added}."),
            "zero": Text(vi="Phương án không bổ sung đất vào khu.", en="The scenario adds no land to the zone."),
            "no_data": Text(vi="Chưa có số liệu về diện tích bổ sung.", en="There is no data on the area added."),
        },
    ),
    Pattern(
        "size.removed",
        "removed",
        {"removed": Amount("area_m2.removed")},
        {
            "some": Text(
                vi="Diện tích đưa ra khỏi khu là {removed}.", en="The area removed from the zone is {removed}."
            ),
            "zero": Text(vi="Phương án không đưa đất ra khỏi khu.", en="The scenario removes no land from the zone."),
            "no_data": Text(vi="Chưa có số liệu về diện tích đưa ra.", en="There is no data on the area removed."),
        },
    ),
    Pattern(
        "size.gross",
        "share",
        {"gross": Amount("area_m2.gross"), "share": Amount("share_of_declared.gross")},
        {
            "some": Text(
                vi="Tổng biến động (bổ sung cộng đưa ra) là {gross}, bằng {share} diện tích theo quyết định.",
                en="The gross change (added and removed) is {gross}, which is {share} of the declared area.",
            ),
            "zero": Text(
                vi="Phương án không làm biến động diện tích của khu.", en="The scenario changes no area of the zone."
            ),
            "no_data": Text(
                vi="Tổng biến động (bổ sung cộng đưa ra) là {gross}; chưa so được với diện tích theo quyết định.",
                en="The gross change (added and removed) is {gross}; it cannot be held against a declared area.",
            ),
        },
    ),
)


COMMUNES = (
    Pattern(
        "communes.all",
        "n",
        {"n": Count(f"{_TALLY}.proposed_met"), "day": Words(f"{_TALLY}.valid_from")},
        {
            "many": Text(
                vi="Khu sau điều chỉnh có đất trên địa bàn {n} đơn vị hành chính cấp xã (danh mục có hiệu lực từ {day}).",
                en="The adjusted zone has land in {n} communes (units valid from {day}).",
            ),
            "one": Text(
                vi="Khu sau điều chỉnh có đất trên địa bàn duy nhất {n} đơn vị hành chính cấp xã (danh mục có hiệu lực từ {day}).",
                en="The adjusted zone has land in {n} commune alone (units valid from {day}).",
            ),
            "zero": Text(
                vi="Chưa có đơn vị hành chính cấp xã nào được xác định là có đất trong khu sau điều chỉnh (danh mục có hiệu lực từ {day}).",
                en="No commune is known to have land in the adjusted zone (units valid from {day}).",
            ),
            "no_data": Text(vi="Chưa có số liệu về đơn vị hành chính cấp xã.", en="There is no data on communes."),
        },
    ),
    counted(
        "communes",
        "proposed_inside",
        _UNITS,
        one=Text(vi="Có {n} đơn vị nằm trọn trong khu là {names}.", en="The zone has {n} commune as a whole: {names}."),
        many=Text(
            vi="Có {n} đơn vị nằm trọn trong khu, gồm: {names}.", en="The zone has {n} communes as wholes: {names}."
        ),
        zero=Text(vi="Không có đơn vị nào nằm trọn trong khu.", en="The zone has no commune as a whole."),
        no_data=Text(
            vi="Chưa có số liệu về đơn vị nằm trọn trong khu.", en="There is no data on communes that are whole in it."
        ),
    ),
    counted(
        "communes",
        "proposed_crossed",
        _UNITS,
        amounts=("proposed_m2",),
        one=Text(
            vi="Có {n} đơn vị chỉ có một phần diện tích trong khu là {names}.",
            en="Of {n} commune only a part lies in the zone: {names}.",
        ),
        many=Text(
            vi="Có {n} đơn vị chỉ có một phần diện tích trong khu, gồm: {names}.",
            en="Of {n} communes only parts lie in the zone: {names}.",
        ),
        zero=Text(
            vi="Không có đơn vị nào chỉ có một phần diện tích trong khu.",
            en="There is no commune of which only a part lies in it.",
        ),
        no_data=Text(
            vi="Chưa có số liệu về đơn vị bị ranh giới cắt.", en="There is no data on communes that the line cuts."
        ),
    ),
    counted(
        "communes",
        "proposed_undecidable",
        _UNITS,
        amounts=("proposed_m2",),
        one=Text(
            vi="Có {n} đơn vị mà ở độ chính xác của ranh giới chưa xác định được là nằm trọn, nằm một phần hay nằm ngoài: {names}.",
            en="Of {n} commune the accuracy of the boundary does not tell whether it lies inside, partly or outside: {names}.",
        ),
        many=Text(
            vi="Có {n} đơn vị mà ở độ chính xác của ranh giới chưa xác định được là nằm trọn, nằm một phần hay nằm ngoài, gồm: {names}.",
            en="Of {n} communes the accuracy of the boundary does not tell whether they lie inside, partly or outside: {names}.",
        ),
        zero=Text(
            vi="Vị trí của mọi đơn vị so với ranh giới đề xuất đều xác định được.",
            en="The position of every commune against the proposed boundary can be told.",
        ),
        no_data=Text(
            vi="Chưa có số liệu để xét vị trí của các đơn vị so với ranh giới đề xuất.",
            en="There is no data to tell how communes lie against the proposed boundary.",
        ),
    ),
    counted(
        "communes",
        "entering",
        _UNITS,
        amounts=("added_m2",),
        one=Text(
            vi="Có {n} đơn vị mới được đưa vào khu là {names}.", en="The zone comes to have {n} new commune: {names}."
        ),
        many=Text(
            vi="Có {n} đơn vị mới được đưa vào khu, gồm: {names}.",
            en="The zone comes to have {n} new communes: {names}.",
        ),
        zero=Text(vi="Không có đơn vị mới nào được đưa vào khu.", en="No new commune comes into the zone."),
        no_data=Text(vi="Chưa có số liệu về đơn vị mới đưa vào khu.", en="There is no data on new communes."),
    ),
    counted(
        "communes",
        "leaving",
        _UNITS,
        amounts=("removed_m2",),
        one=Text(
            vi="Có {n} đơn vị ra khỏi khu hoàn toàn là {names}.", en="Altogether {n} commune leaves the zone: {names}."
        ),
        many=Text(
            vi="Có {n} đơn vị ra khỏi khu hoàn toàn, gồm: {names}.",
            en="Altogether {n} communes leave the zone: {names}.",
        ),
        zero=Text(vi="Không có đơn vị nào ra khỏi khu hoàn toàn.", en="No commune leaves the zone altogether."),
        no_data=Text(vi="Chưa có số liệu về đơn vị ra khỏi khu.", en="There is no data on communes that leave."),
    ),
    counted(
        "communes",
        "extended",
        _UNITS,
        amounts=("added_m2",),
        one=Text(
            vi="Có {n} đơn vị đã có đất trong khu nay được bổ sung thêm: {names}.",
            en="There is {n} commune of the zone with more land in it: {names}.",
        ),
        many=Text(
            vi="Có {n} đơn vị đã có đất trong khu nay được bổ sung thêm, gồm: {names}.",
            en="There are {n} communes of the zone with more land in it: {names}.",
        ),
        zero=Text(
            vi="Không có đơn vị nào đã có đất trong khu được bổ sung thêm.",
            en="No commune of the zone has more land in it.",
        ),
        no_data=Text(
            vi="Chưa có số liệu về đơn vị được bổ sung thêm đất.", en="There is no data on communes with more land."
        ),
    ),
    counted(
        "communes",
        "reduced",
        _UNITS,
        amounts=("removed_m2",),
        one=Text(
            vi="Có {n} đơn vị vẫn thuộc khu nhưng bị bớt một phần đất: {names}.",
            en="There is {n} commune that stays with less land: {names}.",
        ),
        many=Text(
            vi="Có {n} đơn vị vẫn thuộc khu nhưng bị bớt một phần đất, gồm: {names}.",
            en="There are {n} communes that stay with less land: {names}.",
        ),
        zero=Text(vi="Không có đơn vị nào vẫn thuộc khu mà bị bớt đất.", en="No commune stays with less land."),
        no_data=Text(vi="Chưa có số liệu về đơn vị bị bớt đất.", en="There is no data on communes with less land."),
    ),
)
