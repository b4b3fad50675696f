"""A pool too big for one copy: the work on its parts, and who does it."""
