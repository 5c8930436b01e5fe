"""Which columns say much the same."""

from __future__ import annotations

import numpy as np
import pandas as pd

from infsel.affinities import Correlation
from infsel.estimators import RecursiveElimination
from infsel.inspection import RedundancyDisplay
from infsel.report._report import Cluster

_MOST = 2000  # columns: beyond, the best ranked


def redundancy_of(selector: RecursiveElimination, X: pd.DataFrame) -> RedundancyDisplay | None:
    """Associations of the columns that vary, clustered; None for fewer than two."""
    table = selector._validated(X, None, reset=False)
    varying = np.flatnonzero(table.varying())
    if len(varying) < 2:
        return None
    columns = np.sort(varying[np.argsort(selector.ranking_[varying], kind="stable")[:_MOST]])
    affinity = np.abs(Correlation("pearson").among(columns, table).to_dense())
    return RedundancyDisplay(
        affinity=np.minimum(affinity, 1),
        columns=columns,
        names=[str(name) for name in X.columns],
        ranking=selector.ranking_,
    )


def clusters_of(found: RedundancyDisplay | None) -> tuple[Cluster, ...]:
    """Clusters of two columns and more, the largest first."""
    if found is None:
        return ()
    place = {column: k for k, column in enumerate(found.columns.tolist())}
    clusters = []
    for number, representative in enumerate(found.representatives_.tolist()):
        members = [j for j in found.order_[found.clusters_ == number].tolist() if j != representative]
        close = {j: float(found.affinity[place[representative], place[j]]) for j in members}
        named = tuple((found.names[j], close[j]) for j in sorted(members, key=lambda j: (-close[j], j)))
        clusters.append(Cluster(found.names[representative], named))
    several = [cluster for cluster in clusters if cluster.members]
    return tuple(sorted(several, key=lambda cluster: -len(cluster.members)))
