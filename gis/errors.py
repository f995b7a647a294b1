"""One tree of errors. Every message says what is wrong, where, and what to do, in both languages.

::

    MocGioiError
    └── DataError                      the user's data or file: exit code 1
        ├── FileError                  a file cannot be used
        │   ├── FileMissing            FileRefused        NotWritten
        │   ├── FileDamaged            RecordsBroken      some of its records only    NothingSound   all of them
        │   ├── FileTooLarge           ReadingStopped     SideFileMissing GeoJsonWrong    ColumnsOfPlaceMissing
        │   ├── RasterUnreadable
        │   ├── LayerNotInFile         LayerAmbiguous     LayerEmpty
        │   └── CacheUnusable          derived data that its owner makes anew
        ├── CrsError                   coordinates cannot be trusted
        │   ├── CrsMissing             CrsUnknown         CrsMixed        CrsNotPlanar    CrsWithoutCode  CrsUnrelated
        │   ├── CoordinatesInDegrees   CoordinatesOutside CoordinatesNotFinite
        │   └── NothingToCompare
        ├── GeometryInvalid            rows whose geometry has no area that can be relied on
        ├── OutlineError               an outline cannot be changed in that way
        │   └── LineOffBoundary        StretchAmbiguous   CornerUnknown   OutlineSpoilt
        ├── PatternWrong               a pattern for names of files or labels cannot be used
        ├── TextError                  text whose encoding cannot be what is said
        │   └── TextUnicodeAlready     TextNotOfEncoding  EncodingUnknown
        └── …                          layers.errors, planning.errors, maps.errors

Bad data that can be listed is a *finding*, not an error; an error is what stops the command.
"""

from typing import Any, ClassVar

from gis.language import Lang, Text


class MocGioiError(Exception):
    """Root of the tree. A subclass states its `message`; an instance carries the values that fill it in.

    Parameters
    ----------
    **values
        What the placeholders of `message` stand for. All of them are required.
    """

    message: ClassVar[Text] = Text(vi="{what}", en="{what}")

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.to("en"))

    def to(self, lang: Lang) -> str:
        """Return the message in `lang`."""
        values: dict[str, Any] = self.values
        wordings = {name: value.to(lang) if isinstance(value, Text) else value for name, value in values.items()}
        return self.message.to(lang, **wordings)


class DataError(MocGioiError):
    """The user's data cannot be used as it is."""


class FileError(DataError):
    """A file cannot be used."""


class FileMissing(FileError):
    """There is no such file."""

    message = Text(
        vi="Không tìm thấy tệp {path}. Hãy kiểm tra lại đường dẫn.",
        en="There is no file {path}. Check the path.",
    )


class FileRefused(FileError):
    """The safe door does not let this kind of file in."""

    message = Text(
        vi="Không nhận tệp {path}: {reason} Các định dạng nhận được: {formats}.",
        en="The file {path} is refused: {reason} Accepted formats: {formats}.",
    )


class FileDamaged(FileError):
    """The file is of an accepted kind but cannot be read whole."""

    message = Text(
        vi="Không đọc được tệp {path}: {reason} Không có gì được ghi; hãy xin lại bản gốc hoặc mở và lưu lại bằng QGIS.",
        en="The file {path} cannot be read: {reason} Nothing was written; get the original again or save it anew in QGIS.",
    )


class RecordsBroken(FileDamaged):
    """Some records cannot be read, the others can."""

    message = Text(
        vi="Tệp {path}: {broken} trong {rows} bản ghi không đọc được ({examples}). Không có gì được ghi; hãy xin lại bản gốc, hoặc nhập với --quarantine để riêng các bản ghi hỏng và nhận phần còn lại.",
        en="The file {path}: {broken} of {rows} records cannot be read ({examples}). Nothing was written; get the original again, or import with --quarantine to put the broken records aside and take in the others.",
    )


class NothingSound(FileDamaged):
    """Every record of the file is broken."""

    message = Text(
        vi="Tệp {path}: cả {rows} bản ghi đều hỏng ({examples}). Không có gì được ghi; hãy xin lại bản gốc.",
        en="The file {path}: all {rows} records are broken ({examples}). Nothing was written; get the original again.",
    )


class NotWritten(FileError):
    """A file could not be written, for want of space say; what was there before is untouched."""

    message = Text(
        vi="Không ghi được {path}: {reason} Dữ liệu trước đó còn nguyên; hãy kiểm tra dung lượng đĩa và quyền ghi rồi làm lại.",
        en="{path} could not be written: {reason} What was there before is untouched; check disk space and permissions and try again.",
    )


