"""The page docs/quality.md."""

import numpy as np
from harness import machine
from harness.tables import markdown
from quality.comparison import Comparison
from quality.standings import bold, by_kind, by_search, by_size, by_table, differences, losses, standings

CHECKS = (("mrmr", "mrmr_selection"), ("relieff", "skrebate"), ("mutual_information", "mutual_info"))
KINDS = ("new", "variant", "published", "peer", "reference", "check")
HEAD = """# Quality: which columns predict

What follows for your table: [choosing.md](choosing.md).

Written by `python benchmarks/quality/run.py --data FOLDER`, from the numbers in [quality.csv](quality.csv);
[benchmarks/README.md](../benchmarks/README.md) says how to repeat it and how to add a method or a table.

Measured on {machine}

## Protocol

Stratified 5-fold ({repeats}; plain 5-fold for regression), every ranking fitted on the training fold only. The best k
columns, k in 10, 25, 50, 100, 200 (2, 5, 10, 25, 50 on tables of up to 100 columns; only k below the number of
columns), standardized by the training fold, go to a linear SVM (C = 1) and to 5 nearest neighbors; for regression to
RidgeCV and 5 nearest neighbors. The score of a split is the mean balanced accuracy (R²) over k and both models. At most
1,000 rows of a table are used (a stratified sample), classes of fewer than five rows are dropped, missing values are
medians of the training fold, and columns that are constant in the training fold come last for everybody.

No parameter is chosen per table. Average ranks are over real tables (1 is best): *among peers* in the pool of all
published methods (kinds *published*, which are infsel's Inf-FS family, and *peer*) and the method itself, *jointly* in
one pool of those and the new ones. *Variants*, other settings of new methods or peers' criteria as infsel has them, and
*checks*, second programs for a peer, are in no pool. ± is the standard error over tables. Differences over tables have
Student's 95 percent interval and Wilcoxon's p, adjusted by Holm for all differences in the same list; *clear* wins and
losses are tables whose own interval (over splits, corrected for overlapping training folds after Nadeau and Bengio)
excludes zero. Stability is that of Nogueira et al., averaged over k: 1 if all splits choose the same columns, 0 if they
choose at random. CPU seconds are those of one ranking: the median over splits, then over tables, and the largest over
tables.

{methods}
"""
SEARCH = """The forms and constants of the new selectors were compared with each other on the tables under *searched*
before they became defaults, so what they reach there is optimistic; and whoever worked on them knew the others, too.
Peers run with their usual settings, which were not chosen here.
"""
KNOWN = """## Generated tables

The share of the relevant columns among as many first columns as there are relevant ones; for `duplicates`, the share of
the ten groups of copies that the first ten columns represent. In brackets the score as above.

"""
NULL = """## Permuted labels

One permutation per table for all methods and five splits: the methods are not independent of each other, and all of
them may be above or below chance together.

"""


def page(rows, drawn, methods):
    """The whole text; `rows` are those of quality.csv, `drawn` titles of pictures by file name."""
    measured = {row["method"] for row in rows}
    shown = {name: method for name, method in methods.items() if name in measured}
    head = {"repeats": _repeats(rows), "methods": _methods(shown), "machine": machine.description(shown)}
    parts = [HEAD.format(**head), classification(rows, shown, drawn), unsupervised(rows, shown)]
    parts += [regression(rows, shown), generated(rows, shown), null(rows, shown), checks(rows, shown)]
    return "\n".join(filter(None, parts))


def _repeats(rows):
    """How many splits a table has."""
    counts = sorted({len(row["splits"]) for row in rows if not row["permuted"]})
    return " to ".join(map(str, dict.fromkeys([counts[0], counts[-1]]))) + " splits a table"


def _methods(shown):
    listed = sorted(shown.values(), key=lambda method: KINDS.index(method.KIND))
    rows = [(m.NAME, m.KIND, "yes" if m.SUPERVISED else "no", m.COMPUTES) for m in listed]
    return markdown(("method", "kind", "reads y", "what it computes"), rows)


