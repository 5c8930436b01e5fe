"""Selectors made of selectors."""