class FileTooLarge(FileError):
    """The file asks for more than reading a file may take."""

    message = Text(
        vi="Tệp {path} quá lớn hoặc nén bất thường: {size}, giới hạn {limit}. Hãy lưu thành GeoPackage (.gpkg) hoặc chia nhỏ.",
        en="The file {path} is too large, or packed beyond reason: {size}, the limit is {limit}. Save it as GeoPackage (.gpkg) or split it.",
    )


class ReadingStopped(FileError):
    """The reading process took too long, too much memory, or died; nothing else was harmed."""

    message = Text(
        vi="Việc đọc tệp {path} đã bị dừng: {reason} Không có gì được ghi; tệp có thể bị hỏng, hãy mở và lưu lại bằng QGIS.",
        en="Reading {path} was stopped: {reason} Nothing was written; the file may be damaged, open it in QGIS and save it anew.",
    )


class SideFileMissing(FileError):
    """A file that belongs to this one is not beside it."""

    message = Text(
        vi="Tệp {path} thiếu tệp đi kèm {side}. Hãy chép đủ bộ tệp cùng tên vào một thư mục.",
        en="The file {path} lacks its side file {side}. Copy the whole set of files with that name into one folder.",
    )


class GeoJsonWrong(FileError):
    """The file breaks the rules of GeoJSON (RFC 7946) in ways that drivers pass over."""

    message = Text(
        vi="Tệp {path} không đúng chuẩn GeoJSON (RFC 7946): {problems}. Không có gì được ghi; hãy mở và lưu lại bằng QGIS.",
        en="The file {path} breaks the rules of GeoJSON (RFC 7946): {problems}. Nothing was written; open it in QGIS and save it anew.",
    )


class ColumnsOfPlaceMissing(FileError):
    """A table of coordinates whose columns or order are not declared."""

    message = Text(
        vi="Bảng tọa độ {path}: hãy nói rõ hai cột theo thứ tự BẮC,ĐÔNG bằng --coordinates (X là bắc, Y là đông theo quy ước Việt Nam), ví dụ --coordinates X,Y; hệ tọa độ bằng --crs. Các cột: {columns}.",
        en="The table of coordinates {path}: name its two columns in the order NORTHING,EASTING with --coordinates (in Vietnam X is northing, Y easting), such as --coordinates X,Y, and the system with --crs. Its columns: {columns}.",
    )


class LayerNotInFile(FileError):
    """The file has no layer of that name."""

    message = Text(
        vi="Tệp {path} không có lớp “{layer}”. Các lớp có trong tệp: {layers}.",
        en="The file {path} has no layer “{layer}”. Its layers: {layers}.",
    )


class LayerAmbiguous(FileError):
    """The file has several layers and none was named."""

    message = Text(
        vi="Tệp {path} có nhiều lớp: {layers}. Hãy chọn một lớp bằng --layer TÊN.",
        en="The file {path} has several layers: {layers}. Choose one with --layer NAME.",
    )


class LayerEmpty(FileError):
    """The layer has no row."""

    message = Text(
        vi="Lớp “{layer}” trong tệp {path} không có đối tượng nào. Không có gì được ghi.",
        en="The layer “{layer}” of {path} has no feature. Nothing was written.",
    )


class CacheUnusable(FileError):
    """Derived data on disk is missing, stale or damaged: whoever owns it makes it anew."""

    message = Text(
        vi="Không dùng được bộ nhớ đệm {path}: {reason} Nó sẽ được dựng lại.",
        en="The cache {path} cannot be used: {reason} It will be built anew.",
    )


class CrsError(DataError):
    """Coordinates cannot be trusted."""


class CrsMissing(CrsError):
    """The file does not say in which coordinate system it is."""

    message = Text(
        vi="Tệp {path} không ghi hệ tọa độ. Hãy cho biết bằng --crs EPSG:n (VN-2000 Lạng Sơn, múi 3°: EPSG:9215).",
        en="The file {path} does not state its coordinate system. Give it with --crs EPSG:n (VN-2000 TM-3 of Lạng Sơn: EPSG:9215).",
    )


class CrsUnknown(CrsError):
    """Not an EPSG code that the registry knows."""

    message = Text(
        vi="“{crs}” không phải mã EPSG hợp lệ. Hãy ghi dạng EPSG:9215; không dùng chuỗi proj4 hay towgs84.",
        en="“{crs}” is not a valid EPSG code. Write it as EPSG:9215; proj4 strings and towgs84 are not accepted.",
    )


