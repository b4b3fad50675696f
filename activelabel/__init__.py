"""Label a data set in the terminal and know how good the labels are."""

__version__ = "0.1.0"
