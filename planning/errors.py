"""What can be wrong with a question that is put to the layers."""

from gis.errors import DataError
from gis.language import Text


class ScenarioUnknown(DataError):
    """No scenario of that name."""

    message = Text(
        vi="Dự án không có phương án “{scenario}”. Các phương án: {scenarios}.",
        en="The project has no scenario “{scenario}”. Its scenarios: {scenarios}.",
    )


class ScenarioExists(DataError):
    """The name is taken."""

    message = Text(
        vi="Phương án “{scenario}” đã có. Hãy đặt tên khác hoặc xóa bằng: mocgioi scenario drop {scenario}",
        en="The scenario “{scenario}” exists. Choose another name or drop it: mocgioi scenario drop {scenario}",
    )


class ScenarioNeeded(DataError):
    """Another scenario stands on this one."""

    message = Text(
        vi="Phương án “{scenario}” là nền của: {others}. Hãy xóa các phương án đó trước.",
        en="The scenario “{scenario}” is the base of: {others}. Drop those first.",
    )


class ScenarioNameWrong(DataError):
    """A name that cannot be a file name."""

    message = Text(
        vi="Tên phương án “{scenario}” không dùng được. Chỉ dùng chữ, số, dấu gạch ngang và gạch dưới, tối đa 60 ký tự.",
        en="“{scenario}” cannot be the name of a scenario. Use letters, digits, hyphens and underscores, at most 60.",
    )


class ScenarioDamaged(DataError):
    """The file of a scenario cannot be read."""

    message = Text(
        vi="Không đọc được phương án {path}: {reason}. Hãy xóa và tạo lại phương án này.",
        en="The scenario {path} cannot be read: {reason}. Drop it and add it again.",
    )


class ScenarioEmpty(DataError):
    """A scenario without an edit changes nothing."""

    message = Text(
        vi="Phương án “{scenario}” chưa có thay đổi nào. Hãy thêm --boundary, --add-units, --remove-units, --add hoặc --cut.",
        en="The scenario “{scenario}” has no edit. Give --boundary, --add-units, --remove-units, --add or --cut.",
    )


class UnitUnknown(DataError):
    """No administrative unit answers to the code or name."""

    message = Text(
        vi="Không có đơn vị hành chính “{unit}” trong danh mục có hiệu lực từ {vintage}. Hãy kiểm tra mã hoặc tên, và ngày --vintage.",
        en="There is no administrative unit “{unit}” in the vintage of {vintage}. Check the code or name, and --vintage.",
    )


class UnitWithoutShape(DataError):
    """A unit that has no shape cannot be added or removed."""

    message = Text(
        vi="Đơn vị hành chính “{unit}” ({vintage}) không có hình trong lớp admin_units, nên không biết diện tích. Hãy bổ sung hình rồi làm lại.",
        en="The administrative unit “{unit}” ({vintage}) has no shape in the layer admin_units, so its area is unknown. Add the shape and try again.",
    )


class UnitAmbiguous(DataError):
    """Several administrative units answer to the name."""

    message = Text(
        vi="“{unit}” trùng tên với nhiều đơn vị ({vintage}): {units}. Hãy dùng mã, hoặc ghi kèm huyện: “Huyện/Xã”.",
        en="“{unit}” is the name of several units ({vintage}): {units}. Use the code, or put the district before it: “District/Commune”.",
    )


class UnitOfOtherKind(DataError):
    """There is a unit of that name, of another kind."""

    message = Text(
        vi="Danh mục có hiệu lực từ {vintage} không có “{unit}”, nhưng có: {units}. Đó có thể là một đơn vị khác hẳn; hãy kiểm tra ngày --vintage, hoặc dùng mã.",
        en="The vintage of {vintage} has no “{unit}”, but it has: {units}. That may be quite another unit; check --vintage, or use the code.",
    )