class CrsWithoutCode(CrsError):
    """The file describes a system that the registry has no code for: its datum may be lost."""

    message = Text(
        vi="Tệp {path} mô tả một hệ tọa độ không có mã EPSG ({stated}), có thể đã mất hệ quy chiếu VN-2000. Hãy kiểm tra bằng mocgioi doctor rồi cho biết bằng --crs{hint}.",
        en="The file {path} describes a system without an EPSG code ({stated}); the datum VN-2000 may be lost. Check it with mocgioi doctor and give it with --crs{hint}.",
    )


class CrsMixed(CrsError):
    """Two layers in different coordinate systems meet in one computation."""

    message = Text(
        vi="Hai hệ tọa độ khác nhau trong một phép tính: {first} và {second}. Hãy nhập lại lớp vào dự án để đưa về cùng một hệ.",
        en="Two coordinate systems in one computation: {first} and {second}. Import the layer into the project to bring both to one.",
    )


class CrsUnrelated(CrsError):
    """The registry has no transformation between two systems in this place; a ballpark one is off by hundreds of metres."""

    message = Text(
        vi="Không có phép chuyển tọa độ nào được đăng ký từ {source} sang {target} cho vùng này, chỉ có phép ước chừng, lệch có thể hàng trăm mét. Hãy chuyển bằng phần mềm chính thức (HN-72 sang VN-2000: Coordinate Transfer) rồi nhập kết quả.",
        en="No transformation from {source} to {target} is registered for this place, only a ballpark one that may be off by hundreds of metres. Convert with the official software (HN-72 to VN-2000: Coordinate Transfer) and import the result.",
    )


class CrsNotPlanar(CrsError):
    """Areas are planar grid areas in metres; this system has none."""

    message = Text(
        vi="Hệ tọa độ {crs} không phải hệ phẳng tính bằng mét nên không tính được diện tích. Hãy dùng hệ VN-2000 múi 3° của tỉnh (Lạng Sơn: EPSG:9215).",
        en="{crs} is not a planar system in metres, so it has no areas. Use the province's VN-2000 TM-3 zone (Lạng Sơn: EPSG:9215).",
    )


class CoordinatesInDegrees(CrsError):
    """Numbers that can only be degrees, under a label that says metres."""

    message = Text(
        vi="Tọa độ trong {path} là độ (ví dụ {example}), nhưng hệ tọa độ ghi là {crs}, tính bằng mét. Nếu tệp là WGS 84, hãy nhập lại với --crs EPSG:4326.",
        en="The coordinates in {path} are degrees (such as {example}), but the stated system {crs} is in metres. If the file is WGS 84, give --crs EPSG:4326.",
    )


class CoordinatesOutside(CrsError):
    """Coordinates outside the area of use of the project's system."""

    message = Text(
        vi="{rows} đối tượng trong {path} nằm ngoài phạm vi sử dụng của {crs} ({area}); ví dụ tại {example}. Hãy kiểm tra múi chiếu, kinh tuyến trục và thứ tự trục tọa độ, rồi nhập lại với --crs đúng.",
        en="{rows} features of {path} lie outside the area of use of {crs} ({area}); for example at {example}. Check zone, central meridian and axis order, then give the right --crs.",
    )


class CoordinatesNotFinite(CrsError):
    """NaN or infinity among the coordinates."""

    message = Text(
        vi="{rows} đối tượng trong {path} có tọa độ không phải là số hữu hạn (dòng {example}). Hãy sửa trong QGIS rồi nhập lại.",
        en="{rows} features of {path} have coordinates that are not finite numbers (row {example}). Mend them in QGIS and import again.",
    )


class NothingToCompare(CrsError):
    """The doctor has nothing to judge by."""

    message = Text(
        vi="Không có gì để so sánh tọa độ ({reason}). Hãy chỉ một lớp đã biết chắc vị trí bằng --near TỆP; với điểm khống chế, thêm --key CỘT có ở cả hai tệp.",
        en="There is nothing to compare the coordinates with ({reason}). Name a layer whose place is sure with --near FILE; for control points, add --key COLUMN, a column of both files.",
    )


class RasterUnreadable(FileError):
    """A raster that cells cannot be asked of."""

    message = Text(
        vi="Không dùng được ảnh raster {path}: {reason}. Cần GeoTIFF một kênh, có hệ tọa độ, hàng hướng bắc–nam không xoay.",
        en="The raster {path} cannot be used: {reason}. A GeoTIFF of one band is needed, with its system, north up.",
    )


