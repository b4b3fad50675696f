"""Classifiers and the choice among them, from labels alone."""
