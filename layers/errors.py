"""What can be wrong with a project and with the data that is brought into it."""

from gis.errors import DataError
from gis.language import Text


class ProjectMissing(DataError):
    """The folder is not a project."""

    message = Text(
        vi="Thư mục {path} không phải là dự án Mốc Giới (không có project.toml). Hãy tạo bằng “mocgioi new” hoặc chỉ đúng thư mục bằng -p.",
        en="The folder {path} is not a Mốc Giới project (it has no project.toml). Make one with “mocgioi new” or point to it with -p.",
    )


class ProjectExists(DataError):
    """The folder is taken."""

    message = Text(
        vi="Thư mục {path} đã có dữ liệu. Hãy chọn thư mục khác hoặc xóa thư mục này trước.",
        en="The folder {path} is not empty. Choose another one or remove this one first.",
    )


class ProjectDamaged(DataError):
    """project.toml cannot be read."""

    message = Text(
        vi="Không đọc được {path}: {reason}. Hãy sửa tệp này hoặc lấy lại bản cũ.",
        en="{path} cannot be read: {reason}. Mend the file or restore an older one.",
    )


class ProjectBusy(DataError):
    """Another program is writing."""

    message = Text(
        vi="Dự án {path} đang được một chương trình khác ghi. Hãy đợi chương trình đó xong rồi làm lại.",
        en="Another program is writing to the project {path}. Wait until it has finished and try again.",
    )


class LayerChanged(DataError):
    """Another program wrote the layer in between."""

    message = Text(
        vi="Lớp {layer} vừa được chương trình khác thay đổi. Không có gì được ghi; hãy làm lại.",
        en="Another program has just changed the layer {layer}. Nothing was written; try again.",
    )


class LayerUnknown(DataError):
    """No such layer exists in the layer model."""

    message = Text(
        vi="Không có lớp nào tên “{layer}”. Các lớp: {layers}.",
        en="There is no layer called “{layer}”. The layers are: {layers}.",
    )


class LayerMissing(DataError):
    """The project does not hold this layer yet."""

    message = Text(
        vi="Dự án chưa có lớp “{layer}”. Hãy nhập bằng: mocgioi import TỆP --as {layer}",
        en="The project has no layer “{layer}” yet. Import it with: mocgioi import FILE --as {layer}",
    )


class LayerPresent(DataError):
    """An import must say what becomes of the rows that are there."""

    message = Text(
        vi="Dự án đã có lớp “{layer}” ({rows} đối tượng). Hãy chọn --replace để thay hoặc --append để thêm vào.",
        en="The project already has a layer “{layer}” ({rows:feature|features}). Choose --replace or --append.",
    )


class KeyFieldMissing(DataError):
    """A required field was not found among the columns."""

    message = Text(
        vi="Tệp {path} thiếu trường khóa “{field}” của lớp {layer}. Các cột có trong tệp: {columns}. Hãy chỉ rõ bằng --columns MAP.toml hoặc --set {field}=GIÁ_TRỊ.",
        en="The file {path} lacks the key field “{field}” of layer {layer}. Its columns: {columns}. Name it with --columns MAP.toml or --set {field}=VALUE.",
    )


class KeyEmpty(DataError):
    """Rows without a key cannot be spoken of."""

    message = Text(
        vi="Tệp {path}: {rows} đối tượng không có giá trị ở trường khóa “{field}” (dòng đầu tiên: {example}). Hãy điền vào rồi nhập lại.",
        en="The file {path}: {rows:feature has|features have} no value in the key field “{field}” (first row: {example}). Fill it in and import again.",
    )


class KeyRepeated(DataError):
    """A key names two rows."""

    message = Text(
        vi="Lớp {layer}: khóa “{example}” xuất hiện nhiều lần ({rows} đối tượng bị trùng). Hãy sửa cho mỗi đối tượng một khóa riêng.",
        en="Layer {layer}: the key “{example}” occurs more than once ({rows:feature repeats|features repeat} a key). Give each feature a key of its own.",
    )


class ValueRefused(DataError):
    """A value does not fit its field."""

    message = Text(
        vi="Lớp {layer}, trường “{field}”: giá trị “{value}” không phải là {expected} (dòng {row}). Hãy sửa trong tệp nguồn rồi nhập lại.",
        en="Layer {layer}, field “{field}”: the value “{value}” is not {expected} (row {row}). Mend it in the source and import again.",
    )


class FiguresUnclear(DataError):
    """Numbers as text that could mean two different numbers."""

    message = Text(
        vi="Trường “{field}”: không rõ “{example}” là số nào, dấu phẩy hay dấu chấm đứng trước phần thập phân. Hãy cho biết bằng --decimal comma (2.159,6) hoặc --decimal point (2,159.6).",
        en="The field “{field}”: “{example}” could be two different numbers. Say which sign stands before the decimals with --decimal comma (2.159,6) or --decimal point (2,159.6).",
    )


class GeometryWrong(DataError):
    """A layer of polygons was given lines, or the like."""

    message = Text(
        vi="Lớp {layer} cần hình {expected}, nhưng tệp {path} có hình {found}.",
        en="Layer {layer} takes {expected} geometry, but the file {path} has {found}.",
    )


class ColumnsFileWrong(DataError):
    """A --columns file cannot be used."""

    message = Text(
        vi='Tệp ánh xạ cột {path}: {reason}. Cần bảng [columns] dạng trường_của_ta = "cột_của_tệp".',
        en='The column map {path}: {reason}. It needs a table [columns] of our_field = "their_column".',
    )


