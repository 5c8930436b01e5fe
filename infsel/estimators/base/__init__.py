"""The door of every estimator: tables, parameters and choices of columns come in, rankings go out."""
