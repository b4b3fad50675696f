"""Content to numbers: one module a modality."""