class UnitOfWhichVintage(DataError):
    """The name or code stands for different units, depending on the day."""

    message = Text(
        vi="“{unit}” là những đơn vị khác nhau tùy ngày của danh mục: {units}. Hãy chỉ rõ bằng --vintage.",
        en="“{unit}” stands for different units, depending on the vintage: {units}. Name the vintage with --vintage.",
    )


class VintageUnknown(DataError):
    """The project has no units of that day."""

    message = Text(
        vi="Dự án không có danh mục đơn vị hành chính có hiệu lực từ {vintage}. Các danh mục có: {vintages}. Hãy chỉ rõ bằng --vintage.",
        en="The project has no administrative units valid from {vintage}. It has those of: {vintages}. Name one with --vintage.",
    )


class EditTargetWrong(DataError):
    """The edit does not fit its target layer."""

    message = Text(
        vi="Thay đổi “{edit}” không dùng được cho lớp {target}. Đơn vị hành chính chỉ thêm, bớt ở lớp zone; bỏ, gộp, đổi thuộc tính chỉ ở functional_areas và yards. Hãy kiểm tra --target.",
        en="“{edit}” is not possible on the layer {target}. Units are added and removed in the layer zone, features are removed, merged and changed in functional_areas and yards. Check --target.",
    )


class FeatureUnknown(DataError):
    """An edit names a feature that the layer does not have."""

    message = Text(
        vi="Lớp {layer} không có đối tượng mang khóa “{key}”. Hãy kiểm tra trường “code” của tệp.",
        en="The layer {layer} has no feature with the key “{key}”. Check the field “code” of the file.",
    )


class FieldUnknown(DataError):
    """An edit sets a field that the layer does not have, or its key."""

    message = Text(
        vi="Lớp {layer} không có trường “{field}” để đổi. Các trường: {fields}.",
        en="The layer {layer} has no field “{field}” to change. Its fields: {fields}.",
    )


class EditIncomplete(DataError):
    """Options that belong together were not given together."""

    message = Text(
        vi="Thay đổi chưa đủ thông tin: {missing}.",
        en="The edit is not complete: {missing}.",
    )


class EditWithoutEffect(DataError):
    """An edit that changes nothing is a mistake."""

    message = Text(
        vi="Thay đổi “{edit}” không làm lớp {target} thay đổi gì: {what}. Không có gì được ghi; hãy kiểm tra hình vẽ, mã, và các thay đổi đã có.",
        en="The edit “{edit}” changes nothing in the layer {target}: {what}. Nothing was written; check the shapes, the codes, and the edits that are there.",
    )


class EditUnknown(DataError):
    """No edit of the scenario has that number, or it is not in the state that was asked for."""

    message = Text(
        vi="Phương án “{scenario}” không có thay đổi số {number} {state}. Xem: mocgioi scenario history {scenario}",
        en="The scenario “{scenario}” has no edit {number} {state}. See: mocgioi scenario history {scenario}",
    )


class NothingToUndo(DataError):
    """No edit is in force."""

    message = Text(
        vi="Phương án “{scenario}” không còn thay đổi nào để hoàn tác.",
        en="The scenario “{scenario}” has no edit left to undo.",
    )


class NothingToRedo(DataError):
    """No edit was undone since the last one was made."""

    message = Text(
        vi="Phương án “{scenario}” không có thay đổi nào vừa hoàn tác để làm lại. Muốn lấy lại một thay đổi cũ hơn, hãy chỉ số bằng --edit N.",
        en="The scenario “{scenario}” has no edit to redo since the last one was made. Name an older one with --edit N.",
    )


class EditNeeded(DataError):
    """Without this edit the others cannot be applied."""

    message = Text(
        vi="Không thể đổi trạng thái của thay đổi số {number} trong phương án “{scenario}”, vì các thay đổi còn lại không áp dụng được nữa: {reason}",
        en="The state of edit {number} of the scenario “{scenario}” cannot change, because the other edits could no longer be applied: {reason}",
    )


