"""How facts are shown: interactive map, workbook, sheets, appendix. Renderers format; they compute nothing."""
