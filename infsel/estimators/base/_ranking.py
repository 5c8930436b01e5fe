"""What every selector shares: a table at the door, scores and ranks inside, fewer columns at the exit."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils import check_array, get_tags
from sklearn.utils.validation import check_consistent_length, check_is_fitted, validate_data

from infsel._runtime.pages import site
from infsel._runtime.warning import warn
from infsel.distributed import is_dask, is_dask_frame, table_of
from infsel.estimators.base._column_choices import choices
from infsel.estimators.base._dask import (
    here,
    numbers_of,
    persisted_elsewhere,
    select_lazily,
    spread_lazily,
    tabular,
    told_by,
    was_persisted_elsewhere,
)
from infsel.estimators.base._entries import (
    check_dense,
    check_finite,
    is_read_by_column,
    kinds_of_types,
    read_by_column,
    remedy_of_gaps,
    unmasked,
    with_gaps,
)
from infsel.estimators.base._frames import (
    blanked,
    check_resolved,
    check_roles,
    is_frame,
    is_stored,
    library_of,
    n_axes,
)
from infsel.estimators.base._identifiers import warn_of_identifiers
from infsel.estimators.base._kinds import asked_kinds
from infsel.estimators.base._outputs import (
    as_frame,
    columns_in_library,
    in_library,
    output_library,
    select_columns,
    spread_columns,
)
from infsel.estimators.base._parameter_checks import Checked
from infsel.estimators.base._sklearn import asked_output, output_config
from infsel.selection import Choices, n_selected, settle, threshold_value
from infsel.tables import StoredTable, Table, as_table, differ

_CUTS = frozenset({"n_features_to_select", "threshold"})
_READING = {"dtype": [np.float64, np.float32], "ensure_all_finite": False, "copy": False}
_CHOICES = ("keep", "exclude", "feature_groups", "feature_costs")


class _Known(NamedTuple):
    """What parameters were found to mean among columns."""

    asked: tuple[bytes, int] | None
    names: Any
    among: Choices

    def answers(self, asked: tuple[bytes, int], names: Any) -> bool:
        """Whether these parameters were asked for among columns of these names."""
        return self.asked == asked and (self.names is names or np.array_equal(self.names, names))


class Ranked(NamedTuple):
    """Scores of all features, those inside a graph, their relative precision, and what they rank."""

    scores: np.ndarray
    inside: np.ndarray
    eps: float
    ranking: np.ndarray


class RankingSelector(SelectorMixin, Checked, BaseEstimator):
    """Gives every feature a score and a rank, and keeps the best. Subclasses say what a score is.

    What is selected then depends on the parameters below and on nothing but the scores. A subclass whose constructor
    takes one of them has its effect; docs/selection.md says what each means.
    """

    _ranks_all: ClassVar[bool] = True  # by every fit, however many features are asked for
    _scores_are_ranks: ClassVar[bool] = False  # which set no number of features apart
    _knows_how_many: bool = False  # from its fit, whatever the scores
    _finds_dominant: ClassVar[bool] = False  # a set of features that relate to each other

    _doc_link_module: ClassVar[str] = "infsel"  # the name of scikit-learn, whose diagrams ask for it

    _unseen: np.ndarray | None = None
    _library: str | None = None  # of the frame that the fit saw

    @property
    def _doc_link_template(self) -> str:
        """What the diagrams of scikit-learn link to: the page of the class, if the documentation has an address."""
        return f"{site()}api/infsel/infsel.{{estimator_name}}.html" if site() else ""

    def _wish(self, parameter: str) -> Any:
        """The value of a parameter of the selection, None where the selector has no such parameter."""
        return getattr(self, parameter, None)

    def _rank(self, scores: np.ndarray, inside: np.ndarray, eps: float, k: int | None = None) -> None:
        """Rank the features inside by `scores`, known to a relative precision `eps`; the others come last.

        At most k are selected, where k is given; the parameters may ask for fewer.
        """
        settled, order = settle(scores, eps)
        spread = np.zeros(len(inside))
        spread[inside] = settled
        self._take(spread, order, inside, eps, k)

    def _take(
        self, scores: np.ndarray, order: np.ndarray, inside: np.ndarray, eps: float, k: int | None = None
    ) -> None:
        """The same for scores of all features that are settled, and the order in which those inside fall."""
        self._limit, self._unseen = k, self._choices().excluded
        self.scores_, self._inside, self._eps, self.ranking_ = self._ranked(scores, order, inside, eps)

    def _ranked(self, scores: np.ndarray, order: np.ndarray, inside: np.ndarray, eps: float) -> Ranked:
        among = self._choices()
        if among.excluded.any():
            scores, inside = np.where(among.excluded, 0, scores), inside & ~among.excluded
        return Ranked(scores, inside, eps, among.rank(scores, inside, eps, order if inside.all() else None))

    def _rank_in(self, order: np.ndarray, k: int | None = None) -> None:
        """Rank features from best to worst, with scores that fall evenly; those that are not in the order come last."""
        position = np.full(self.n_features_in_, -1)
        position[order] = np.arange(len(order))
        inside = position >= 0
        self._rank(1 - position[inside] / len(order), inside, float(np.finfo(np.float64).eps), k)

    @property
    def _cut_parameters(self) -> frozenset[str]:
        """The parameters that a fit does not depend on: one serves all their values that ask for no more."""
        return _CUTS & self.get_params(deep=False).keys()

    @property
    def _counts_features(self) -> bool:
        """Whether it selects as many features as it is asked for."""
        return "n_features_to_select" in self.get_params(deep=False)

    def _reach(self) -> int:
        """How far down a fit ranks for good: a cut beyond needs another. 0 where that is always all the way."""
        return 0 if self._ranks_all else self._most(self._choices())

    def _recut(self) -> None:
        """Read off a fit what those parameters decide, where `support_` does not follow them by itself."""

    @property
    def support_(self) -> np.ndarray:
        """Which features are selected: it follows the parameters of the selection without another fit."""
        check_is_fitted(self)
        return self._select(self._choices(), self._limit)

    def _cuts(self, sizes: Sequence[Any], ranked: Ranked) -> np.ndarray:
        """What is selected for each of these values of `n_features_to_select`, shape (n_sizes, n_features)."""
        scores, inside, eps, ranking = ranked
        if "dominant" in [size for size in sizes if isinstance(size, str)]:
            raise ValueError(
                "n_features_to_select='dominant' selects one set and no number of features, so that searches, paths "
                "and n_hops='auto' cannot use it: pass counts, fractions or 'auto'."
            )
        parameters = map(self._wish, ("threshold", *_CHOICES))
        if any(parameter is not None for parameter in parameters) or "auto" in sizes:
            among, threshold = self._choices(), self._wish("threshold")
            most = ((self._most_of(among, size), self._by_scores(size)) for size in sizes)
            return np.array([among.select(scores, inside, eps, k, threshold, auto) for k, auto in most])
        n = len(ranking)  # nothing but the ranking decides, in a fraction of the time
        counts, small = [n_selected(size, n) for size in sizes], np.min_scalar_type(n)
        return ranking.astype(small) <= np.array(counts).astype(small)[:, np.newaxis]

    def _select(self, among: Choices, k: int | None = None) -> np.ndarray:
        """The mask of what the parameters select by the scores, with at most k groups."""
        most = self._most(among)
        automatic = self._by_scores(self._wish("n_features_to_select"))
        k = most if k is None else min(k, most)
        return among.select(self.scores_, self._inside, self._eps, k, self._wish("threshold"), automatic)

    def _by_scores(self, asked: Any) -> bool:
        """Whether the scores say how many features are selected, where so many are asked for."""
        return isinstance(asked, str) and not self._knows_how_many

    def _choices(self) -> Choices:
        """What may be selected, with every column found that a parameter names, and none that the fit did not see."""
        parameters = {name: self._wish(name) for name in _CHOICES}
        unseen = self._unseen
        given = any(parameter is not None for parameter in parameters.values())
        among = self._parsed(parameters) if given else Choices.all_of(self.n_features_in_)
        if unseen is None or not (unseen & ~among.excluded).any():
            return among
        return choices(**parameters, names=self._names().tolist(), unseen=unseen)

    def _parsed(self, parameters: dict[str, Any]) -> Choices:
        """Parameters looked up among the columns, once for as long as neither of them changes."""
        names = getattr(self, "feature_names_in_", None)
        try:
            asked = (pickle.dumps(parameters), self.n_features_in_)
        except (pickle.PicklingError, TypeError, AttributeError):  # such as the keys of a dict
            asked = None
        known: _Known | None = getattr(self, "_known", None)
        if asked is None or known is None or not known.answers(asked, names):
            self._known = known = _Known(asked, names, choices(**parameters, names=self._names().tolist()))
        return known.among

    def _most(self, among: Choices) -> int:
        """The most groups to select."""
        return self._most_of(among, self._wish("n_features_to_select"))

    def _most_of(self, among: Choices, asked: Any) -> int:
        """The most groups to select, where so many features are asked for."""
        automatic = isinstance(asked, str) and asked == "auto"
        if automatic and self._knows_how_many:
            return among.n_groups
        if automatic and self._scores_are_ranks:
            raise ValueError(
                f"n_features_to_select={asked!r}: the scores of {type(self).__name__} are ranks, which fall evenly and "
                "set no number of features apart. Pass a count, a fraction, or None for half."
            )
        if isinstance(asked, str) and asked == "dominant":
            self._check_dominant()
        whole = asked is None and self._wish("threshold") is not None
        counted = "features" if among.n_groups == len(among.group) else "columns or groups to choose from"
        k = among.n_groups if whole else n_selected(asked, among.n_groups, counted)
        if k < among.n_kept:
            raise ValueError(
                f"n_features_to_select={asked!r} selects {k} of {among.n_groups} {counted}, fewer than the "
                f"{among.n_kept} in keep: raise it."
            )
        return k

    def _check_dominant(self) -> None:
        """Refuse n_features_to_select="dominant" where it has no meaning."""
        if not self._finds_dominant:
            raise ValueError(
                f"n_features_to_select='dominant': {type(self).__name__} walks through no graph of features, in which "
                "a set could dominate. Use InfFS or AttentionSelector, or pass a count, a fraction, or None for half."
            )
        if self._wish("threshold") is not None:
            raise ValueError(
                f"threshold={self._wish('threshold')!r} is not read by n_features_to_select='dominant': leave it out."
            )

    def _n_foreseen(self) -> int:
        """How many features will be selected, as far as that is known before their scores: half where those decide."""
        asked = self._wish("n_features_to_select")
        return n_selected(None if isinstance(asked, str) else asked, self.n_features_in_)

    def transform(self, X: Any) -> Any:
        """Keep the selected columns of X.

        Parameters
        ----------
        X : array-like, sparse matrix, data frame or stored table of shape (n_samples, n_features)
            A table with the columns seen in `fit`; of a stored one only the selected columns come into memory, and an
            array or data frame of Dask stays lazy, with its chunks or divisions, unless `set_output` asks for a frame.

        Returns
        -------
        X_selected : ndarray, sparse matrix or data frame of shape (n_samples, n_selected)
            A frame comes back as a frame of the same library with its rows, index, names, order and types, whatever the
            columns hold, unless `set_output` asks for another library, or by "default" for arrays.
        """
        support = self.get_support()
        if not support.any():
            warn("No features were selected, and none are left: let the selection be less strict.")
        if is_stored(X):
            return self._stored(X, reset=False).columns(support).array
        if is_dask(X):
            return self._lazily(X, support)
        if is_frame(X) and (library := output_library(self, X)) is not None:
            self._check_columns(X)
            return columns_in_library(X, support, library)
        finite = "allow-nan" if get_tags(self).input_tags.allow_nan else True
        return self._selected(unmasked(X), dtype=None, accept_sparse="csr", ensure_all_finite=finite)

    def _lazily(self, X: Any, support: np.ndarray) -> Any:
        """The selected columns of a collection, which stays one unless `set_output` asks for a frame in memory."""
        self._check_columns(told_by(tabular(X)))
        selected, asked = select_lazily(X, support), output_config("transform", estimator=self)["dense"]
        if asked != "default":
            return in_library(here(selected), asked) if is_dask_frame(X) else here(selected)
        return selected.values if is_dask_frame(X) and asked_output(self) == "default" else selected

    def inverse_transform(self, X: Any) -> Any:
        """Put columns of zeros where those were that `transform` leaves out.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_selected)
            Any samples of the selected columns; of Dask they stay lazy.

        Returns
        -------
        X_original : ndarray, sparse matrix or data frame of shape (n_samples, n_features)
            A frame comes back as one of the same library.

        Raises
        ------
        ValueError
            If X has another number of columns.
        """
        if sp.issparse(X):
            return super().inverse_transform(X)
        support = self.get_support()
        X = X if is_frame(X) or is_dask(X) else check_array(X, dtype=None, ensure_all_finite=False)
        if X.shape[1] != support.sum():
            raise ValueError(f"X has {X.shape[1]} columns, but {support.sum()} are selected: pass those.")
        if is_dask(X):
            return spread_lazily(X, support, self._names().tolist())
        if is_frame(X):
            return spread_columns(X, support, self._names().tolist())
        original = np.zeros((len(X), len(support)), dtype=X.dtype)
        original[:, support] = X
        return original

    def _selected(self, X: Any, **checks: Any) -> Any:
        """The selected columns as an array or sparse matrix; of a frame nothing else is read."""
        support = self.get_support()
        if is_dask(X):
            self._check_columns(told_by(tabular(X)))
            return check_array(here(select_lazily(X, support)), estimator=self, input_name="X", **checks)
        if not is_frame(X):
            return validate_data(self, self._readable(X, reset=False), reset=False, **checks)[:, support]
        self._check_columns(X)
        if not support.any():
            return np.empty((X.shape[0], 0))
        return check_array(select_columns(X, support), estimator=self, input_name="X", **checks)

    def _check_columns(self, X: Any) -> None:
        """Refuse a frame with other columns than those of the fit."""
        validate_data(self, X=X, skip_check_array=True, reset=False)

    def to_frame(self) -> Any:
        """The ranking as a tidy table, best feature first.

        Returns
        -------
        ranking : data frame
            One row per feature: ``feature`` (its name), ``score``, ``rank`` (1 is best), ``selected``. It is of the
            library of X, and of pandas where X was no frame and pandas is there.
        """
        check_is_fitted(self)
        best_first = np.argsort(self.ranking_, kind="stable")
        return as_frame({name: column[best_first] for name, column in self._told().items()}, self._library)

    def _told(self) -> dict[str, np.ndarray]:
        """The columns of `to_frame`, in the order of the features."""
        return {
            "feature": self._names(),
            "score": self.scores_,
            "rank": self.ranking_,
            "selected": self.support_,
        }

    def _validated(self, X: Any, y: Any, *, reset: bool = True, min_samples: int = 2) -> Table:
        """The table, with its columns and numbers checked; not the first batch of one unless `reset`."""
        try:
            return self._admitted(tabular(X) if is_dask(X) else X, y, reset=reset, min_samples=min_samples)
        except Exception as error:
            if not was_persisted_elsewhere(X, error):
                raise
        raise persisted_elsewhere()

    def _admitted(self, X: Any, y: Any, *, reset: bool, min_samples: int) -> Table:
        check_roles(X, y)
        if reset:
            self._forget()
            self._library = library_of(X)
        given, least = X, min_samples if reset else 1
        table = self._table(X, reset=reset, min_samples=least)
        # a name is asked for where it is told: many take a while
        check_finite(table, self._names, remedy=lambda: remedy_of_gaps(given))
        if y is not None:
            check_consistent_length(table, y)
        self._check_selection()  # before anything that takes long
        flat = np.flatnonzero(~differ(*table.extremes(), table.dtype))
        check_resolved(given, flat, self._names, lambda: self._choices().excluded)
        return table

    def _table(self, X: Any, *, reset: bool, min_samples: int) -> Table:
        """What was passed as a table with its names; one that other selectors share is left as it is."""
        if isinstance(X, Table):
            return self._shared(X, min_samples)
        if is_dask(X):
            return self._distributed(X, reset=reset, min_samples=min_samples)
        check_dense(X, self._wish("kinds"))
        return (self._stored if is_stored(X) else self._in_memory)(X, reset=reset, min_samples=min_samples)

    def _shared(self, table: Table, min_samples: int) -> Table:
        self.__dict__.pop("feature_names_in_", None)
        self.n_features_in_ = table.shape[1]
        if table.names is not None:
            self.feature_names_in_ = table.names
        if len(table) < min_samples:
            raise ValueError(f"X has {len(table)} samples: pass at least {min_samples}.")
        return table

    def _validated_with_target(self, X: Any, y: Any, *, min_samples: int) -> Table:
        X = tabular(X) if is_dask(X) else X
        check_roles(X, y)
        if y is None:
            raise ValueError(f"{type(self).__name__} requires y to be passed, but the target y is None.")
        return self._validated(X, y, min_samples=min_samples)

    def _forget(self) -> None:
        """Leave behind what an earlier fit did not see."""
        self._unseen = None
        self.__dict__.pop("kinds_", None)

    def _in_memory(self, X: Any, *, reset: bool, min_samples: int) -> Table:
        X = self._readable(unmasked(X), reset=reset)
        asked: np.ndarray | None
        kinds, checks = self._wish("kinds"), _READING | {"ensure_min_samples": min_samples}
        if is_read_by_column(X, kinds):
            validate_data(self, X=X, skip_check_array=True, reset=reset)
            numbers, asked = read_by_column(X, kinds, self._names().tolist(), self._skipped())
            numbers = check_array(numbers, estimator=self, **checks)
        else:
            numbers, asked = validate_data(self, X=X, accept_sparse="csc", reset=reset, **checks), kinds_of_types(X)
        table = as_table(numbers, names=getattr(self, "feature_names_in_", None))
        if sp.issparse(numbers):
            return table
        table = with_gaps(table, asked, self._missing(), self._names)
        if reset:
            warn_of_identifiers(numbers, asked, self._unsaid(), self._names)
            self._tell_kinds(table, asked)
        return table

    def _unsaid(self) -> np.ndarray:
        """The columns of which `kinds` says nothing, as a mask."""
        unsaid = np.ones(self.n_features_in_, dtype=bool)
        if (said := self._wish("kinds")) is not None:
            unsaid[list(asked_kinds(said, self._names().tolist()))] = False
        return unsaid

    def _missing(self) -> str:
        """What to do about gaps."""
        return str(self._wish("missing")) if get_tags(self).input_tags.allow_nan else "error"

    def _skipped(self) -> np.ndarray:
        """The columns that nothing reads, as a mask."""
        if self._wish("exclude") is None:
            return np.zeros(self.n_features_in_, dtype=bool)
        return self._choices().excluded

    def _tell_kinds(self, table: Table, kinds: np.ndarray | None) -> None:
        """Say how columns were read that are not all numbers without gaps."""
        if not table.is_plain or (kinds is not None and (kinds != "numeric").any()):
            told = np.full(table.shape[1], "numeric") if kinds is None else kinds
            self.kinds_ = np.where(self._skipped(), "excluded", told)

    def _readable(self, X: Any, *, reset: bool) -> Any:
        """X without what stands in excluded columns, which may be anything."""
        if self._wish("exclude") is None or n_axes(X) != 2:
            return X
        validate_data(self, X=X, skip_check_array=True, reset=reset)
        return blanked(X, self._choices().excluded)

    def _stored(self, X: Any, *, reset: bool, min_samples: int = 1) -> StoredTable:
        validate_data(self, X=X, skip_check_array=True, reset=reset)
        if X.shape[0] < min_samples or X.shape[1] < 1:
            raise ValueError(f"X has shape {tuple(X.shape)}: pass at least {min_samples} samples and one feature.")
        return StoredTable(X, names=getattr(self, "feature_names_in_", None))

    def _distributed(self, X: Any, *, reset: bool, min_samples: int) -> Table:
        validate_data(self, X=told_by(X), skip_check_array=True, reset=reset)
        array, kinds = numbers_of(X, self._wish("kinds"), self._names().tolist(), self._skipped())
        if array.shape[0] < min_samples or array.shape[1] < 1:
            raise ValueError(f"X has shape {array.shape}: pass at least {min_samples} samples and one feature.")
        plain = table_of(array, names=getattr(self, "feature_names_in_", None))
        table = with_gaps(plain, kinds, self._missing(), self._names)
        if reset:
            self._tell_kinds(table, kinds)
        return table

    def _check_selection(self) -> None:
        self._most(self._choices())
        if (threshold := self._wish("threshold")) is not None:
            threshold_value(threshold, np.zeros(1))

    def _names(self) -> np.ndarray:
        names = getattr(self, "feature_names_in_", None)
        return np.array([f"x{i}" for i in range(self.n_features_in_)], dtype=object) if names is None else names

    def __getstate__(self) -> dict[str, Any]:
        """What a pickle keeps: everything but what the parameters tell again."""
        return {name: value for name, value in dict(super().__getstate__()).items() if name != "_known"}

    def _get_support_mask(self) -> np.ndarray:
        return self.support_

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = False
        tags.input_tags.sparse = True
        # not string, whose check takes a dict for a label, nor categorical, which rounds the table of every check
        tags.input_tags.allow_nan = self._wish("missing") not in (None, "error")
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