class VintageMissing(DataError):
    """A commune code without a date means nothing."""

    message = Text(
        vi="Lớp {layer} cần ngày hiệu lực của mã đơn vị hành chính. Hãy thêm --vintage NĂM-THÁNG-NGÀY (ví dụ 2025-07-01).",
        en="Layer {layer} needs the day from which its unit codes are valid. Add --vintage YEAR-MONTH-DAY (such as 2025-07-01).",
    )


class DateWrong(DataError):
    """Not a day."""

    message = Text(
        vi="“{value}” không phải là ngày hợp lệ. Hãy ghi dạng 2025-07-01.",
        en="“{value}” is not a valid day. Write it as 2025-07-01.",
    )


class DrawingLeftovers(DataError):
    """Lines and labels of a drawing do not pair one to one."""

    message = Text(
        vi="Bản vẽ {path}: ghép được {rows} thửa, còn lại {leftovers}. Hãy sửa bản vẽ, hoặc thêm --quarantine để chỉ nhập phần ghép được.",
        en="The drawing {path}: {rows} areas have one label each, left over are {leftovers}. Mend the drawing, or add --quarantine to bring in only what pairs.",
    )


class LevelUnknown(DataError):
    """A ``--level`` that says nothing of the layer."""

    message = Text(
        vi="--level {level}: hãy ghi VAI_TRÒ=LỚP, với vai trò là boundary (ranh thửa), label (nhãn) hoặc một trường của lớp {layer}; ví dụ --level boundary=10 --level label=13.",
        en="--level {level}: write ROLE=LEVEL, where the role is boundary, label or a field of the layer {layer}; such as --level boundary=10 --level label=13.",
    )


class PatternNotMatched(DataError):
    """A name or label is not of the pattern that was given."""

    message = Text(
        vi="“{text}” không theo mẫu {pattern}. Hãy sửa tên hoặc mẫu ({option}).",
        en="“{text}” is not of the pattern {pattern}. Mend the name or the pattern ({option}).",
    )


class NothingToJoin(DataError):
    """Attributes found no feature to go to."""

    message = Text(
        vi="Tệp {path}: không dòng nào có khóa trùng với lớp {layer} (khóa: {key}). Hãy kiểm tra cột khóa.",
        en="The file {path}: no row has a key of layer {layer} (its key: {key}). Check the key columns.",
    )


class ShapesMissing(DataError):
    """A table without shapes for a layer that needs them."""

    message = Text(
        vi="Tệp {path} không có hình. Với bảng tọa độ, thêm --coordinates BẮC,ĐÔNG; với bảng thuộc tính của lớp {layer} đã có, thêm --join.",
        en="The file {path} has no shapes. For a table of coordinates add --coordinates NORTHING,EASTING; for attributes of the layer {layer} that is there, add --join.",
    )


class RasterWrong(DataError):
    """A raster that is no elevation model of the project."""

    message = Text(
        vi="Tệp {path} không dùng được làm mô hình độ cao: {reason}",
        en="The file {path} cannot be the elevation model: {reason}",
    )


class EncodingUnconfirmed(DataError):
    """A column looks like legacy text; a person decides."""

    message = Text(
        vi="Tệp {path}, cột “{column}” có vẻ là bảng mã cũ. Các cách đọc: {samples}. Hãy xác nhận bằng --encoding auto, hoặc chọn --encoding MÃ (hay CỘT=MÃ; unicode để giữ nguyên).",
        en="The file {path}: the column “{column}” looks like a legacy encoding. Readings: {samples}. Confirm with --encoding auto, or choose --encoding ENCODING (or COLUMN=ENCODING; unicode to leave it).",
    )


class ExportRefused(DataError):
    """No such format to hand a layer on in."""

    message = Text(
        vi="Không xuất được ra {path}. Các định dạng: {formats}; bảng không có hình chỉ ra được .gpkg, .xlsx.",
        en="Cannot export to {path}. The formats are {formats}; a table without shapes goes to .gpkg or .xlsx only.",
    )


class VersionMissing(DataError):
    """No version of that number was recorded."""

    message = Text(
        vi="Lớp “{layer}” không có phiên bản {version}. Các phiên bản: {versions}. Xem bằng: mocgioi history {layer}",
        en="The layer “{layer}” has no version {version}. Its versions: {versions}. See them with: mocgioi history {layer}",
    )


class LedgerDamaged(DataError):
    """The ledger of officers' words is not as it was written."""

    message = Text(
        vi="Sổ ý kiến cán bộ {path} không còn nguyên vẹn: {reason}. Không ghi thêm gì; hãy lấy lại bản gốc từ bản sao lưu.",
        en="The ledger of officers' words {path} is not as it was written: {reason}. Nothing was added; bring back the original from a backup.",
    )


class FieldUnknown(DataError):
    """The layer has no such field."""

    message = Text(
        vi="Lớp {layer} không có trường “{field}”. Các trường: {fields}.",
        en="The layer {layer} has no field “{field}”. Its fields: {fields}.",
    )


class SheetForeign(DataError):
    """A correction sheet that cannot be held against this project."""

    message = Text(
        vi="Không nhận được phiếu {path}: {reason}. Hãy xuất phiếu mới bằng: mocgioi sheet export LỚP --out TỆP.xlsx",
        en="The sheet {path} cannot be taken: {reason}. Make a new one with: mocgioi sheet export LAYER --out FILE.xlsx",
    )


class NothingToMend(DataError):
    """A table or a layer of points has no areas."""

    message = Text(
        vi="Lớp “{layer}” không có vùng nên không có hình để sửa. Xem lỗi thuộc tính bằng: mocgioi check {layer}",
        en="The layer “{layer}” has no areas, so there is no shape to mend. See what is wrong with its values: mocgioi check {layer}",
    )
