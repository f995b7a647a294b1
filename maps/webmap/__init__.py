"""The interactive map: one file that opens with the cable out."""
