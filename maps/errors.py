"""What can be wrong when facts are shown."""

from gis.errors import DataError, MocGioiError
from gis.language import Text


class AssetMissing(MocGioiError):
    """The installation lacks a browser asset that the page needs."""

    message = Text(
        vi="Bản cài đặt thiếu tệp {asset}. Hãy cài lại Mốc Giới.",
        en="The installation lacks the file {asset}. Install Mốc Giới again.",
    )


class NothingToDraw(DataError):
    """A layer that was asked for has nothing that can be drawn."""

    message = Text(
        vi="Không có gì để vẽ của lớp {layer}. Các lớp vẽ được: {layers}.",
        en="There is nothing to draw of {layer}. Layers that can be drawn: {layers}.",
    )


class GuardRefused(DataError):
    """The guard found what must not go out."""

    message = Text(
        vi='Chưa ghi {file}, vì chưa công bố được:\n{breaches}\nHãy sửa dữ liệu; hoặc bỏ qua một quy tắc, có lý do và được lưu lại: --override-guard QUY_TẮC="lý do"',
        en='{file} was not written, because it must not go out:\n{breaches}\nMend the data; or set a rule aside, with a reason that is kept: --override-guard RULE="reason"',
    )


class OverrideWrong(DataError):
    """A rule of the guard cannot be set aside like this."""

    message = Text(
        vi="Không bỏ qua được “{given}”: {reason} Các quy tắc: {rules}.",
        en="“{given}” cannot be set aside: {reason} The rules: {rules}.",
    )


class AssetUnknown(MocGioiError):
    """An asset asks for another one that nobody has looked at: a page must not reach out for it."""

    message = Text(
        vi="Tệp {asset} gọi đến “{address}” không có trong danh sách đã kiểm tra.",
        en="The file {asset} refers to “{address}”, which is not on the list of known assets.",
    )


class SheetUnknown(DataError):
    """A sheet that the scenario does not have."""

    message = Text(
        vi="Không có tờ bản đồ “{sheet}”. Các tờ: {sheets}.",
        en="There is no sheet “{sheet}”. The sheets: {sheets}.",
    )


class SheetsDiffer(MocGioiError):
    """The finished pages do not hold what was sent to them."""

    message = Text(
        vi="Bản in không khớp số liệu, tệp không được ghi: {differences}. Hãy chọn khổ giấy lớn hơn, hoặc báo người bảo trì.",
        en="The print does not agree with the facts, no file was written: {differences}. Choose larger paper, or tell the maintainers.",
    )


class SheetTooSmall(DataError):
    """The legend of a sheet does not fit on its paper."""

    message = Text(
        vi="Chú giải của một tờ không vừa khổ {paper}. Hãy chọn khổ giấy lớn hơn: --paper.",
        en="The legend of a sheet does not fit on {paper}. Choose larger paper: --paper.",
    )


class TableFormatUnknown(DataError):
    """A table is asked for in a format that is not written."""

    message = Text(
        vi="Không ghi được bảng vào {path}. Hãy đặt tên tệp có đuôi .csv hoặc .xlsx.",
        en="The table cannot be written to {path}. Use a name that ends with .csv or .xlsx.",
    )


class FindingsFormatUnknown(DataError):
    """No such format for the findings of a check."""

    message = Text(
        vi="Không ghi được kết quả kiểm tra ra {path}. Các định dạng: {formats}.",
        en="Findings cannot be written to {path}. The formats are {formats}.",
    )


class ListFormatUnknown(DataError):
    """No such format to write parcels in."""

    message = Text(
        vi="Không ghi danh sách thửa ra {path} được. Các định dạng: {formats}.",
        en="Parcels cannot be written to {path}. The formats are {formats}.",
    )


class ProposalFormatUnknown(DataError):
    """No such format for a proposal of repair."""

    message = Text(
        vi="Không ghi được đề nghị sửa ra {path}. Các định dạng: {formats}.",
        en="The proposal cannot be written to {path}. The formats are {formats}.",
    )


class TextUnreadable(DataError):
    """A text that is to be read back against the facts cannot be read."""

    message = Text(
        vi="Không đọc được văn bản {path}: {problem}. Cần tệp văn bản UTF-8 (.txt), mỗi đoạn một dòng.",
        en="The text {path} cannot be read: {problem}. A UTF-8 text file (.txt), a paragraph a line, is needed.",
    )


class FolderInUse(DataError):
    """A folder that is to be replaced is held by another program."""

    message = Text(
        vi="Không thay được thư mục {path}: chương trình khác đang dùng. Hãy đóng các tệp trong đó (Word, Excel, QGIS) rồi chạy lại.",
        en="The folder {path} cannot be replaced: another program uses it. Close its files (Word, Excel, QGIS) and try again.",
    )


class NotAnAppendix(DataError):
    """A folder is to be verified that holds no appendix."""

    message = Text(
        vi="Thư mục {path} không có phụ lục (không đọc được {name}). Hãy chỉ thư mục do `mocgioi appendix` ghi ra.",
        en="The folder {path} holds no appendix (its {name} cannot be read). Name a folder that `mocgioi appendix` wrote.",
    )


class FolderNotOurs(DataError):
    """A folder that is there holds something else than an appendix."""

    message = Text(
        vi="Thư mục {path} có tệp không thuộc một phụ lục ({name}) nên không bị thay. Hãy chọn thư mục mới.",
        en="The folder {path} holds what is no part of an appendix ({name}) and is not replaced. Choose a new folder.",
    )


class AppendixDiffers(MocGioiError):
    """A finished appendix does not say what its Record says."""

    message = Text(
        vi="Phụ lục không khớp hồ sơ kết quả, không ghi gì: {differences}. Hãy báo người bảo trì.",
        en="The appendix does not agree with the Record, nothing was written: {differences}. Tell the maintainers.",
    )


class TemplateWrong(DataError):
    """A Word template that cannot be filled in."""

    message = Text(
        vi="Mẫu Word {path} không dùng được: {problem}. Mẫu là tệp .docx có một đoạn chỉ gồm {{{{phu_luc}}}}; các trường khác phải có trong danh sách.",
        en="The Word template {path} cannot be used: {problem}. A template is a .docx with a paragraph that is only {{{{phu_luc}}}}; other fields must be on the list.",
    )


class TemplateUnsafe(DataError):
    """A Word template that would run something, or reach out of itself."""

    message = Text(
        vi="Mẫu Word {path} chứa thứ có thể tự chạy hoặc gọi ra ngoài ({what}) nên bị từ chối. Hãy bỏ macro, đối tượng nhúng, trường liên kết.",
        en="The Word template {path} holds what may run or reach out ({what}) and is refused. Remove macros, embedded objects and linked fields.",
    )
