"""Predictions of a search through the estimator that it refitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.utils import get_tags
from sklearn.utils.validation import check_is_fitted

from infsel.estimators.base._decorators import available_if
from infsel.estimators.base._frames import is_frame
from infsel.estimators.base._outputs import select_columns


def _offered(method: str) -> Callable[[Any], bool]:
    """Whether the estimator has the method; if not, the AttributeError is its own."""

    def check(search: Any) -> bool:
        getattr(getattr(search, "estimator_", search.estimator), method)
        return True

    return check


class Predicting:
    """What the refitted estimator says about the selected columns of new rows."""

    estimator_: Any
    _has_types = False  # of its columns, which it sees as they are: labels, or entries that are missing
    get_support: Callable[..., Any]
    _selected: Callable[..., Any]
    _check_columns: Callable[..., Any]

    @property
    def classes_(self) -> np.ndarray:
        """Class labels of the refitted classifier."""
        return self.estimator_.classes_

    @available_if(_offered("predict"))
    def predict(self, X: Any) -> np.ndarray:
        """Predict with the refitted estimator.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_outputs)
        """
        return self._asked("predict", X)

    @available_if(_offered("predict_proba"))
    def predict_proba(self, X: Any) -> np.ndarray:
        """Class probabilities by the refitted estimator, shape (n_samples, n_classes)."""
        return self._asked("predict_proba", X)

    @available_if(_offered("predict_log_proba"))
    def predict_log_proba(self, X: Any) -> np.ndarray:
        """Logarithms of class probabilities by the refitted estimator, shape (n_samples, n_classes)."""
        return self._asked("predict_log_proba", X)

    @available_if(_offered("decision_function"))
    def decision_function(self, X: Any) -> np.ndarray:
        """Decision function of the refitted estimator, shape (n_samples,) or (n_samples, n_classes)."""
        return self._asked("decision_function", X)

    def _asked(self, method: str, X: Any) -> np.ndarray:
        check_is_fitted(self)
        return getattr(self.estimator_, method)(self._columns(X))

    def _columns(self, X: Any) -> Any:
        """The selected columns as the estimator saw them in `fit`."""
        if self._has_types and is_frame(X):
            self._check_columns(X)
            return select_columns(X, self.get_support())
        finite = "allow-nan" if get_tags(self).input_tags.allow_nan else True
        kinds = None if self._has_types else [np.float64, np.float32]
        return self._selected(X, dtype=kinds, accept_sparse="csr", ensure_all_finite=finite)
