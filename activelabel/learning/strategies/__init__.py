"""Which rows to ask: one module a strategy."""
