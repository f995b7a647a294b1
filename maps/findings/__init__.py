"""What a check found, as people read it: sentences, a workbook, a GeoPackage with symbols, a layer of the map."""
