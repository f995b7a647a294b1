"""What the files of an appendix are called: the same in every appendix, so that people and programs find them."""

WORD = "phu-luc.docx"
EXCEL = "so-lieu.xlsx"
SHEETS = "ban-do.pdf"
MAP = "ban-do.html"
PROJECT = "du-an.qgz"
RECORD = "ho-so"
MANIFEST = "manifest.json"
