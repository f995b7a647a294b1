"""What the facts of yards are called, and the words for their codes, in both languages."""

from gis.language import Lang, Text

YARDS = Text(vi="Bến bãi", en="Yards")

_PAPERS = {
    "investment": Text(vi="đăng ký đầu tư", en="investment registration"),
    "lease": Text(vi="thuê đất", en="land lease"),
    "construction": Text(vi="giấy phép xây dựng", en="construction permit"),
    "fire": Text(vi="phòng cháy, chữa cháy", en="fire safety"),
    "environment": Text(vi="môi trường", en="environment"),
    "customs": Text(vi="công nhận của hải quan", en="customs recognition"),
}
_STATES = {
    "present": Text(vi="có", en="present"),
    "expiring": Text(vi="sắp hết hạn", en="expiring"),
    "expired": Text(vi="đã hết hạn", en="expired"),
    "unclear": Text(vi="không rõ thời hạn", en="term unclear"),
    "missing": Text(vi="thiếu", en="missing"),
}

_AGAINST = {
    "agrees": Text(vi="khớp", en="agrees"),
    "larger": Text(vi="lớn hơn", en="larger"),
    "smaller": Text(vi="nhỏ hơn", en="smaller"),
}
# What becomes of the recognition of a yard by customs.
_RECOGNITION = {
    "lost": Text(vi="mất điều kiện công nhận", en="loses its recognition"),
    "at_risk": Text(vi="có thể mất điều kiện công nhận", en="may lose its recognition"),
    "gained": Text(vi="đạt điều kiện công nhận", en="can be recognised"),
    "kept": Text(vi="giữ điều kiện công nhận", en="keeps its recognition"),
    "not_recognised": Text(vi="vẫn chưa đạt điều kiện", en="still not recognised"),
    "open": Text(vi="chưa kết luận được", en="cannot tell"),
    "closed": Text(vi="bãi chấm dứt hoạt động", en="the yard is given up"),
    "new": Text(vi="bãi mới", en="new yard"),
}
BREAKS = Text(
    vi="{count} bãi mất điều kiện hải quan công nhận theo phương án này.",
    en="{count:yard loses|yards lose} the conditions of their customs recognition by this scenario.",
)
MAY_BREAK = Text(
    vi="{count} bãi có thể mất điều kiện hải quan công nhận: dữ liệu chưa đủ rõ.",
    en="{count:yard|yards} may lose the conditions of their customs recognition: the data do not decide.",
)

# Yards by what a scenario does to them: in the analysis, and in a plan of the yards.
YARDS_BY_CHANGE = {
    "new": Text(vi="Bãi lập mới", en="New yards"),
    "given_up": Text(vi="Bãi bỏ", en="Yards given up"),
    "reshaped": Text(vi="Bãi đổi hình", en="Yards reshaped"),
    "changed": Text(vi="Bãi chỉ đổi thuộc tính", en="Yards with other attributes only"),
}

