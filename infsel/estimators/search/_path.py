"""Scores along grids of the mixture weight, the hop depth and the damping, for little more than one fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.threads import at_most
from infsel._runtime.warning import once
from infsel.estimators.base._parallel import threads
from infsel.estimators.graph._inf_fs import InfFS, compose
from infsel.estimators.graph._selector import checked, ranked, solved, warn_of
from infsel.walks import Result
from infsel.walks._names import AFFINITIES, PROPAGATIONS, settings_of

# What a search tries where a grid is not given.
DEFAULTS = {"alpha": (0.1, 0.3, 0.5, 0.7, 0.9), "n_hops": (1, 2, 3, 5, np.inf), "damping": (0.5, 0.9)}
_PLURAL = {"alpha": "alphas", "damping": "dampings"}


@dataclass(frozen=True)
class InfFSPath:
    """Scores of `InfFS` on a grid.

    Attributes
    ----------
    alphas : ndarray of shape (n_alphas,)
        Weights of dispersion; NaN alone where the affinity takes none.
    n_hops : ndarray of shape (n_depths,)
        Lengths of the longest walk; NaN alone where the propagation takes none.
    dampings : ndarray of shape (n_dampings,)
        Weights of a further hop; NaN alone where the propagation takes none.
    scores : ndarray of shape (n_alphas, n_depths, n_dampings, n_features)
        ``scores_`` of each cell.
    rankings : ndarray of int of shape (n_alphas, n_depths, n_dampings, n_features)
        ``ranking_`` of each cell.
    residuals : ndarray of shape (n_alphas, n_depths, n_dampings)
        ``residual_`` of each cell.
    errors : ndarray of shape (n_alphas, n_depths, n_dampings)
        ``error_`` of each cell, the bound on its error relative to the norm of its scores.
    spectral_radii : ndarray of shape (n_alphas,)
        ``spectral_radius_`` for each alpha, of the largest basis where it is a Ritz value.
    n_iter : int
        Products with an affinity that all cells together took.
    """

    alphas: np.ndarray
    n_hops: np.ndarray
    dampings: np.ndarray
    scores: np.ndarray
    rankings: np.ndarray
    residuals: np.ndarray
    errors: np.ndarray
    spectral_radii: np.ndarray
    n_iter: int


def inf_fs_path(
    X: Any,
    y: Any = None,
    *,
    sample_weight: Any = None,
    alphas: Sequence[float] | None = None,
    n_hops: Sequence[float] | None = None,
    dampings: Sequence[float] | None = None,
    **settings: Any,
) -> InfFSPath:
    """Scores of `InfFS` for every alpha, hop depth and damping of a grid.

    Statistics of the columns are computed once. All alphas share the products with dispersion and with independence,
    and all hop depths and dampings of one alpha share one Krylov basis, so that the grid costs little more than one
    fit. Each cell equals the fit of an `InfFS` of its own.

    Parameters
    ----------
    X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
        As for ``InfFS.fit``.
    y : array-like of shape (n_samples,), default=None
        As for ``InfFS.fit``.
    sample_weight : array-like of shape (n_samples,), default=None
        As for ``InfFS.fit``.
    alphas : sequence of float in [0, 1], default=None
        Weights of dispersion, for affinity="inf-fs" only; None for 0.1, 0.3, 0.5, 0.7, 0.9.
    n_hops : sequence of int >= 1 or inf, default=None
        Lengths of the longest walk; None for 1, 2, 3, 5, inf.
    dampings : sequence of float in (0, 1), default=None
        Weights of each further hop; None for 0.5 and 0.9.
    **settings
        Further parameters of `InfFS`, such as `affinity`, `normalization` or `readout`. An affinity other than
        "inf-fs" has no alphas, and a propagation given as an object neither depths nor dampings.

    Returns
    -------
    path : InfFSPath
        Grids, scores, rankings and error certificates.

    Raises
    ------
    ValueError
        If X, y, a grid or a parameter cannot be used; the message names it and says what to do.

    See Also
    --------
    InfFSCV : Choose among the cells by cross-validation.
    InfFS : One cell.

    Notes
    -----
    The scores of all cells are held at once, 8 bytes for each cell and feature, and so are the rankings.

    References
    ----------
    Saad (1992). Analysis of some Krylov subspace approximations to the matrix exponential operator. SIAM J. Numer.
    Anal. 29.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import inf_fs_path
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> path = inf_fs_path(X, alphas=[0.2, 0.8], n_hops=[1, 2, float("inf")], dampings=[0.5, 0.9])
    >>> path.scores.shape
    (2, 3, 2, 13)
    >>> bool(path.errors.max() < 1e-8)
    True
    """
    refused = {"alpha", "damping", "n_features_to_select", "memory"}.intersection(settings)
    if refused:
        raise TypeError(
            f"inf_fs_path takes no {refused.pop()!r}: alphas, n_hops and dampings hold the grids, and a path scores "
            "every feature exactly and computes each graph once."
        )
    template = InfFS(**settings)
    refuse_landmarks(template)
    grid = grid_of(template, {"alpha": alphas, "n_hops": n_hops, "damping": dampings})
    cells = np.empty(tuple(map(len, grid.values())), dtype=object)
    with once(), at_most(threads(template.n_jobs)):
        for cell, result in results_along(template, X, y, sample_weight, grid):
            cells[cell] = result, ranked(template, result).ranking
    read = _read(template)
    axes = {name: np.asarray(values if name in read else [np.nan], dtype=float) for name, values in grid.items()}
    return InfFSPath(
        alphas=axes["alpha"],
        n_hops=axes["n_hops"],
        dampings=axes["damping"],
        scores=_stacked(cells, lambda result, _: result.scores),
        rankings=_stacked(cells, lambda _, ranking: ranking),
        residuals=_stacked(cells, lambda result, _: result.residual),
        errors=_stacked(cells, lambda result, _: result.error),
        spectral_radii=_stacked(cells[:, -1, -1], lambda result, _: result.spectral_radius),
        n_iter=sum(max(result.n_iter for result, _ in of_alpha.flat) for of_alpha in cells),
    )


def _stacked(cells: np.ndarray, read: Callable[[Result, np.ndarray], Any]) -> np.ndarray:
    values = np.stack([read(*cell) for cell in cells.flat])
    return values.reshape(cells.shape + values.shape[1:])


def _read(template: InfFS) -> set[str]:
    """The parameters with a grid that the template reads."""
    taken = settings_of(template.affinity, AFFINITIES) + settings_of(template.propagation, PROPAGATIONS)
    return {"alpha", "n_hops", "damping"}.intersection(taken)


def grid_of(template: InfFS, grids: dict[str, Sequence[Any] | None]) -> dict[str, list[Any]]:
    """Values to try of each parameter: those given, the defaults, or the template's own where it has no use for more.

    Raises
    ------
    TypeError
        If a grid is no sequence.
    ValueError
        If a grid is empty, or given for a parameter that the template does not read.
    """
    grid = {}
    for name, values in grids.items():
        parameter = _PLURAL.get(name, name)
        if name in _read(template):
            grid[name] = listed(parameter, DEFAULTS[name] if values is None else values)
            if any(isinstance(value, str) and value == "auto" for value in grid[name]):
                raise ValueError(f"{parameter}={values!r}: a grid holds numbers, one cell each.")
        elif values is None:
            grid[name] = [getattr(template, name)]
        else:
            raise ValueError(
                f"{parameter} is given, but affinity={template.affinity!r} with propagation={template.propagation!r} "
                f"does not read {name}: leave {parameter} out."
            )
    return grid


def listed(parameter: str, values: Any) -> list[Any]:
    """The values of a grid as a list.

    Raises
    ------
    TypeError
        If they are no sequence.
    ValueError
        If there are none.
    """
    if isinstance(values, str) or np.ndim(values) != 1:
        raise TypeError(f"{parameter}={values!r}: pass a list of the values to try.")
    if not len(values):
        raise ValueError(f"{parameter} is empty: pass at least one value to try.")
    return list(values)


def refuse_landmarks(selector: Any) -> None:
    """Refuse estimated scores where many cells are compared.

    Raises
    ------
    ValueError
    """
    if getattr(selector.solver, "n_landmarks", None) is not None:
        raise ValueError(
            "selector has n_landmarks, whose scores depend on the cut: leave it out, a search ranks exactly."
        )


def results_along(
    template: InfFS, X: Any, y: Any, sample_weight: Any, grid: dict[str, list[Any]]
) -> Iterator[tuple[tuple[int, int, int], Result]]:
    """Yield the result of each cell of a grid of alpha, n_hops and damping, with its position.

    The template learns the names and the number of the columns and nothing else. All cells of an alpha share one basis.
    """
    table, y = checked(template, X, y, sample_weight)
    compositions = [compose(_with(template, alpha=alpha)) for alpha in grid["alpha"]]
    steps = [
        (depth, step, compose(_with(template, n_hops=n_hops, damping=damping)).rule)
        for depth, n_hops in enumerate(grid["n_hops"])
        for step, damping in enumerate(grid["damping"])
    ]
    affinities, rules = [each.affinity for each in compositions], [rule for _, _, rule in steps]
    worst: Result | None = None
    for i, j, result in solved(template, compositions[0], table, y, affinities, rules):
        depth, step, _ = steps[j]
        yield (i, depth, step), result
        worst = result if worst is None else min(worst, result, key=_certainty)
    if worst is not None:
        warn_of(worst, compositions[0].solver)


def _certainty(result: Result) -> tuple[bool, float]:
    """Least for what a warning has most to say about."""
    return bool(result.scores.any()), -result.error


def _with(template: InfFS, **parameters: Any) -> InfFS:
    """A shallow copy with other parameters, in a fraction of the time that a clone takes."""
    other = copy(template)
    for name, value in parameters.items():
        setattr(other, name, value)
    return other