class ZoneEmptied(DataError):
    """Nothing would be left."""

    message = Text(
        vi="Phương án “{scenario}” làm khu kinh tế không còn diện tích nào, sau thay đổi “{edit}”. Hãy kiểm tra lại thay đổi này.",
        en="The scenario “{scenario}” leaves the zone without any area, after the edit “{edit}”. Check that edit.",
    )


class RecordMissing(DataError):
    """The scenario has not been analysed."""

    message = Text(
        vi="Chưa có kết quả phân tích tại {path}. Hãy chạy: mocgioi analyse TÊN_PHƯƠNG_ÁN",
        en="There is no analysis at {path}. Run: mocgioi analyse SCENARIO",
    )


class RecordDamaged(DataError):
    """A stored Record is not as it was written."""

    message = Text(
        vi="Hồ sơ kết quả tại {path} không còn nguyên vẹn ({reason}). Hãy chạy lại: mocgioi analyse TÊN_PHƯƠNG_ÁN",
        en="The record at {path} is not as it was written ({reason}). Run again: mocgioi analyse SCENARIO",
    )


class RecordOutdated(DataError):
    """A layer is not the one that a Record was made of."""

    message = Text(
        vi="Lớp {layer} đã đổi từ khi phân tích phương án {scenario}. Hãy phân tích lại: mocgioi analyse {scenario}",
        en="The layer {layer} has changed since the scenario {scenario} was analysed. Analyse it again: mocgioi analyse {scenario}",
    )


class LayersMoved(DataError):
    """A layer changed while it was analysed."""

    message = Text(
        vi="Dữ liệu của dự án thay đổi trong lúc phân tích phương án {scenario}. Không có gì được ghi; hãy chạy lại.",
        en="The project changed while the scenario {scenario} was analysed. Nothing was written; run it again.",
    )


class FactUnknown(DataError):
    """No fact has that key."""

    message = Text(
        vi="Hồ sơ kết quả không có số liệu “{key}”.",
        en="The record has no fact “{key}”.",
    )


class FactMisnamed(FactUnknown):
    """A person asked for a fact that is not there."""

    message = Text(
        vi="Không có số liệu “{key}”. Những khóa gần giống: {near}. Mọi khóa: mocgioi analyse PHƯƠNG_ÁN --json",
        en="There is no fact “{key}”. The nearest keys: {near}. All of them: mocgioi analyse SCENARIO --json",
    )


class ParcelKeyWrong(DataError):
    """Not a way to name a parcel."""

    message = Text(
        vi="“{key}” không phải là cách gọi một thửa đất. Hãy ghi “xã/tờ/thửa”, ví dụ “Đồng Đăng/12/345” (có thể thêm huyện trước xã).",
        en="“{key}” does not name a parcel. Write “commune/sheet/number”, such as “Đồng Đăng/12/345” (a district may stand before the commune).",
    )


class CommuneUnknown(DataError):
    """No commune of any vintage answers to the text."""

    message = Text(
        vi="Không có xã nào tên hoặc mã “{commune}” trong dự án, ở bất kỳ danh mục nào.{alike} Các danh mục: {vintages}.",
        en="The project has no commune called “{commune}”, by name or code, in any vintage.{alike} Its vintages: {vintages}.",
    )


class ParcelUnknown(DataError):
    """The commune is there, the parcel is not."""

    message = Text(
        vi="Không có thửa {number}, tờ {sheet} ở {communes}. {there}",
        en="There is no parcel {number} on sheet {sheet} in {communes}. {there}",
    )


class ParcelAmbiguous(DataError):
    """Several parcels answer to a key."""

    message = Text(
        vi="“{key}” có thể là nhiều thửa: {keys}. Hãy ghi khóa đầy đủ.",
        en="“{key}” may be several parcels: {keys}. Write the full key.",
    )


class ListNotText(DataError):
    """A list of parcels is no text."""

    message = Text(
        vi="{path} không phải tệp chữ UTF-8. Hãy lưu danh sách thành CSV UTF-8, mỗi dòng một khóa “xã/tờ/thửa”.",
        en="{path} is no UTF-8 text. Save the list as CSV UTF-8, a key “commune/sheet/number” a line.",
    )