COLUMNS: dict[str, Text] = {
    "yard": Text(vi="Mã bãi", en="Yard"),
    "yards": Text(vi="Số bãi", en="Yards"),
    "gate": Text(vi="Cửa khẩu phục vụ", en="Gate served"),
    "gate_stated": Text(vi="Cửa khẩu ghi trong lớp bến bãi", en="Gate as the layer states it"),
    "status": Text(vi="Tình trạng", en="Status"),
    "paper": Text(vi="Giấy tờ", en="Paper"),
    "paper_state": Text(vi="Tình trạng giấy tờ", en="State of the paper"),
    "days_left": Text(vi="Còn (ngày)", en="Days left"),
    "unsaid": Text(vi="Giấy tờ chưa ghi", en="Not stated by the paper"),
    "copies": Text(vi="Số bản lưu", en="On file"),
    "asked": Text(vi="Cần làm", en="To be done"),
    "present": Text(vi="Có", en="Present"),
    "expiring": Text(vi="Sắp hết hạn", en="Expiring"),
    "expired": Text(vi="Đã hết hạn", en="Expired"),
    "unclear": Text(vi="Không rõ thời hạn", en="Term unclear"),
    "complete": Text(vi="Mức đầy đủ", en="Completeness"),
    "leased_area_m2": Text(vi="Diện tích thuê đất", en="Leased area"),
    "drawn_less_leased_m2": Text(vi="Trên bản đồ trừ thuê đất", en="On the map less leased"),
    "against_lease": Text(vi="So với thuê đất", en="Against the lease"),
    "licensed_area_m2": Text(vi="Diện tích được cấp phép", en="Licensed area"),
    "drawn_less_licensed_m2": Text(vi="Trên bản đồ trừ cấp phép", en="On the map less licensed"),
    "against_licence": Text(vi="So với cấp phép", en="Against the licence"),
    "over_infrastructure": Text(vi="Lấn đường, sông suối", en="Over roads and waters"),
    "over_infrastructure_m2": Text(vi="Diện tích trên đường, sông suối", en="Area over roads and waters"),
    "over_neighbours": Text(vi="Chồng bãi khác", en="Over other yards"),
    "over_neighbours_m2": Text(vi="Diện tích chồng bãi khác", en="Area over other yards"),
    "over_parcels": Text(vi="Trên thửa không được thuê", en="Over parcels not leased"),
    "over_parcels_m2": Text(vi="Diện tích trên thửa không được thuê", en="Area over parcels not leased"),
    "cut_parcels": Text(vi="Số thửa bị ranh bãi cắt", en="Parcels cut by the outline"),
    "unknown_parcels": Text(vi="Thửa thuê không có trong lớp thửa", en="Leased parcels not in the layer"),
    "feature": Text(vi="Đối tượng", en="Feature"),
    "feature_name": Text(vi="Tên đối tượng", en="Name of the feature"),
    "feature_kind": Text(vi="Loại đối tượng", en="Kind of feature"),
    "relation": Text(vi="Theo giấy tờ", en="By the papers"),
    "area_min_m2": Text(vi="Diện tích, ít nhất", en="Area, at least"),
    "area_max_m2": Text(vi="Diện tích, nhiều nhất", en="Area, at most"),
    "recognition": Text(vi="Công nhận của hải quan", en="Customs recognition"),
    "size_base": Text(vi="Diện tích tối thiểu, hiện hành", en="Least area, established"),
    "size_proposed": Text(vi="Diện tích tối thiểu, đề xuất", en="Least area, proposed"),
    "least_area_m2": Text(vi="Diện tích tối thiểu phải có", en="Least area demanded"),
    "distance_max_m": Text(vi="Khoảng cách tối đa", en="Farthest allowed"),
}

# What `Record.no_data` may name of them besides layers.
MISSING_FIELDS = {"yards.accuracy_m": Text(vi="Độ chính xác của ranh bãi", en="Accuracy of the yards' outlines")}

COLUMNS |= {
    "slots": Text(vi="Số ô đỗ theo bố trí", en="Slots of the layout"),
    "slots_upper": Text(vi="Ô đỗ, mức tối đa (chưa biết cổng)", en="Slots, upper bound (no entry known)"),
    "slots_per_ha": Text(vi="Ô đỗ trên 1 ha", en="Slots per ha"),
    "capacity_vehicles": Text(vi="Sức chứa đã khai (xe)", en="Stated capacity (vehicles)"),
    "slots_less_stated": Text(vi="Bố trí trừ đã khai", en="Layout less stated"),
    "slots_m2": Text(vi="Diện tích ô đỗ", en="Area of the slots"),
    "direction_deg": Text(vi="Hướng hàng ô đỗ (°)", en="Direction of the rows (°)"),
    "obstacles": Text(vi="Vật cản", en="Obstacles"),
    "kept_lanes": Text(vi="Lối giữ trống", en="Lanes kept free"),
    "entries": Text(vi="Cổng đã biết", en="Entries known"),
    "entries_joined": Text(vi="Cổng nối được vào đường", en="Entries that lead in"),
}

_SIDES = {"before": ("hiện hành", "before"), "after": ("theo phương án", "after")}
COLUMNS |= {
    name.format(side): Text(vi=f"{vi}, {of[0]}", en=f"{en}, {of[1]}")
    for name, vi, en in (
        ("area_{}_m2", "Diện tích bãi", "Area"),
        ("slots_{}", "Số ô đỗ", "Slots"),
        ("yards_{}", "Số bãi", "Yards"),
        ("slots_upper_{}", "Ô đỗ, mức tối đa (chưa biết cổng)", "Slots, upper bound (no entry known)"),
        ("gate_{}", "Cửa khẩu phục vụ", "Gate served"),
        ("gate_distance_{}_m", "Cách cửa khẩu", "Distance to the gate"),
        ("height_{}_m", "Độ cao trung bình", "Mean height"),
        ("slope_{}", "Độ dốc trung bình", "Mean slope"),
        ("held_{}", "Ô đỗ so với số liệu", "Slots, of the figure"),
    )
    for side, of in _SIDES.items()
} | {
    "figure": Text(vi="Số liệu công bố", en="Published figure"),
    "vehicles": Text(vi="Số xe", en="Vehicles"),
}

