"""Displays of what fitted selectors found."""
