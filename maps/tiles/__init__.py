"""Layers of any size as vector tiles: cut, thinned, written as one PMTiles archive, and laid beside a page."""