COLUMNS |= {
    "hour": Text(vi="Giờ", en="Hour"),
    "arrivals": Text(vi="Xe đến (mô hình)", en="Arrivals (model)"),
    "parked": Text(vi="Xe trong bãi (mô hình)", en="Parked (model)"),
    "parked_most": Text(vi="Xe trong bãi nhiều nhất (mô hình)", en="Parked at most (model)"),
    "waiting": Text(vi="Xe chờ trên đường (mô hình)", en="Waiting on the road (model)"),
    "waiting_most": Text(vi="Xe chờ nhiều nhất (mô hình)", en="Waiting at most (model)"),
    "waiting_worst": Text(vi="Xe chờ, lần chạy xấu nhất (mô hình)", en="Waiting, worst run (model)"),
    "overflow_hours": Text(vi="Giờ xe chờ (mô hình)", en="Vehicle hours of waiting (model)"),
    "used": Text(vi="Mức sử dụng (mô hình)", en="Used (model)"),
    "changed": Text(vi="Thay đổi", en="Changed"),
    "input": Text(vi="Số liệu", en="Input"),
    "factor": Text(vi="Hệ số", en="Factor"),
}

# What a column is called in a table of yards, where another table calls it otherwise.
OWN_COLUMNS: dict[tuple[str, str], Text] = {
    (table, "area_m2"): Text(vi="Diện tích bãi", en="Area of the yard")
    for table in ("yards.ground", "yards.capacity", "yards.plan")
} | {("yards.touching", "area_m2"): Text(vi="Diện tích chung", en="Common area")}

OWN_COLUMNS |= {
    (table, "share"): Text(vi="Tỷ lệ xe", en="Share of the vehicles")
    for table in ("yards.flow_gates", "yards.flow_unserved")
}

TABLES: dict[str, Text] = {
    "yards.flow_gates": Text(vi="Mô hình: theo cửa khẩu", en="Model: by gate"),
    "yards.flow_unserved": Text(vi="Mô hình: cửa khẩu không có bãi", en="Model: gates without yards"),
    "yards.flow": Text(vi="Mô hình: theo bãi", en="Model: by yard"),
    "yards.flow_hours": Text(vi="Mô hình: theo giờ", en="Model: by hour"),
    "yards.flow_sensitivity": Text(vi="Mô hình: độ nhạy", en="Model: sensitivity"),
    "yards.flow_inputs": Text(vi="Mô hình: số liệu, giả định", en="Model: inputs, assumptions"),
    "yards.plan": Text(vi="Sắp xếp bến bãi", en="Plan of the yards"),
    "yards.plan_gates": Text(vi="Bến bãi theo cửa khẩu", en="Yards by gate"),
    "yards.moved": Text(vi="Đơn vị phải di dời", en="Operators that are moved"),
    "yards.demand": Text(vi="Sức chứa so với lưu lượng", en="Capacity against traffic"),
    "yards.capacity": Text(vi="Sức chứa theo hình bãi", en="Capacity from geometry"),
    "yards.register": Text(vi="Sổ bến bãi", en="Register of yards"),
    "yards.by_operator": Text(vi="Theo đơn vị khai thác", en="By operator"),
    "yards.papers": Text(vi="Giấy tờ của từng bãi", en="Papers of each yard"),
    "yards.reminders": Text(vi="Giấy tờ cần đôn đốc", en="Papers to ask for"),
    "yards.ground": Text(vi="Hiện trạng đất so với giấy tờ", en="Ground against papers"),
    "yards.touching": Text(vi="Đất bãi nằm lên", en="What yards lie over"),
}

