"""One kind of work a file: what it is, the bar it should clear, and `measure`, which returns what was found."""
