"""How far two pictures are apart, such that fonts and smoothed edges count little, and what is missing counts."""

import numpy as np
from PIL import Image
from scipy.ndimage import uniform_filter

FINER = 2  # points that are one
AROUND = 5  # of those whose mean is compared
REACH = 3  # of those by which something may be displaced
SEEN = 0.15  # of the range from black to white, by which a place looks different
ALLOWED = 0.003  # share of the places


def differing(picture, committed):
    """Share of the places of a picture that look like none around them in the other one, of either the larger."""
    if max(abs(a / b - 1) for a, b in zip(picture.size, committed.size, strict=True)) > 0.05:
        return 1.0
    first, second = _blurred(picture.resize(committed.size)), _blurred(committed)
    return max(_unseen(first, second), _unseen(second, first))


def saved(path):
    return Image.open(path).convert("RGB")


def _blurred(picture):
    return uniform_filter(np.asarray(picture.convert("RGB").reduce(FINER), dtype=np.float32) / 255, (AROUND, AROUND, 0))


def _unseen(first, second):
    height, width, _ = first.shape
    rows, columns = np.nonzero(np.abs(first - second).max(axis=2) > SEEN)  # few, so that only those look around
    padded = np.pad(second, ((REACH, REACH), (REACH, REACH), (0, 0)), mode="edge")
    unseen = np.ones(len(rows), dtype=bool)
    for i in range(2 * REACH + 1):
        for j in range(2 * REACH + 1):
            unseen &= np.abs(first[rows, columns] - padded[rows + i, columns + j]).max(axis=1) > SEEN
    return float(unseen.sum()) / (height * width)
