"""What a search must know of each kind of selectors: which parameters only cut the ranking, and how to cut it again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar

import numpy as np
from sklearn.feature_selection import (
    RFE,
    RFECV,
    GenericUnivariateSelect,
    SelectFdr,
    SelectFpr,
    SelectFromModel,
    SelectFwe,
    SelectKBest,
    SelectPercentile,
)

from infsel._runtime.ranges import refuse_class
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sklearn import feature_importances
from infsel.estimators.search._search import SelectorSearchCV
from infsel.selection import n_selected


class Kind:
    """Selectors of one kind. A subclass says how they rank and where they cut.

    Attributes
    ----------
    parameters : frozenset of str
        Those that cut the ranking and leave it as it is.
    """

    parameters: ClassVar[frozenset[str]] = frozenset()

    def cuts(self, selector: Any) -> frozenset[str]:
        """The parameters that the fit of this selector does not depend on."""
        return self.parameters

    def room(self, selector: Any, n_features: int) -> tuple[int, int] | None:
        """How many features it may be asked for, at most and at least; None where it takes no number."""
        return n_features, 1

    def sized(self, selector: Any, counts: list[Any], n_features: int) -> dict[str, list[Any]]:
        """The values of its parameters that select so many features each, for a `ParameterGrid`."""
        return {"n_features_to_select": counts}

    def check(self, selector: Any) -> None:
        """Refuse parameters out of range before anything is ranked."""
        selector._validate_params()

    def needs(self, selector: Any, n_features: int) -> tuple[Hashable, int]:
        """What one fit must have to serve this cut: something in common, and a reach no smaller."""
        return None, 0

    def mask(self, fitted: Any) -> np.ndarray:
        """What it selects by the parameters that it has now."""
        return fitted.get_support()

    def scores(self, fitted: Any) -> np.ndarray:
        """Score of each feature."""
        return fitted.scores_

    def ranking(self, fitted: Any) -> np.ndarray:
        """Rank of each feature, 1 is best."""
        return fitted.ranking_


class _OfPackage(Kind):
    def cuts(self, selector: RankingSelector) -> frozenset[str]:
        return selector._cut_parameters

    def room(self, selector: RankingSelector, n_features: int) -> tuple[int, int] | None:
        among = selector._choices()
        return (among.n_groups, max(1, among.n_kept)) if selector._counts_features else None

    def check(self, selector: RankingSelector) -> None:
        selector._check_parameters()
        selector._check_selection()

    def needs(self, selector: RankingSelector, n_features: int) -> tuple[Hashable, int]:
        asked = selector._wish("n_features_to_select")
        return (asked, 0) if isinstance(asked, str) else (None, selector._reach())

    def mask(self, fitted: RankingSelector) -> np.ndarray:
        fitted._recut()
        return fitted.support_


class _Filter(Kind):
    """By scores of single columns, the last of equal ones first."""

    def __init__(self, *parameters: str) -> None:
        self.parameters = frozenset(parameters)  # type: ignore[misc] # of this object

    def ranking(self, fitted: Any) -> np.ndarray:
        scores = np.nan_to_num(np.asarray(fitted.scores_, dtype=float), nan=-np.inf, posinf=np.inf, neginf=-np.inf)
        return _ranked(np.argsort(scores, kind="stable")[::-1])


class _PValues(_Filter):
    def room(self, selector: Any, n_features: int) -> tuple[int, int] | None:
        return None


class _KBest(_Filter):
    def sized(self, selector: Any, counts: list[Any], n_features: int) -> dict[str, list[Any]]:
        return {"k": _whole(counts, n_features)}


class _Percentile(_Filter):
    def sized(self, selector: Any, counts: list[Any], n_features: int) -> dict[str, list[Any]]:
        return {"percentile": [_percent(k, n_features) for k in _whole(counts, n_features)]}


class _Generic(_Filter):
    def room(self, selector: Any, n_features: int) -> tuple[int, int] | None:
        return (n_features, 1) if selector.mode in ("k_best", "percentile") else None

    def sized(self, selector: Any, counts: list[Any], n_features: int) -> dict[str, list[Any]]:
        like = KINDS[SelectKBest if selector.mode == "k_best" else SelectPercentile]
        [values] = like.sized(selector, counts, n_features).values()
        return {"mode": [selector.mode], "param": values}


class _FromModel(Kind):
    def cuts(self, selector: Any) -> frozenset[str]:
        return frozenset({"threshold"} if callable(selector.max_features) else {"threshold", "max_features"})

    def sized(self, selector: Any, counts: list[Any], n_features: int) -> dict[str, list[Any]]:
        exactly = {"threshold": [-np.inf]} if selector.threshold is None else {}
        return {"max_features": _whole(counts, n_features)} | exactly

    def mask(self, fitted: Any) -> np.ndarray:
        if fitted.max_features is not None and not callable(fitted.max_features):
            fitted.max_features_ = fitted.max_features  # which its fit reads off for good
        return fitted.get_support()

    def scores(self, fitted: Any) -> np.ndarray:
        return feature_importances(
            fitted.estimator_, fitted.importance_getter, transform_func="norm", norm_order=fitted.norm_order
        )

    def ranking(self, fitted: Any) -> np.ndarray:
        return _ranked(np.argsort(-self.scores(fitted), kind="stable"))


class _Elimination(Kind):
    """Those that whole steps from all columns lead to lie on one path."""

    parameters = frozenset({"n_features_to_select"})

    def sized(self, selector: Any, counts: list[Any], n_features: int) -> dict[str, list[Any]]:
        return {"n_features_to_select": _whole(counts, n_features)}

    def needs(self, selector: Any, n_features: int) -> tuple[Hashable, int]:
        k, step = self._count(selector, n_features), selector.step
        step = int(max(1, step * n_features)) if 0 < step < 1 else int(step)
        return (None, -k) if (n_features - k) % step == 0 else (k, 0)

    def mask(self, fitted: Any) -> np.ndarray:
        k = self._count(fitted, len(fitted.ranking_))
        return fitted.ranking_ <= np.sort(fitted.ranking_)[k - 1]

    def scores(self, fitted: Any) -> np.ndarray:
        """Share of the features that come no earlier."""
        return np.mean(fitted.ranking_[:, np.newaxis] <= fitted.ranking_, axis=1)

    @staticmethod
    def _count(selector: Any, n_features: int) -> int:
        asked = 0.5 if selector.n_features_to_select is None else selector.n_features_to_select
        return int(asked * n_features) if isinstance(asked, float) else min(int(asked), n_features)


KINDS: dict[type, Kind] = {
    RankingSelector: _OfPackage(),
    SelectKBest: _KBest("k"),
    SelectPercentile: _Percentile("percentile"),
    GenericUnivariateSelect: _Generic("mode", "param"),
    SelectFpr: _PValues("alpha"),
    SelectFdr: _PValues("alpha"),
    SelectFwe: _PValues("alpha"),
    SelectFromModel: _FromModel(),
    RFE: _Elimination(),
}


def kind_of(selector: Any) -> Kind:
    """The kind of a selector.

    Raises
    ------
    TypeError
        If it is none that ranks.
    """
    refuse_class("selector", selector)
    for parent, kind in KINDS.items():
        if isinstance(selector, parent) and not isinstance(selector, (RFECV, SelectorSearchCV)):
            return kind
    raise TypeError(
        f"selector={selector!r} gives no ranking that numbers of features could share: pass a selector of infsel, "
        f"{', '.join(parent.__name__ for parent in list(KINDS)[1:])}, or a Pipeline that ends with one; for another "
        "use GridSearchCV over a Pipeline of it and the estimator."
    )


def _ranked(order: np.ndarray) -> np.ndarray:
    ranking = np.empty(len(order), dtype=np.intp)
    ranking[order] = np.arange(1, len(order) + 1)
    return ranking


def _whole(counts: list[Any], n_features: int) -> list[int]:
    return [n_selected(count, n_features) for count in counts]


def _percent(k: int, n_features: int) -> float:
    """The percentage that stands for k of them, whose product does not fall short of k by round-off."""
    percent = 100 * k / n_features
    return percent if int(n_features * percent / 100) == k else float(np.nextafter(percent, 101))
