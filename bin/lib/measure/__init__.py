"""Figures of the house, each beside something that it is held against in the same run."""