FACTS: dict[str, Text] = {
    "yards.on": Text(vi="Tính đến ngày", en="As of"),
    "yards.within_days": Text(vi="Sắp hết hạn: còn không quá (ngày)", en="Expiring: at most (days) left"),
    "yards.count": Text(vi="Số bến bãi", en="Yards"),
    "yards.complete": Text(vi="Bãi đủ sáu loại giấy tờ còn hạn", en="Yards with all six papers valid"),
    **{
        f"yards.papers.{state}": Text(vi=f"Giấy tờ {text.vi}", en=f"Papers {text.en}")
        for state, text in _STATES.items()
    },
    "yards.recognition.lost": Text(vi="Bãi mất điều kiện công nhận", en="Yards that lose their recognition"),
    "yards.recognition.at_risk": Text(vi="Bãi có thể mất điều kiện công nhận", en="Yards that may lose it"),
    "yards.recognition.gained": Text(vi="Bãi đạt điều kiện công nhận", en="Yards that can be recognised anew"),
    "yards.ground.lease.compared": Text(vi="Bãi so được với diện tích thuê", en="Yards compared with what is leased"),
    "yards.ground.lease.larger": Text(vi="Bãi lớn hơn diện tích thuê", en="Yards larger than leased"),
    "yards.ground.lease.smaller": Text(vi="Bãi nhỏ hơn diện tích thuê", en="Yards smaller than leased"),
    "yards.ground.licence.compared": Text(
        vi="Bãi so được với diện tích cấp phép", en="Yards compared with what is licensed"
    ),
    "yards.ground.licence.larger": Text(vi="Bãi lớn hơn diện tích cấp phép", en="Yards larger than licensed"),
    "yards.ground.licence.smaller": Text(vi="Bãi nhỏ hơn diện tích cấp phép", en="Yards smaller than licensed"),
    "yards.ground.over_infrastructure": Text(vi="Bãi lấn đường, sông suối", en="Yards over roads or waters"),
    "yards.ground.over_neighbours": Text(vi="Bãi chồng bãi khác", en="Yards over another yard"),
    "yards.ground.over_parcels.compared": Text(
        vi="Bãi đã rõ thửa được thuê", en="Yards whose leased parcels are known"
    ),
    "yards.ground.over_parcels": Text(vi="Bãi trên thửa không được thuê", en="Yards over parcels not leased"),
    "yards.papers.other_kind": Text(vi="Giấy tờ thuộc loại khác", en="Papers of another kind"),
    "yards.papers.no_yard": Text(vi="Giấy tờ của bãi không có trong lớp", en="Papers of a yard that is not there"),
}

FACTS |= {
    "yards.capacity.yards": Text(vi="Số bãi được bố trí", en="Yards laid out"),
    "yards.capacity.slots": Text(vi="Tổng số ô đỗ theo bố trí", en="Slots in all"),
    "yards.capacity.slots_upper": Text(
        vi="Ô đỗ, mức tối đa (chưa biết cổng)", en="Slots, upper bound (no entry known)"
    ),
    "yards.capacity.no_entry": Text(
        vi="Bãi chưa biết cổng (coi như vào được mọi phía)", en="Yards without a known entry"
    ),
    "yards.vehicle.length_m": Text(vi="Xe thiết kế: dài (m)", en="Design vehicle: length (m)"),
    "yards.vehicle.width_m": Text(vi="Xe thiết kế: rộng (m)", en="Design vehicle: width (m)"),
    "yards.vehicle.end_gap_m": Text(vi="Khoảng trống mỗi đầu xe (m)", en="Free at each end (m)"),
    "yards.vehicle.side_gap_m": Text(vi="Khoảng trống mỗi bên xe (m)", en="Free at each side (m)"),
    "yards.vehicle.aisle_m": Text(vi="Đường giữa hai hàng ô đỗ (m)", en="Aisle (m)"),
    "yards.vehicle.outer_radius_m": Text(vi="Bán kính quay vòng ngoài (m)", en="Outer turning radius (m)"),
    "yards.vehicle.inner_radius_m": Text(vi="Bán kính quay vòng trong (m)", en="Inner turning radius (m)"),
    "yards.vehicle.edge_gap_m": Text(vi="Cách hàng rào, vật cản (m)", en="From fence and obstacles (m)"),
    "yards.vehicle.lane_m": Text(vi="Đường nối, theo bán kính quay (m)", en="Lane, by the turning radii (m)"),
}

FACTS |= {
    "yards.plan.unchanged": Text(vi="Bãi giữ nguyên", en="Yards unchanged"),
    **{f"yards.plan.{change}": YARDS_BY_CHANGE[change] for change in ("reshaped", "given_up", "new")},
    "yards.plan.moved": Text(vi="Đơn vị phải di dời", en="Operators that are moved"),
    **{
        f"yards.plan.{name.format(side)}": COLUMNS[name.format(side)]
        for name in ("yards_{}", "area_{}_m2", "slots_{}", "slots_upper_{}")
        for side in _SIDES
    },
}

