"""Growth with the number of columns: slopes of straight lines through logarithms."""

import math
from statistics import linear_regression

from harness.runs import median

LARGEST = 3
VISIBLE = 5.0  # MB that a fit must add to the process before its growth means something


def exponent(cells, quantity):
    """Slope of log quantity on log size over the largest sizes, or None."""
    points = [(cell["size"], median(cell, quantity)) for cell in cells if cell["runs"]]
    if quantity == "growth":
        points = [point for point in points if point[1] >= VISIBLE]
    points = sorted(points)[-LARGEST:]
    if len(points) < 2:
        return None
    return linear_regression(*([math.log(point[axis]) for point in points] for axis in (0, 1))).slope
