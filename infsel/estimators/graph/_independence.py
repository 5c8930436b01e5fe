"""Which features a fitted graph holds to be independent of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from infsel._runtime.ranges import Number, check
from infsel._runtime.threads import at_most
from infsel.estimators.base._column_choices import columns_named
from infsel.estimators.base._outputs import as_frame
from infsel.estimators.base._parallel import threads
from infsel.estimators.graph._explanation import Explainable
from infsel.walks import implied_correlations, independence

MOST_NODES = 200  # of a graph whose pairs are tested


class Independence(Explainable):
    """What a fitted selector says of dependence between features, beyond their scores."""

    def independence(
        self, feature: str | int, given: Sequence[str | int] = (), *, n_effective: float, alpha: float = 0.05
    ) -> Any:
        """Test which features the graph holds to be independent of one of them, beside those given.

        The graph A is read as attention over independent noise: what it makes of it, A V, has the covariance A A^T
        between features. Fisher's z of the partial correlations r beside s given ones is arctanh r, with p-value
        2 (1 - Phi(sqrt(n_effective - s - 3) |z|)), each test by itself.

        Parameters
        ----------
        feature : str or int
            A column name, or the number of a column.
        given : sequence of str or int, default=()
            Columns to hold fixed, by name or number, or as a mask.
        n_effective : float
            How many independent draws of the noise a feature holds: the width of the values V that attention weighs;
            more than 3 beyond the number of given columns. The p-values are only as good as this number.
        alpha : float in (0, 1), default=0.05
            Features with a larger p-value count as independent.

        Returns
        -------
        tests : data frame of the library of X
            One row for each other feature of the graph that is not given, the strongest relation first: ``feature``,
            ``correlation``, ``partial`` (correlation beside the given ones, 0 where they determine either of the two),
            ``z``, ``p_value`` and ``independent``.

        Raises
        ------
        ValueError
            If there is no such feature, it is constant or excluded and so outside the graph, or is given; if the given
            ones determine each other; if a number is out of its range; or if the graph has more than 200 nodes.
        AttributeError
            If the selector comes from a pickle, which does not keep the graph.

        References
        ----------
        Rohekar, Gurwicz, Nisimov (2023). Causal Interpretation of Self-Attention in Pre-Trained Transformers. NeurIPS.

        Examples
        --------
        >>> import numpy as np
        >>> from infsel import InfFS
        >>> G = np.diag([0.8, 0.8], k=-1)  # the second feature attends to the first, and the third to the second
        >>> attention = np.linalg.inv(np.eye(3) - G)
        >>> X = np.random.default_rng(0).standard_normal((9, 3))
        >>> fitted = InfFS(affinity=attention, normalization="none", damping=0.1).fit(X)
        >>> bool(fitted.independence(2, n_effective=100).independent.any())
        False
        >>> fitted.independence(2, given=[1], n_effective=100)[["feature", "independent"]].to_numpy().tolist()
        [['x0', True]]
        """
        self._fitted()
        number, node = self._node(feature)
        names, inside = self._names(), self._fitted().inside
        held = columns_named("given", given, list(names))
        if held[number]:
            raise ValueError(f"feature {feature!r} is among those given: leave it out of one of them.")
        if (held & ~inside).any():
            outside = names[held & ~inside][0]
            raise ValueError(f"given names {outside!r}, which is constant or excluded: it has no place in the graph.")
        check("alpha", alpha, Number(0, 1))
        check("n_effective", n_effective, Number(held.sum() + 3, hint=", 3 and the number of given features"))
        n_nodes = int(inside.sum())
        if n_nodes > MOST_NODES:
            raise ValueError(
                f"independence reads every pair of a graph, and this one has {n_nodes} nodes: {MOST_NODES} at most, so "
                "name others in exclude=, or fit after another selector."
            )
        nodes = held[inside]
        others = np.flatnonzero(~nodes & (np.arange(n_nodes) != node))
        with at_most(threads(self.n_jobs)):
            C = implied_correlations(self.graph_.to_dense().astype(np.float64))
        try:
            tests = independence(C, node, others, np.flatnonzero(nodes), n_effective)
        except np.linalg.LinAlgError as error:
            raise ValueError(f"given={list(names[held])}: {error}, leave one of them out.") from error
        columns = {"feature": names[inside][others], **vars(tests), "independent": tests.p_value > alpha}
        strongest = np.argsort(-np.abs(tests.partial), kind="stable")
        return as_frame({name: column[strongest] for name, column in columns.items()}, self._library)