def classification(rows, shown, drawn):
    comparison = Comparison(rows, shown, "classification")
    if not comparison.possible:
        return ""
    parts = [f"## Classification: {len(comparison.tables)} real tables\n", standings(comparison, shown)]
    parts += [f"![{title}]({name})\n" for name, title in drawn.items()]
    parts += ["### Differences to the strongest peers\n", differences(comparison, shown)]
    parts += ["### Number of columns\n", by_size(comparison, shown)]
    parts += ["### Kinds of tables\n", by_kind(comparison, shown)]
    parts += ["### Tables that the defaults were chosen on\n", SEARCH, by_search(comparison, shown)]
    parts += ["### Where peers are ahead\n", losses(comparison, shown), "### Every table\n"]
    if comparison.others:
        parts.append(f"Not ranked above, as some peers were not measured on it: {', '.join(comparison.others)}.\n")
    return "\n".join([*parts, by_table(comparison, shown)])


def unsupervised(rows, shown):
    comparison = Comparison(rows, shown, "classification", unsupervised=True)
    if not comparison.possible:
        return ""
    text = f"## Without a target: {len(comparison.tables)} real tables\n\n"
    text += "Only methods that do not read y, ranked among themselves.\n"
    return "\n".join([text, standings(comparison, shown), differences(comparison, shown)])


def regression(rows, shown):
    comparison = Comparison(rows, shown, "regression")
    if not comparison.possible:
        return ""
    text = f"## Regression: {len(comparison.tables)} real tables\n\nR²; with so few tables ranks say little.\n"
    return "\n".join([text, standings(comparison, shown, "R²"), by_table(comparison, shown)])


def generated(rows, shown):
    """Tables whose relevant columns are known."""
    known = [row for row in rows if not np.isnan(row["found"]) and not row["permuted"]]
    known = [row for row in known if row["method"] in shown and shown[row["method"]].KIND != "reference"]
    if not known:
        return ""
    tables = sorted({row["table"] for row in known})
    cells = {(row["table"], row["method"]): f"{row['found']:.2f} ({row['splits'].mean():.3f})" for row in known}
    found = {name: np.mean([row["found"] for row in known if row["method"] == name] or [0]) for name in shown}
    names = sorted({row["method"] for row in known}, key=lambda name: -found[name])
    lines = [[bold(name, shown), *(cells.get((table, name), "–") for table in tables)] for name in names]
    return KNOWN + markdown(("method", *tables), lines)


def null(rows, shown):
    """Permuted labels: what the protocol says when there is nothing to find."""
    permuted = [row for row in rows if row["permuted"] and row["method"] in shown]
    lines = []
    for table in sorted({row["table"] for row in permuted}):
        cells = sorted((row["splits"].mean(), shown[row["method"]].NAME) for row in permuted if row["table"] == table)
        classes = next(row["classes"] for row in permuted if row["table"] == table)
        line = [table, f"{1 / classes:.3f}", f"{np.mean([mean for mean, _ in cells]):.3f}"]
        lines.append([*line, *(f"{mean:.3f} ({name})" for mean, name in (cells[0], cells[-1])), len(cells)])
    return NULL + markdown(("table", "chance", "mean of methods", "least", "most", "methods"), lines) if lines else ""


def checks(rows, shown):
    """What the program in the pool and another one for the same say on the same splits."""
    means = {(row["table"], row["method"]): row["splits"].mean() for row in rows if not row["permuted"]}
    lines = []
    for ours, theirs in CHECKS:
        gaps = [means[t, ours] - mean for (t, name), mean in means.items() if name == theirs and (t, ours) in means]
        if gaps:
            numbers = (len(gaps), f"{np.mean(gaps):+.4f}", f"{np.abs(gaps).max():.4f}")
            lines.append([shown[ours].NAME, shown[theirs].NAME, *numbers])
    text = "## Checks\n\nThe peer in the pool against another program for the same, where that is quick.\n\n"
    head = ("in the pool", "check", "tables", "mean difference", "largest")
    return text + markdown(head, lines) if lines else ""