FACTS |= {
    "yards.flow.arrivals": Text(vi="Xe đến trong ngày (mô hình)", en="Arrivals of a day (model)"),
    "yards.flow.slots": Text(vi="Số ô đỗ dùng được", en="Slots that can be used"),
    "yards.flow.slots_upper": Text(vi="Ô đỗ, mức tối đa (chưa biết cổng)", en="Slots, upper bound (no entry known)"),
    "yards.flow.left_out": Text(vi="Bãi chưa rõ cửa khẩu, không đưa vào mô hình", en="Yards left out: gate not known"),
    "yards.flow.left_out_slots": Text(vi="Ô đỗ dùng được của các bãi ấy", en="Slots of those yards that can be used"),
    "yards.flow.unserved": Text(vi="Xe đến cửa khẩu không có bãi", en="Vehicles to gates without yards"),
    "yards.flow.waiting_most": Text(vi="Xe chờ nhiều nhất cùng lúc (mô hình)", en="Waiting at most at once (model)"),
    "yards.flow.overflow_hours": Text(vi="Giờ xe chờ (mô hình)", en="Vehicle hours of waiting (model)"),
}

# Codes of ours, by the column in which they stand.
WORDS: dict[str, dict[str, Text]] = {
    "paper": _PAPERS,
    "paper_state": _STATES,
    "recognition": _RECOGNITION,
    "against_lease": _AGAINST,
    "against_licence": _AGAINST,
    "relation": {
        "leased": Text(vi="thửa được thuê", en="leased"),
        "not_leased": Text(vi="thửa không được thuê", en="not leased"),
        "not_told": Text(vi="giấy tờ chưa nêu thửa", en="no parcels stated"),
    },
    "confidence": {"assumption": Text(vi="giả định", en="assumption")},
    "value": {"by_slots": Text(vi="theo tỷ lệ số ô đỗ", en="in proportion to the slots")},
    "input": {
        "vehicles_per_day": Text(vi="Xe một ngày", en="Vehicles a day"),
        "hourly": Text(vi="Tỷ lệ xe đến theo giờ, 0 đến 23", en="Arrivals by hour, 0 to 23"),
        "stay_hours": Text(vi="Số giờ ở trong bãi", en="Hours in a yard"),
        "stay_spread": Text(vi="Độ tản của số giờ (log-chuẩn)", en="Spread of the hours (log-normal)"),
        "usable": Text(vi="Phần ô đỗ dùng được", en="Share of the slots that can be used"),
        "gates": Text(vi="Tỷ lệ xe theo cửa khẩu", en="Vehicles by gate"),
        "seed": Text(vi="Số gieo ngẫu nhiên", en="Seed"),
        "runs": Text(vi="Số lần chạy", en="Runs"),
    },
    "changed": {
        "as_stated": Text(vi="như đầu vào", en="as stated"),
        "arrivals": Text(vi="xe đến", en="arrivals"),
        "stay": Text(vi="số giờ ở trong bãi", en="hours in a yard"),
        "slots": Text(vi="ô đỗ dùng được", en="usable slots"),
    },
    "asked": {
        "submit": Text(vi="nộp bổ sung", en="to be submitted"),
        "renew": Text(vi="gia hạn hoặc cấp lại", en="to be renewed"),
        "renew_in_time": Text(vi="gia hạn trước ngày hết hạn", en="to be renewed in time"),
        "clarify": Text(vi="làm rõ thời hạn", en="term to be clarified"),
    },
    "unsaid": {
        "number": Text(vi="số", en="number"),
        "issuer": Text(vi="cơ quan cấp", en="issuer"),
        "issued_on": Text(vi="ngày cấp", en="day of issue"),
    },
}
# Columns that hold several codes in one text.
_LISTS, _SEPARATOR = ("unsaid",), ", "


def yard_word(column: str, value: str, lang: Lang) -> str | None:
    """Return the word for a code of yards in a column; None where the column holds none of ours.

    Examples
    --------
    >>> yard_word("paper", "lease", "vi"), yard_word("unsaid", "number, issuer", "en"), yard_word("name", "lease", "vi")
    ('thuê đất', 'number, issuer', None)
    """
    known = WORDS.get(column)
    if known is None:
        return None
    parts = value.split(_SEPARATOR) if column in _LISTS else [value]
    if not any(one in known for one in parts):
        return None
    return _SEPARATOR.join(known[one].to(lang) if one in known else one for one in parts)
