"""Arrays in, arrays out: no clock, no disk, no screen, no global random state."""
