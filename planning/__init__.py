"""What we ask of the layers: scenarios, effects, checks, law, and the Record that holds every answer."""
