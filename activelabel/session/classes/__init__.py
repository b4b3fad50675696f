"""The classes of a project: their names, keys and guidelines, and what changes them in the middle of it."""
