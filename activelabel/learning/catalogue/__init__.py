"""Every algorithm that can be named: one module a kind, data only."""
