"""A million columns, exactly."""

import sys

from infsel import InfFS
from infsel._runtime.progress import watched_by
from works._alone import alone, peak, seconds
from works._tables import noise

WORK = "1,000,000 x 50 float32, InfFS classic, exact"
BAR = "completes, below 4 GB, with progress shown; projected and measured time"


def measure(small):
    n = 20_000 if small else 1_000_000
    pilot = alone("million", "fit", n // 20)
    full = alone("million", "fit", n)
    projected = pilot["seconds"] * 400 * full["products"] / pilot["products"]
    return [
        f"projected {projected / 60:.0f} minutes from {n // 20:,} features ({pilot['seconds']:.1f} s), "
        f"measured {full['seconds'] / 60:.1f} minutes, {full['products']} products, "
        f"peak {full['peak'] / 1024:.2f} GB of which {full['table'] / 1024:.2f} GB table, "
        f"residual {full['residual']:.0e}"
    ]


class Shown:
    """Progress on stderr, a line for every tenth of a product."""

    def begin(self, stage):
        self.tenths = 0

    def advance(self, share):
        if int(10 * share) > self.tenths:
            self.tenths = int(10 * share)
            print(f"{share:.0%}", end=" ", flush=True, file=sys.stderr)

    def end(self):
        print(file=sys.stderr)


def fit(n_features):
    X, selector = noise(50, n_features, "float32"), InfFS()
    selector.fit(X[:, :600])
    with watched_by(Shown()):
        spent = seconds(lambda: selector.fit(X))
    return {
        "seconds": spent,
        "peak": peak(),
        "products": selector.n_iter_,
        "residual": selector.residual_,
        "table": X.nbytes / 2**20,
    }