class NoParcelThere(DataError):
    """A place where no parcel lies."""

    message = Text(
        vi="Không có thửa đất nào tại X (Bắc) {northing}, Y (Đông) {easting}. {nearest}",
        en="No parcel lies at X (northing) {northing}, Y (easting) {easting}. {nearest}",
    )


class OwnerNotAsked(DataError):
    """Owners are personal data."""

    message = Text(
        vi="Tìm theo người sử dụng đất là dùng dữ liệu cá nhân: hãy thêm --personal nếu được phép.",
        en="Searching by land user uses personal data: add --personal if you may.",
    )


class OwnerUnknown(DataError):
    """No land user of that name."""

    message = Text(
        vi="Không có thửa đất nào có người sử dụng tên “{owner}”.",
        en="No parcel has a land user called “{owner}”.",
    )


class ParcelWithheld(DataError):
    """Details of defence and security land need clearance."""

    message = Text(
        vi="Thửa {key} là đất quốc phòng, an ninh; chi tiết không được cung cấp nếu không có --with-defence.",
        en="The parcel {key} is defence or security land; its details are not given without --with-defence.",
    )


class FindingRefWrong(DataError):
    """Not a way to name a finding."""

    message = Text(
        vi="“{finding}” không phải là cách gọi một phát hiện. Hãy chép nguyên mã trong ngoặc vuông, dạng QUY_TẮC:lớp/đối tượng[:trường].",
        en="“{finding}” does not name a finding. Copy what stands in square brackets, RULE:layer/feature[:field].",
    )


class FindingUnknown(DataError):
    """Nothing of that kind is held against the feature now."""

    message = Text(
        vi="Hiện không có phát hiện “{finding}”. Những phát hiện gần nhất: {others}. Nếu là kết quả kiểm tra, hãy chạy kiểm tra trước.",
        en="There is no finding “{finding}” now. The nearest: {others}. For findings of checks, run the check first.",
    )


class RuleSetWrong(DataError):
    """A rule set cannot be relied on."""

    message = Text(
        vi="Bộ quy tắc {path}{place}: {problem}. Hãy sửa tệp này.",
        en="The rule set {path}{place}: {problem}. Mend the file.",
    )


class RuleSetUnknown(DataError):
    """No rule set of that name."""

    message = Text(
        vi="Không có bộ quy tắc “{name}”. Các bộ có: {names}. Hãy sửa mục rules trong project.toml, hoặc đặt tệp vào rules/{name}.toml của dự án.",
        en="There is no rule set “{name}”. There are: {names}. Mend rules in project.toml, or put the file into rules/{name}.toml of the project.",
    )


class RuleSetNotInForce(DataError):
    """On that day no rule set is in force, or several are."""

    message = Text(
        vi="Ngày {day}: bộ quy tắc có hiệu lực là {names}. Hãy chọn một bộ ở mục rules trong project.toml.",
        en="On {day} the rule sets in force are: {names}. Choose one as rules in project.toml.",
    )


class BalanceTableWrong(DataError):
    """A printed balance that cannot be checked."""

    message = Text(
        vi="Không kiểm tra được bảng cân bằng {path}: {problem}. Tệp CSV cần cột đầu là tên mục, các cột sau là số.",
        en="The balance table {path} cannot be checked: {problem}. A CSV file with names in its first column and numbers in the others is needed.",
    )


class FlowInputsWrong(DataError):
    """Inputs of the model of flow cannot be used."""

    message = Text(
        vi="Không dùng được số liệu đầu vào của mô hình lưu lượng {path}: {reason}. Cần 24 số ở hourly, các số khác lớn hơn 0, usable không quá 1.",
        en="The inputs of the model of flow {path} cannot be used: {reason}. hourly needs 24 figures, the others are above zero, usable at most 1.",
    )
