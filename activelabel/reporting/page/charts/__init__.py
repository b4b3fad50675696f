"""The figures of the page, drawn by matplotlib: a module each."""
