"""Kinds of features that have a name in both languages; any other kind stands as its source wrote it."""

from gis.language import Lang, Text

# The words of the glossary; an underscore joins the words of a code.
TITLES: dict[str, Text] = {
    # functional areas
    "non_tariff": Text(vi="Khu phi thuế quan", en="Non-tariff area"),
    "tariff": Text(vi="Khu thuế quan", en="Tariff area"),
    "transit": Text(vi="Khu trung chuyển hàng hóa", en="Goods transshipment area"),
    "export_processing": Text(vi="Khu chế xuất", en="Export-processing zone"),
    "industrial": Text(vi="Khu công nghiệp", en="Industrial park"),
    "gate": Text(vi="Khu cửa khẩu", en="Border-gate area"),
    "urban": Text(vi="Khu đô thị", en="Urban area"),
    "dry_port": Text(vi="Cảng cạn (ICD)", en="Dry port"),
    "trade_tourism": Text(vi="Khu thương mại – du lịch", en="Trade and tourism area"),
    "tourism": Text(vi="Khu du lịch", en="Tourism area"),
    "agriculture": Text(vi="Khu nông nghiệp", en="Agricultural area"),
    # constraints
    "protective_forest": Text(vi="Rừng phòng hộ", en="Protective forest"),
    "special_use_forest": Text(vi="Rừng đặc dụng", en="Special-use forest"),
    "rice_land": Text(vi="Đất chuyên trồng lúa", en="Rice land"),
    "river_corridor": Text(vi="Hành lang bảo vệ sông, suối", en="River corridor"),
    "road_corridor": Text(vi="Hành lang an toàn đường bộ", en="Road corridor"),
    "railway_corridor": Text(vi="Hành lang an toàn đường sắt", en="Railway corridor"),
    "power_corridor": Text(vi="Hành lang lưới điện", en="Power-line corridor"),
    "heritage": Text(vi="Di tích", en="Heritage"),
    "landslide": Text(vi="Nguy cơ sạt lở", en="Landslide risk"),
    "flood": Text(vi="Ngập lụt", en="Flood"),
    "isolation": Text(vi="Khoảng cách ly môi trường", en="Environmental buffer"),
    "defence": Text(vi="Đất quốc phòng", en="Defence land"),
    "water_source": Text(vi="Bảo vệ nguồn nước", en="Water-source protection"),
    "border_belt": Text(vi="Vành đai biên giới", en="Border belt"),
    # infrastructure
    "border": Text(vi="Đường biên giới", en="National border"),
    "national_road": Text(vi="Quốc lộ", en="National road"),
    "provincial_road": Text(vi="Đường tỉnh", en="Provincial road"),
    "lane": Text(vi="Đường nội bộ", en="Lane"),
    "railway": Text(vi="Đường sắt", en="Railway"),
    "railway_station": Text(vi="Ga đường sắt", en="Railway station"),
    "river": Text(vi="Sông", en="River"),
    "stream": Text(vi="Suối", en="Stream"),
    "bridge": Text(vi="Cầu", en="Bridge"),
    "substation": Text(vi="Trạm biến áp", en="Substation"),
    "waterworks": Text(vi="Nhà máy nước", en="Waterworks"),
    "wastewater": Text(vi="Xử lý nước thải", en="Wastewater treatment"),
    "telecom": Text(vi="Viễn thông", en="Telecommunications"),
    "gate_building": Text(vi="Nhà kiểm soát liên hợp", en="Gate control building"),
    "post": Text(vi="Bưu điện", en="Post office"),
    # parts of yards
    "obstacle": Text(vi="Vật cản", en="Obstacle"),
    "kept_lane": Text(vi="Lối giữ trống", en="Lane kept free"),
    "entry": Text(vi="Cổng, lối vào", en="Entry"),
}
# The ground that a line takes up, as an area of its own.
_GROUND = "_area"


def kind_title(kind: str, lang: Lang) -> str:
    """Return the name of a kind, or the kind as it is written.

    Examples
    --------
    >>> kind_title("rice_land", "vi"), kind_title("national_road_area", "en"), kind_title("bãi tập kết", "vi")
    ('Đất chuyên trồng lúa', 'National road', 'bãi tập kết')
    """
    title = TITLES.get(kind) or TITLES.get(kind.removesuffix(_GROUND))
    return title.to(lang) if title else kind
