"""Which of the columns that act on a target act on it, and on which it acts: as far as correlations tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils import check_X_y

from infsel._runtime.ranges import Number, check
from infsel.estimators.base._column_choices import columns_named
from infsel.walks import independence

if TYPE_CHECKING:
    import pandas as pd

_MOST_GIVEN = 2  # members at a time, beside which each has to depend on the target


def edge_directions(X: Any, y: Any, features: Any, *, alpha: float = 0.01) -> pd.DataFrame:
    """Say which members of a Markov blanket point to the target and to which it points.

    A correlation has no direction, but three columns may have one. Two members that are independent, and dependent once
    y is given, meet in y: the edges of both lead *into* it (a collider). A member that depends on one of these, and
    does not once y is given, is reached through y: its edge leads *out of* it. These are the first two rules of FCI,
    which allows for hidden causes, with nothing or y to be given; only members that depend on y beside any two of the
    others take part. "Into" excludes that y causes the column, but not a hidden cause of both.

    Parameters
    ----------
    X : array-like or data frame of shape (n_samples, n_features)
        At least five samples of finite numbers.
    y : array-like of shape (n_samples,)
        Numbers; two classes as 0 and 1.
    features : sequence of str or int
        The members, by name or number, or as a mask: `support_` of a fitted
        ``CriterionSelector("partial-correlation", n_features_to_select="auto")``.
    alpha : float in (0, 1), default=0.01
        Level of each test: Fisher's z of a partial correlation. Columns with a larger p-value count as independent.

    Returns
    -------
    directions : pandas.DataFrame
        One row for each member, in the order of X: ``feature``, ``direction`` ("into", "out of", "apart" where it is
        independent of y, by itself or beside one or two others, and so related through others only, or "undecided"),
        and ``beside``, the member that decides a direction, None for the rest.

    Raises
    ------
    ValueError
        If a number is missing, a column is not there or constant, none is named, or alpha is out of its range.

    References
    ----------
    Spirtes, Glymour, Scheines (2000). Causation, Prediction, and Search. MIT Press.
    Rohekar, Gurwicz, Nisimov (2023). Causal Interpretation of Self-Attention in Pre-Trained Transformers. NeurIPS.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> X = rng.standard_normal((500, 3))
    >>> y = X[:, 0] + X[:, 1] + rng.standard_normal(500)
    >>> X[:, 2] += y
    >>> edge_directions(X, y, [0, 1, 2])[["feature", "direction"]].to_numpy().tolist()
    [['x0', 'into'], ['x1', 'into'], ['x2', 'out of']]
    """
    import pandas as pd

    check("alpha", alpha, Number(0, 1))
    names = [str(name) for name in getattr(X, "columns", map("x{}".format, range(np.shape(X)[1])))]
    table, y = check_X_y(X, y, y_numeric=True, ensure_min_samples=5)
    members = np.flatnonzero(columns_named("features", features, names))
    if not len(members):
        raise ValueError("features names no column: pass the members of a blanket, such as support_ of a selector.")
    Z, listed = np.column_stack([table[:, members], y]).astype(np.float64), [names[member] for member in members]
    _refuse_constant(Z, [*listed, "y"])
    try:
        direction, decided, witness = _directions(_Tests(np.asarray(np.corrcoef(Z, rowvar=False)), len(Z), alpha))
    except np.linalg.LinAlgError as error:
        raise ValueError(f"features={listed}: {error}, leave one of them out.") from error
    beside = [listed[j] if told else None for j, told in zip(witness, decided, strict=True)]
    return pd.DataFrame({"feature": listed, "direction": direction, "beside": beside})


def _directions(tests: _Tests) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each member's direction, whether it has one, and which other member decides it."""
    alone, given_y, adjacent = tests.between([]), tests.between([tests.target]), tests.adjacent()
    both = np.logical_and.outer(adjacent, adjacent)
    meet = both & ~alone & given_y
    into = meet.any(axis=1)
    through = both & alone & ~given_y & into  # in the row of a member, those whose edges lead into y
    out = through.any(axis=1)
    direction = np.select([~adjacent, into & ~out, out & ~into], ["apart", "into", "out of"], "undecided")
    return direction, into != out, np.where(into, meet.argmax(axis=1), through.argmax(axis=1))


class _Tests:
    """Whether columns depend on each other, the last of which is the target."""

    def __init__(self, C: np.ndarray, n_samples: int, alpha: float) -> None:
        self._C, self._n, self._alpha = C, n_samples, alpha
        self.target, self._members = len(C) - 1, np.arange(len(C) - 1)

    def between(self, given: Sequence[int]) -> np.ndarray:
        """Pairs of members that do beside the given ones."""
        return np.array([self._depends(node, given) for node in range(self.target)])

    def adjacent(self) -> np.ndarray:
        """Members that depend on the target whichever few of the others are given."""
        adjacent = np.ones(self.target, dtype=bool)
        for size in range(_MOST_GIVEN + 1):
            for given in combinations(range(self.target), size):
                adjacent &= self._depends(self.target, given) | np.isin(self._members, given)
        return adjacent

    def _depends(self, node: int, given: Sequence[int]) -> np.ndarray:
        """Whether each member does on a node."""
        held = np.array(given, dtype=np.intp)
        return independence(self._C, node, self._members, held, self._n).p_value <= self._alpha


def _refuse_constant(Z: np.ndarray, names: list[str]) -> None:
    constant = np.ptp(Z, axis=0) == 0
    if constant.any():
        raise ValueError(f"{names[int(constant.argmax())]!r} is constant: it has no direction, leave it out.")