class RasterElsewhere(FileError):
    """A raster in another system than the project's, put there without the import that would have moved it."""

    message = Text(
        vi="Raster {path} ở hệ {found}, dự án ở hệ {working}. Hãy nhập bằng mocgioi import: lệnh chuyển bằng phép biến đổi đã đăng ký và ghi rõ phép nào.",
        en="The raster {path} is in {found}, the project in {working}. Bring it in by mocgioi import, which moves it by the registered transformation and says which.",
    )


class GeometryInvalid(DataError):
    """Rows whose geometry is invalid: an area computed from them would be a wrong number, silently."""

    message = Text(
        vi="Lớp {layer}: {rows} đối tượng có hình học không hợp lệ, đầu tiên là {example} ({reason}). Diện tích tính từ đó sẽ sai; hãy sửa hình học trước.",
        en="Layer {layer}: {rows} features have invalid geometry, the first is {example} ({reason}). Areas computed from them would be wrong; mend the geometry first.",
    )


class TextError(DataError):
    """Text is not in the encoding that is said."""


class TextUnicodeAlready(TextError):
    """Converting Unicode text again would spoil it."""

    message = Text(
        vi="Cột “{column}” đã là Unicode (ví dụ “{example}”), không chuyển từ {encoding} lần nữa. Hãy bỏ --encoding, hoặc chỉ chuyển những cột cần chuyển: --encoding CỘT={encoding}.",
        en="The column “{column}” is Unicode already (such as “{example}”) and is not converted from {encoding} again. Leave --encoding out, or name the columns that need it: --encoding COLUMN={encoding}.",
    )


class TextNotOfEncoding(TextError):
    """A value that the encoding cannot hold."""

    message = Text(
        vi="Cột “{column}” không phải mã {encoding}: không đọc được “{example}”. Hãy xem các cách đọc bằng mocgioi inspect rồi chọn lại --encoding.",
        en="The column “{column}” is not in {encoding}: “{example}” cannot be read. See the readings with mocgioi inspect and choose --encoding again.",
    )


class EncodingUnknown(TextError):
    """No encoding of that name, or a column that is not there."""

    message = Text(
        vi="Không rõ bảng mã “{encoding}”. Hãy chọn một trong: {encodings}; hoặc cho từng cột: --encoding CỘT=MÃ.",
        en="“{encoding}” is not a known encoding. Choose one of: {encodings}; or one per column: --encoding COLUMN=ENCODING.",
    )


class PatternWrong(DataError):
    """A pattern that picks fields out of texts is not one."""

    message = Text(
        vi="Mẫu “{pattern}” không dùng được. Hãy ghi tên trường trong ngoặc nhọn, mỗi trường một lần, ví dụ {{commune}}_to{{sheet_no}}.",
        en="The pattern “{pattern}” cannot be used. Write field names between braces, each once, such as {{commune}}_to{{sheet_no}}.",
    )


class OutlineError(DataError):
    """An outline cannot be changed in that way."""


class LineOffBoundary(OutlineError):
    """A drawn stretch does not begin and end on the boundary."""

    message = Text(
        vi="Đoạn vẽ bắt đầu tại {place} không gắn với ranh giới: cách {distance} m, cho phép {reach} m, và cũng không cắt ranh giới ở hai chỗ. Hãy bắt điểm hai đầu đoạn vào ranh giới.",
        en="The drawn stretch that begins at {place} is not tied to the boundary: {distance} m off, {reach} m allowed, and it does not cross it twice. Snap both its ends to the boundary.",
    )


class StretchAmbiguous(OutlineError):
    """A drawn stretch could replace either way around the ring."""

    message = Text(
        vi="Đoạn vẽ bắt đầu tại {place} có thể thay cho cả hai phía của ranh giới như nhau. Hãy vẽ hai đoạn ngắn hơn, hoặc thay cả ranh giới.",
        en="The drawn stretch that begins at {place} could as well replace either way around the boundary. Draw two shorter ones, or replace the whole boundary.",
    )


class CornerUnknown(OutlineError):
    """There is no corner where one is to be moved."""

    message = Text(
        vi="Ranh giới không có đỉnh tại {place}: đỉnh gần nhất cách {distance} m, cho phép {reach} m. Có thể lớp nền đã thay đổi; hãy bắt điểm vào đỉnh rồi làm lại.",
        en="The outline has no corner at {place}: the nearest is {distance} m away, {reach} m allowed. Perhaps the layer has changed since; snap to a corner and try again.",
    )


class OutlineSpoilt(OutlineError):
    """The new outline would cross itself."""

    message = Text(
        vi="Đường bao mới tự cắt hoặc không khép được ({reason}). Hãy vẽ lại để các cạnh không cắt nhau.",
        en="The new outline would cross itself or not close ({reason}). Draw it so that its sides do not cross.",
    )
