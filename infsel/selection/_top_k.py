"""How many features stay."""

from numbers import Integral, Real


def n_selected(n_features_to_select: float | None, n_features: int) -> int:
    """The number of features to select out of `n_features`.

    Parameters
    ----------
    n_features_to_select : int, float or None
        A number from 1 to n_features, a fraction in (0, 1] rounded down (at least one feature), or None for half.
    n_features : int

    Returns
    -------
    int

    Raises
    ------
    TypeError
        If it is not a number.
    ValueError
        If it is out of range.

    Examples
    --------
    >>> n_selected(None, 7), n_selected(0.5, 7), n_selected(2, 7)
    (3, 3, 2)
    """
    k = 0.5 if n_features_to_select is None else n_features_to_select
    if isinstance(k, bool) or not isinstance(k, Real):
        raise TypeError(f"n_features_to_select={k!r}: pass an int, a fraction in (0, 1], or None for half.")
    if isinstance(k, Integral):
        if not 1 <= k <= n_features:
            raise ValueError(f"n_features_to_select={k}: X has {n_features} features, pass a number from 1 to that.")
        return int(k)
    if not 0 < k <= 1:
        raise ValueError(f"n_features_to_select={k}: a fraction must be in (0, 1]; pass an int for a count.")
    return max(1, int(k * n_features + 1e-9))  # 0.29 * 100 is 28.999999999999996
