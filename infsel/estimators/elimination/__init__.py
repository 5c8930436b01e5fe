"""Selectors that drop one column after the other."""
