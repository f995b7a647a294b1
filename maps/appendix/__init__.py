"""The appendix of a proposal: Word, Excel, PDF sheets, GeoPackages, QGIS project and map of one Record."""
