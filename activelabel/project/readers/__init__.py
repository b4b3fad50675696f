"""Data files to items: one module a format."""
