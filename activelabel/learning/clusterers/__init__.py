"""Groups of like items: one module a family of clusterers."""
