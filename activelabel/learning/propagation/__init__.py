"""From known labels to the rows that share them: one module a method."""
