"""The project directory: the only package that touches it."""
