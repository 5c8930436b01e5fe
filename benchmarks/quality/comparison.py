"""From the rows of quality.csv to ranks and differences, over tables on which every peer was measured."""

from functools import cached_property

import numpy as np
from quality import summaries
from quality.protocol import N_FOLDS

from infsel.comparison import corrected_resampled_t

REAL = ("folder", "bundled")


class Comparison:
    """Methods of one task (and of one kind, if `unsupervised`) on the real tables that all their peers share.

    Attributes
    ----------
    peers : list of str
        Published methods, those of the Inf-FS family included: the pool in which each new one is ranked in turn.
    new : list of str
        The selectors under test.
    variants : list of str
        Other settings of the new ones and peers' criteria as infsel has them: ranked in turn, in no joint pool.
    tables : list of str
        Where every peer was measured.
    """

    def __init__(self, rows, methods, task, unsupervised=False):
        self.unsupervised = unsupervised
        real = (row for row in rows if row["task"] == task and row["origin"] in REAL and not row["permuted"])
        self.rows = {(row["table"], row["method"]): row for row in real if row["method"] in methods}
        present = [name for name in methods if any(method == name for _, method in self.rows)]
        present = [name for name in present if not (unsupervised and methods[name].SUPERVISED)]
        self.peers = [name for name in present if methods[name].KIND in ("peer", "published")]
        self.new = [name for name in present if methods[name].KIND == "new"]
        self.variants = [name for name in present if methods[name].KIND == "variant"]
        self.references = [name for name in present if methods[name].KIND == "reference"]
        self.tables = self.shared(self.peers)
        self.possible = len(self.tables) > 1 and len(self.peers) > 1

    def shared(self, names):
        """Tables on which all these methods were measured."""
        tables = dict.fromkeys(table for table, _ in self.rows)
        return [table for table in tables if all((table, name) in self.rows for name in names)]

    def matrix(self, names, tables):
        """Mean scores, of shape (n_tables, n_methods), over the splits that all these methods share."""
        return np.array([[splits.mean() for splits in self._splits(table, names)] for table in tables])

    def _splits(self, table, names):
        splits = [self.rows[table, name]["splits"] for name in names]
        common = min(map(len, splits))
        return [values[:common] for values in splits]

    def table(self, name):
        """Any row about a table, for what they all say."""
        return next(row for (table, _), row in self.rows.items() if table == name)

    @property
    def others(self):
        """Tables on which some peers were not measured."""
        return [table for table in dict.fromkeys(table for table, _ in self.rows) if table not in self.tables]

    def scores(self, method, tables):
        """Mean scores of shape (n_tables, 2 models, n_sizes) on tables of equally many sizes."""
        return np.array([[self.rows[table, method][model] for model in ("linear", "neighbors")] for table in tables])

    def ranks(self, names, tables):
        """Average rank and standard error of each of these methods among themselves."""
        return dict(zip(names, zip(*summaries.average_ranks(self.matrix(names, tables)), strict=True), strict=True))

    @cached_property
    def among_peers(self):
        """Average rank and standard error of every method in the pool of the peers and itself."""
        found = self.ranks(self.peers, self.tables)
        for name in [*self.new, *self.variants]:
            pool = [*self.peers, name]
            if len(self.shared(pool)) > 1:
                found[name] = self.ranks(pool, self.shared(pool))[name]
        return found

    @cached_property
    def jointly(self):
        """The same with all peers and all new methods in one pool."""
        pool = [*self.peers, *self.complete]
        return self.ranks(pool, self.tables)

    @cached_property
    def complete(self):
        """New methods that were measured on all tables."""
        return [name for name in self.new if len(self.shared([*self.peers, name])) == len(self.tables)]

    @cached_property
    def strongest(self):
        """Peers, best average rank first."""
        return sorted(self.peers, key=lambda name: self.among_peers[name][0])

    def differences(self, ours, peer, omitted=()):
        """Mean difference over tables with its interval, p value, and tables won and lost beyond their own interval."""
        tables = [table for table in self.shared([*self.peers, ours]) if table not in omitted]
        means, clear = [], []
        for table in tables:
            a, b = self._splits(table, [ours, peer])
            difference = corrected_resampled_t(a - b, 1 / N_FOLDS)
            means.append(difference.mean)
            clear.append(int(difference.low > 0) - int(difference.high < 0))
        over_tables = corrected_resampled_t(means, test_share=0)  # tables are independent
        found = {name: getattr(over_tables, name) for name in ("mean", "low", "high")}
        counts = {"wins": sum(m > 0 for m in means), "losses": sum(m < 0 for m in means), "n": len(tables)}
        counts |= {"clear_wins": clear.count(1), "clear_losses": clear.count(-1)}
        return found | counts | {"p": summaries.signed_rank(means)}

    def lost(self, ours):
        """Tables on which some peer is ahead, with that peer, the difference and its interval; the largest first."""
        found = []
        for table in self.shared([*self.peers, ours]):
            best = max(self.peers, key=lambda name: np.mean(self._splits(table, [ours, name])[1]))
            a, b = self._splits(table, [ours, best])
            if a.mean() < b.mean():
                found.append((table, best, a.mean(), b.mean(), *corrected_resampled_t(a - b, 1 / N_FOLDS)[:3]))
        return sorted(found, key=lambda line: line[4])
