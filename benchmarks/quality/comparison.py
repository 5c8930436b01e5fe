"""From the rows of quality.csv to ranks and differences, over tables on which every peer was measured."""

from functools import cached_property

import numpy as np
from quality import summaries
from quality.protocol import N_FOLDS

from infsel.comparison import corrected_resampled_t

REAL = ("folder", "bundled")
MOST = 0.8  # a peer that was measured on a smaller share of the tables does not take part in the pool


class Comparison:
    """Methods of one task (and of one kind, if `unsupervised`) on the real tables that the peers share.

    `model` is one of those that judge the columns, or "overall", the mean of all of them.

    Attributes
    ----------
    peers : list of str
        Published methods, those of the Inf-FS family included: the pool in which each new one is ranked in turn. Peers
        that were measured on far fewer tables than others are in `partial`, and ranked in turn, too.
    new : list of str
        The selectors under test.
    variants : list of str
        Other settings of the new ones, peers' criteria as infsel has them, and peers on normal scores: ranked in turn,
        in no joint pool.
    tables : list of str
        Where every peer of the pool was measured.
    """

    def __init__(self, rows, methods, task, model="overall", unsupervised=False):
        self.model, self.unsupervised = model, unsupervised
        real = (row for row in rows if row["task"] == task and row["origin"] in REAL and not row["permuted"])
        real = (row for row in real if model in row["splits"])
        self.rows = {(row["table"], row["method"]): row for row in real if row["method"] in methods}
        present = [name for name in methods if any(method == name for _, method in self.rows)]
        present = [name for name in present if not (unsupervised and methods[name].SUPERVISED)]
        peers = [name for name in present if methods[name].KIND in ("peer", "published")]
        counts = {name: len(self.shared([name])) for name in peers}
        self.peers = [name for name in peers if counts[name] >= MOST * max(counts.values())]
        self.partial = [name for name in peers if name not in self.peers]
        self.new = [name for name in present if methods[name].KIND == "new"]
        self.rescaled = [name for name in present if methods[name].KIND == "rescaled"]
        self.variants = [name for name in present if methods[name].KIND == "variant"] + self.rescaled
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
        splits = [self.rows[table, name]["splits"][self.model] for name in names]
        common = min(map(len, splits))
        return [values[:common] for values in splits]

    def table(self, name):
        """Any row about a table, for what they all say."""
        return next(row for (table, _), row in self.rows.items() if table == name)

    @property
    def others(self):
        """Tables on which some peers were not measured."""
        return [table for table in dict.fromkeys(table for table, _ in self.rows) if table not in self.tables]

    def by_size(self, method, tables):
        """Mean score at every k on tables of equally many sizes, of shape (n_tables, n_sizes).

        Over the models that are fitted at every k.
        """
        scores = (self.rows[table, method]["scores"].values() for table in tables)
        return np.array([np.mean([each for each in own if not np.isnan(each).any()], axis=0) for own in scores])

    def ranks(self, names, tables):
        """Average rank and standard error of each of these methods among themselves."""
        return dict(zip(names, zip(*summaries.average_ranks(self.matrix(names, tables)), strict=True), strict=True))

    @cached_property
    def among_peers(self):
        """Average rank and standard error of every method in the pool of the peers and itself."""
        found = self.ranks(self.peers, self.tables)
        for name in [*self.new, *self.variants, *self.partial]:
            if len(self.shared([*self.peers, name])) > 1:
                found[name] = self.beside(name)[name]
        return found

    def beside(self, name):
        """Average ranks and standard errors of the peers and one more method, where that was measured."""
        pool = list(dict.fromkeys([*self.peers, name]))
        return self.ranks(pool, self.shared(pool))

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
        tables = [table for table in self.shared([*self.peers, ours, peer]) if table not in omitted]
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
