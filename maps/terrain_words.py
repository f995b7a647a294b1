"""What facts of terrain are called, and how they are made, in Vietnamese."""

from gis.language import Text
from layers.rasters import RASTERS
from planning.terrain_names import CLASSES, TERRAIN

TITLE = Text(vi="Địa hình", en="Terrain")
LAYERS = {raster.name: raster.title for raster in RASTERS}
_ABOUT = {
    "crs": Text(vi="hệ tọa độ", en="system"),
    "source_crs": Text(vi="hệ tọa độ của tệp nhận được", en="system of the file that came"),
    "source_cell": Text(vi="ô của tệp nhận được", en="cell of the file that came"),
    "operation": Text(vi="phép chuyển tọa độ", en="transformation"),
    "operation_accuracy_m": Text(vi="độ chính xác của phép chuyển", en="accuracy of the transformation"),
    "cell_width_m": Text(vi="bề rộng ô", en="width of a cell"),
    "cell_height_m": Text(vi="bề cao ô", en="height of a cell"),
}
FACTS = {
    f"terrain.{raster.name}.{name}": Text(vi=f"{raster.title.vi}: {told.vi}", en=f"{raster.title.en}: {told.en}")
    for raster in RASTERS
    for name, told in _ABOUT.items()
}
TABLES = {
    TERRAIN: Text(vi="Địa hình", en="Terrain"),
    CLASSES: Text(vi="Phân cấp địa hình, tai biến", en="Classes of terrain and hazards"),
}
COLUMNS = {
    "lowest_m": Text(vi="Thấp nhất", en="Lowest"),
    "mean_m": Text(vi="Trung bình", en="Mean"),
    "highest_m": Text(vi="Cao nhất", en="Highest"),
    "mean_slope": Text(vi="Độ dốc trung bình", en="Mean slope"),
    "gentle_m2": Text(vi="Đất dốc dưới 15%", en="Ground under 15 % slope"),
    "gentle_share": Text(vi="Tỷ lệ đất dốc dưới 15%", en="Share under 15 % slope"),
    "without_height_m2": Text(vi="Không có số liệu độ cao", en="Without a height"),
    "without_slope_m2": Text(vi="Không có số liệu độ dốc", en="Without a slope"),
    "ground": Text(vi="Khu vực", en="Ground"),
    "raster": Text(vi="Lớp raster", en="Raster"),
    "class": Text(vi="Cấp", en="Class"),
}
_OWN = {"key": Text(vi="Khu vực", en="Ground"), "unit_m2": Text(vi="Diện tích", en="Area")}
OWN_COLUMNS = {(TERRAIN, column): title for column, title in _OWN.items()} | {
    (CLASSES, "share"): Text(vi="Tỷ lệ", en="Share"),
    (CLASSES, "area_m2"): Text(vi="Diện tích", en="Area"),
}
_WEIGHED = "các ô của raster, mỗi ô theo phần nằm trong khu vực"
_SLOPE = "độ dốc theo Horn trên tám ô lân cận; " + _WEIGHED
_EN_WEIGHED = "cells of the raster, each by the part of it that lies in the ground"
_EN_SLOPE = "slope of Horn over the eight neighbours; " + _EN_WEIGHED
HOW = {
    "region of the zone, or layer/key": "phần của khu, hoặc lớp/khóa",
    "planar grid area of the ground": "diện tích phẳng của khu vực",
    "lowest cell that the ground touches": "ô thấp nhất mà khu vực chạm tới",
    "highest cell that the ground touches": "ô cao nhất mà khu vực chạm tới",
    "mean height; " + _EN_WEIGHED: "độ cao trung bình; " + _WEIGHED,
    _EN_WEIGHED: _WEIGHED,
    _EN_SLOPE: _SLOPE,
    "ground with a slope under 15 %; " + _EN_SLOPE: "đất dốc dưới 15%; " + _SLOPE,
    "gentle_m2 / ground of which the slope is known": "đất dốc dưới 15% chia cho phần đất có số liệu độ dốc",
    "ground without a height: no data": "phần không có độ cao: không có số liệu",
    "ground without a slope: no data": "phần không có độ dốc: không có số liệu",
    "ground/raster/class": "khu vực/raster/cấp",
    "name of the raster": "tên raster",
    "class of the raster, or no data": "cấp của raster, hoặc không có số liệu",
    "area_m2 / planar grid area of the ground": "diện tích chia cho diện tích phẳng của khu vực",
    "as stated in the raster": "như ghi trong raster",
    "as the raster came in, stated in its file": "như khi nhập raster, ghi trong chính tệp",
    "resampled into the system of the project": "lấy mẫu lại về hệ tọa độ của dự án",
}
