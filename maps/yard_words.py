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

COLUMNS: dict[str, Text] = {
    "yard": Text(vi="Mã bãi", en="Yard"),
    "yards": Text(vi="Số bãi", en="Yards"),
    "gate": Text(vi="Cửa khẩu phục vụ", en="Gate served"),
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
}

TABLES: dict[str, Text] = {
    "yards.register": Text(vi="Sổ bến bãi", en="Register of yards"),
    "yards.by_operator": Text(vi="Theo đơn vị khai thác", en="By operator"),
    "yards.papers": Text(vi="Giấy tờ của từng bãi", en="Papers of each yard"),
    "yards.reminders": Text(vi="Giấy tờ cần đôn đốc", en="Papers to ask for"),
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
    "yards.papers.other_kind": Text(vi="Giấy tờ thuộc loại khác", en="Papers of another kind"),
    "yards.papers.no_yard": Text(vi="Giấy tờ của bãi không có trong lớp", en="Papers of a yard that is not there"),
}

# Codes of ours, by the column in which they stand.
WORDS: dict[str, dict[str, Text]] = {
    "paper": _PAPERS,
    "paper_state": _STATES,
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

HOW: dict[str, str] = {
    "yard and kind of paper": "bãi và loại giấy tờ",
    "key of the yard": "mã bãi",
    "kind of paper, by the words of the rule set": "loại giấy tờ, theo từ ngữ trong bộ quy tắc",
    "newest paper of that kind, against the day that is asked": "giấy tờ mới nhất cùng loại, so với ngày được hỏi",
    "newest paper of that kind, as in the papers table": "giấy tờ mới nhất cùng loại, như trong bảng giấy tờ",
    "days from the day that is asked to the last day of the paper": "số ngày từ ngày được hỏi đến hết hạn",
    "what the paper on file does not say of itself": "nội dung mà bản lưu chưa ghi",
    "papers of that kind on file": "số giấy tờ cùng loại đang lưu",
    "what the operator is asked for": "việc cần đơn vị khai thác làm",
    "kinds of papers by state on the day that is asked": "số loại giấy tờ theo tình trạng vào ngày được hỏi",
    "papers present or expiring / papers that are asked for": "giấy tờ còn hạn chia cho giấy tờ phải có",
    "first last day of a paper that is still valid": "ngày hết hạn sớm nhất của giấy tờ còn hạn",
    "yards of the operator": "số bãi của đơn vị",
    "rows of the yard layer": "số hàng của lớp bến bãi",
    "yards whose papers are all present or expiring": "số bãi có đủ giấy tờ còn hạn",
    "papers of yards of a kind that nobody asks for": "giấy tờ thuộc loại không nằm trong danh mục phải có",
    "papers that name a yard which is not in the layer": "giấy tờ ghi mã bãi không có trong lớp",
}


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
    return _SEPARATOR.join(known[one].to(lang) if one in known else one for one in parts)
