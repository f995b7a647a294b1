"""What can be wrong when facts are shown."""

from gis.errors import MocGioiError
from gis.language import Text


class AssetMissing(MocGioiError):
    """The installation lacks a browser asset that the page needs."""

    message = Text(
        vi="Bản cài đặt thiếu tệp {asset}. Hãy cài lại Mốc Giới.",
        en="The installation lacks the file {asset}. Install Mốc Giới again.",
    )


class AssetUnknown(MocGioiError):
    """An asset asks for another one that nobody has looked at: a page must not reach out for it."""

    message = Text(
        vi="Tệp {asset} gọi đến “{address}” không có trong danh sách đã kiểm tra.",
        en="The file {asset} refers to “{address}”, which is not on the list of known assets.",
    )
