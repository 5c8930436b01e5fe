"""Selectors by walks through the graph of the columns."""
