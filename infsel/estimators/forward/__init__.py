"""Selectors that pick one column after the other."""
