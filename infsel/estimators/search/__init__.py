"""Cross-validated choices of parameters."""
