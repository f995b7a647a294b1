"""What the files of an appendix are called: the same in every appendix, so that people and programs find them."""

WORD = "phu-luc.docx"
EXCEL = "so-lieu.xlsx"
SHEETS = "ban-do.pdf"
MAP = "ban-do.html"
PROJECT = "du-an.qgz"
RECORD = "ho-so"
# Parcels that are too many for the Record to draw.
PARCELS = f"{RECORD}/thua-dat.parquet"
MANIFEST = "manifest.json"
TEMPLATE = "mau.docx"
