"""What the robustness of verdicts is called, and how it is made, in Vietnamese."""

from gis.language import Text
from planning.robustness import ROBUSTNESS

TABLES = {ROBUSTNESS: Text(vi="Kết luận đứng vững đến đâu", en="How robust the verdicts are")}
FACTS = {
    "law.first_flip_m": Text(
        vi="Ranh giới sai đến mức này thì có kết luận đổi", en="Error of the line at which the first verdict flips"
    )
}
COLUMNS = {
    "margin": Text(vi="Cách ngưỡng", en="Margin"),
    "line_error_m": Text(vi="Ranh giới sai đến mức này thì kết luận đổi", en="Error of the line that flips it"),
}
HOW = {
    "least error of the line at which a decided verdict flips": "sai số nhỏ nhất của ranh giới làm đổi một kết luận",
    "id of the criterion, or of its reading": "mã tiêu chí hoặc mã cách hiểu",
    "what the criterion demands": "nội dung tiêu chí",
    "verdict of the criterion": "kết luận của tiêu chí",
    "figure of the criterion": "giá trị của tiêu chí",
    "threshold of the rule set": "ngưỡng của bộ quy tắc",
    "distance of the figure from the threshold": "khoảng cách từ giá trị đến ngưỡng",
    "unit of figure, threshold and margin": "đơn vị của giá trị, ngưỡng và khoảng cách",
    "error of the line at which the verdict flips, to first order: accuracy · margin / half the interval": (
        "sai số của ranh giới làm đổi kết luận, gần đúng bậc nhất: độ chính xác · khoảng cách / nửa khoảng giá trị"
    ),
}
