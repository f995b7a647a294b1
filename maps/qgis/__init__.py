"""What QGIS opens: symbols from the one table of looks, and a project of the appendix' own layers."""
