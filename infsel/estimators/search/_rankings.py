"""The rankings that serve all candidates of a search: one for each setting of what changes a ranking."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sklearn import routing_enabled
from infsel.estimators.graph._store import Store, as_memory
from infsel.estimators.search._kinds import Kind, kind_of

Params = dict[str, Any]


@dataclass
class Ranking:
    """One fit of a selector, and the candidates that it serves.

    Attributes
    ----------
    selector : estimator
        Unfitted, with the parameters whose fit serves all.
    shared : hashable
        What fits must have in common beside the parameters that change the ranking.
    reach : int
        The largest that a candidate needs.
    rows : list of int
        Numbers of the candidates.
    cuts : list of dict
        For each of them the parameters that cut.
    """

    selector: Any
    shared: Any
    reach: int
    rows: list[int] = field(default_factory=list)
    cuts: list[Params] = field(default_factory=list)


def plan(template: Any, candidates: Sequence[Params], names: np.ndarray) -> list[Ranking]:
    """The rankings of all candidates.

    Parameters
    ----------
    template : estimator
    candidates : sequence of dict
        What is set differently.
    names : ndarray of str of shape (n_features,)
        Names of the columns.

    Raises
    ------
    TypeError, ValueError
        If a candidate cannot be.
    """
    rankings: dict[Any, Ranking] = {}
    for row, params in enumerate(candidates):
        selector = with_params(template, params)
        kind, ranker = ranker_of(selector)
        introduce(ranker, names)
        kind.check(ranker)
        cut = cut_of(selector)
        shared, reach = kind.needs(ranker, len(names))
        key = shared, *((name, _identity(value)) for name, value in sorted(params.items()) if name not in cut)
        ranking = rankings.setdefault(key, Ranking(selector, shared, reach))
        if reach > ranking.reach:
            ranking.selector, ranking.reach = selector, reach
        ranking.rows.append(row)
        ranking.cuts.append(cut)
    return list(rankings.values())


def cuts_of(
    rankings: list[Ranking], memory: Any, X: Any, y: Any, fit_params: Params
) -> Iterator[tuple[list[int], np.ndarray]]:
    """What each candidate selects from these rows."""
    for ranking in rankings:
        fitted = fit(ranking, memory, X, y, fit_params)
        _check_columns(fitted, X.shape[1])
        yield ranking.rows, np.array([_some(fitted.set_params(**cut), cut) for cut in ranking.cuts])


def fit(ranking: Ranking, memory: Any, X: Any, y: Any, fit_params: Params, exactly: bool = False) -> Any:
    """The fitted selector of a ranking, from the memory where it is there and reaches as far (or exactly so far)."""

    def compute() -> tuple[int, Any]:
        return ranking.reach, clone(ranking.selector).fit(X, y, **_addressed(ranking.selector, fit_params))

    def serves(found: tuple[int, Any]) -> bool:
        return found[0] == ranking.reach or (found[0] > ranking.reach and not exactly)

    if (memory := as_memory(memory)) is None:
        return compute()[1]
    store = Store(memory)
    return store.recall(_key(store, ranking, X, y, fit_params), compute, serves)[1]


def mask_of(fitted: Any) -> np.ndarray:
    """What a fitted selector selects."""
    kind, ranker = ranker_of(fitted)
    return kind.mask(ranker)


def ranker_of(selector: Any) -> tuple[Kind, Any]:
    """What ranks in a selector: the last step of a Pipeline."""
    while isinstance(selector, Pipeline):
        selector = selector.steps[-1][1]
    return kind_of(selector), selector


def prefix_of(selector: Any) -> str:
    """What stands before the parameters of that step."""
    prefix = ""
    while isinstance(selector, Pipeline):
        name, selector = selector.steps[-1]
        prefix += f"{name}__"
    return prefix


def cut_of(selector: Any) -> Params:
    """The parameters that cut, with their values."""
    kind, ranker = ranker_of(selector)
    prefix, params = prefix_of(selector), ranker.get_params(deep=False)
    return {prefix + name: params[name] for name in sorted(kind.cuts(ranker))}


def with_params(template: Any, params: Params) -> Any:
    """A clone with other parameters, themselves clones."""
    return clone(template).set_params(**{name: clone(value, safe=False) for name, value in params.items()})


def introduce(ranker: Any, names: np.ndarray) -> None:
    """Let a selector that names columns know them before it is fitted."""
    if isinstance(ranker, RankingSelector):
        ranker.n_features_in_, ranker.feature_names_in_ = len(names), names


def _check_columns(fitted: Any, n_features: int) -> None:
    """Refuse a Pipeline whose last step ranks other columns than those of X."""
    if not isinstance(fitted, Pipeline) or len(fitted) == 1:
        return
    seen, made = getattr(fitted, "feature_names_in_", [f"x{i}" for i in range(n_features)]), None
    with suppress(AttributeError, ValueError):  # steps that do not say what they make
        made = fitted[:-1].get_feature_names_out(seen)
    if fitted[-1].n_features_in_ != n_features or (made is not None and list(made) != list(seen)):
        raise ValueError(
            f"selector ranks {fitted[-1].n_features_in_} columns that its first steps make of {n_features}: let those "
            "steps keep the columns and their order, as scalers do, and make other columns in a Pipeline before the "
            "search."
        )


def _some(fitted: Any, cut: Params) -> np.ndarray:
    mask = mask_of(fitted)
    if not mask.any():
        raise ValueError(f"{cut} selects no column of X, so that there is nothing to train on: be less strict.")
    return mask


def _identity(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return id(value)
    return type(value), value


def _addressed(selector: Any, fit_params: Params) -> Params:
    """What a Pipeline has to be told by the name of its step, unless routing finds the way."""
    prefix = "" if routing_enabled() else prefix_of(selector)
    return {prefix + name: value for name, value in fit_params.items()}


def _key(store: Store, ranking: Ranking, X: Any, y: Any, fit_params: Params) -> str:
    idle = [name for name in ranking.selector.get_params() if name.rpartition("__")[2] == "n_jobs"]
    bare = clone(ranking.selector).set_params(**dict.fromkeys([*cut_of(ranking.selector), *idle]))
    try:
        return store.key("ranking", bare, ranking.shared, X, y, fit_params)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ValueError(
            f"memory finds a ranking by the content of X, y and selector={bare!r}, and one of them cannot be pickled "
            f"({error.args[0]}): write a callable as a function of a module, or pass memory=None."
        ) from error
