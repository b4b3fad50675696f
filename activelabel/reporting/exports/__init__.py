"""Labels as files: one module a format."""
