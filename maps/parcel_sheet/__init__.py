"""The extract of a parcel on paper: A4, with its map, read back before it is handed on; one file a parcel."""
