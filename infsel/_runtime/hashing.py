"""Hashes of whole numbers."""

import numpy as np

ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio
_BETTER = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


def mix(numbers: np.ndarray) -> np.ndarray:
    """A bijection of 64-bit integers after which neighbors have nothing in common (SplitMix64).

    Steele, Lea, Flood (2014). Fast splittable pseudorandom number generators. OOPSLA.
    """
    mixed = numbers + np.uint64(ODD)
    for shift, factor in zip((30, 27), _BETTER, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def mix_with_place(numbers: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The same of a number that stands in a given place: it differs from place to place."""
    return mix(numbers + (place + np.uint64(1)) * np.uint64(ODD))
