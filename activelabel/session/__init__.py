"""The bridge between arrays and disk: asking, learning, simulating."""
