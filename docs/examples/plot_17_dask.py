"""
A table on a cluster
====================

Selectors take arrays and data frames of `Dask <https://docs.dask.org>`_: columns are standardized, and products with
the affinity computed, where the workers have them. Scores are those of the same table in memory.
"""

import dask.dataframe as dd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from dask.distributed import Client

from infsel import InfFS
from infsel.inspection import ScoreDisplay

# threads of this process stand for workers here; Client(n_workers=4) starts processes, and Client("tcp://...") finds a
# cluster that runs
client = Client(processes=False, n_workers=2, threads_per_worker=1, dashboard_address=":0")


# %%
# A data frame that nobody has in memory: each partition is made where it is needed.
def part(number, n_rows=500, n_columns=40):
    rng = np.random.default_rng(number)
    X = rng.normal(size=(n_rows, n_columns)) * np.linspace(1, 3, n_columns)
    X[:, 1] = X[:, 0] + 0.3 * X[:, 1]  # two columns that say nearly the same
    return pd.DataFrame(X, columns=[f"x{k}" for k in range(n_columns)])


X = dd.from_map(part, range(8))
selector = InfFS(n_features_to_select=10).fit(X)
ScoreDisplay.from_estimator(selector)
plt.show()

# %%
# The transformed frame is lazy, too, and keeps its partitions, names and types.
selected = selector.transform(X)
print(selected.npartitions, list(selected.columns))

# %%
# The same table in memory has the same ranking.
alone = InfFS(n_features_to_select=10).fit(X.compute())
print(np.abs(selector.scores_ / alone.scores_ - 1).max() < 1e-9, (selector.ranking_ == alone.ranking_).all())
client.close()
