"""Geometry, coordinates and files. Knows nothing of zones, parcels or law."""
