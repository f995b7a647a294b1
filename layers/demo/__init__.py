"""The demo: an invented, seeded project in which the real place can be recognised and every hard case is found."""
