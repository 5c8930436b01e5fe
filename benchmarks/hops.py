"""How much infinitely many hops change the ranking by one hop: Kendall's tau, for the tables of scikit-learn.

Further tables are .npz files that hold X as it is (and perhaps y, which is not read).

    python benchmarks/hops.py [TABLE.npz ...]
"""

import sys
import warnings
from pathlib import Path

import numpy as np
from scipy.stats import kendalltau
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.preprocessing import minmax_scale

from infsel import InfFS

BUNDLED = {"wine": load_wine, "breast_cancer": load_breast_cancer, "digits": load_digits, "diabetes": load_diabetes}


def tables(paths):
    for name, load in BUNDLED.items():
        yield name, load(return_X_y=True)[0]
    for path in map(Path, paths):
        yield path.stem, np.load(path)["X"].astype(float)


def main():
    warnings.simplefilter("ignore", UserWarning)  # diabetes has equal spreads
    print(f"{'table':16} {'samples':>8} {'features':>8} {'raw':>7} {'min-max':>8} {'products':>9}")
    for name, X in tables(sys.argv[1:]):
        taus, products = [], []
        for Y in (X, minmax_scale(X)):
            one, infinite = InfFS(n_hops=1).fit(Y), InfFS().fit(Y)
            taus.append(kendalltau(one.scores_, infinite.scores_).statistic)
            products.append(infinite.n_iter_)
        print(f"{name:16} {X.shape[0]:8} {X.shape[1]:8} {taus[0]:7.3f} {taus[1]:8.3f} {max(products):9}")


if __name__ == "__main__":
    main()
