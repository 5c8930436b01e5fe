"""The page docs/quality.md."""

import numpy as np
from harness import machine
from harness.tables import markdown
from quality import by_model, takeaways
from quality.comparison import Comparison
from quality.extended import KINDS as APPENDED
from quality.standings import SEARCHED, bold, by_kind, by_search, by_size, by_table, differences, losses, standings

CHECKS = (("mrmr", "mrmr_selection"), ("relieff", "skrebate"), ("mutual_information", "mutual_info"))
KINDS = ("new", "variant", "published", "peer", "rescaled", "reference", "check")
HEAD = """# Quality: which columns predict

What follows for your table: [which selector for which table](choosing.md). More methods, those without a target among
them, on more tables but with two models only: [quality with two models](quality_two_models.md).

Written by `python benchmarks/quality/run.py --data FOLDER`, from the numbers in [quality.csv](quality.csv);
[benchmarks/README.md](results/programs.md) says how to repeat it and how to add a method or a table.

Measured on {machine}

## Protocol

Stratified 5-fold ({repeats}; plain 5-fold for regression, five later stretches of time where rows are days, other
subjects in the test fold where rows share one), every ranking fitted on the training fold only. The best k columns, k
in 10, 25, 50, 100, 200 (2, 5, 10, 25, 50 on tables of up to 100 columns; only k below the number of columns),
standardized by the training fold, go to a linear SVM (C = 1), 5 nearest neighbors, logistic regression (C = 1) and
boosted trees (LightGBM, 50 rounds of 7 leaves at a rate of 0.2; only at k = 10 and 50, or 5 and 25); for regression to
RidgeCV, 5 nearest neighbors and boosted trees. The score of a split and a model is the mean balanced accuracy (R², at
least 0) over k, and overall is the mean over models. At most 1,000 rows of a table are used (a stratified sample),
classes of fewer than five rows are dropped, missing values are medians of the training fold, categories are integer
codes, and columns that are constant in the training fold come last for everybody.

No parameter is chosen per table. Average ranks are over real tables (1 is best): *among peers* in the pool of all
published methods (kinds *published*, which are infsel's Inf-FS family, and *peer*) and the method itself, *jointly* in
one pool of those and the new ones. *Rescaled* are peers on normal scores of the columns, which elimination sees by
default: what is left of a difference to them is not a matter of scaling. *Variants*, other settings of new methods or
peers' criteria as infsel has them, *rescaled* and *checks*, second programs for a peer, are in no pool; nor are peers
that were measured on fewer tables because they are slow. ± is the standard error over tables. Differences over tables
have Student's 95 percent interval and Wilcoxon's p, adjusted by Holm for all differences in the same list; *clear* wins
and losses are tables whose own interval (over splits, corrected for overlapping training folds after Nadeau and Bengio)
excludes zero. Stability is that of Nogueira et al., averaged over k: 1 if all splits choose the same columns, 0 if they
choose at random. CPU seconds are those of one ranking on a shared machine: the median over splits, then over tables,
and the largest over tables.

{methods}
"""
SEARCH = """The forms and constants of the new selectors were compared with each other on the tables under *searched*
before they became defaults, so what they reach there is optimistic; and whoever worked on them knew the others, too.
Peers run with their usual settings, which were not chosen here.
"""
KNOWN = """## Tables whose relevant columns are known

Generated ones, and mutations of HIV, where the relevant ones are those at positions that treatment selects (hiv_nrti,
hiv_pi). The share of the relevant columns among as many first columns as there are relevant ones; for `duplicates`, the
share of the ten groups of copies that the first ten columns represent. In brackets the score as above.

"""
EXTENDED = """## Columns appended

{takeaway}
To {tables} columns that say nothing new are appended, half of all columns then or three quarters: *random* numbers,
*corrupted* copies (half the column, half noise of its deviation), and *products* of two columns ([Cherepanova et al.
2023](https://arxiv.org/abs/2311.05877)). The share of originals among as many first columns as there are originals,
averaged over these tables and the splits; a corrupted copy of the best column may predict more than the worst
original, so that 1 is not the aim there, and a product may hold an interaction.

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
    parts += [regression(rows, shown), extended(rows, shown), generated(rows, shown), null(rows, shown)]
    parts.append(checks(rows, shown))
    return "\n".join(filter(None, parts))


def _repeats(rows):
    """How many splits a table has."""
    counts = sorted({len(row["splits"]["overall"]) for row in rows if row["splits"] and not row["permuted"]})
    return " to ".join(map(str, dict.fromkeys([counts[0], counts[-1]]))) + " splits a table"


def _methods(shown):
    listed = sorted(shown.values(), key=lambda method: KINDS.index(method.KIND))
    rows = [(m.NAME, m.KIND, "yes" if m.SUPERVISED else "no", m.COMPUTES) for m in listed]
    return markdown(("method", "kind", "reads y", "what it computes"), rows)


def classification(rows, shown, drawn):
    found = by_model.comparisons(rows, shown, "classification")
    if not found:
        return ""
    comparison = found["overall"]
    parts = [f"## Classification: {len(comparison.tables)} real tables\n"]
    parts += [takeaways.by_model(found, shown, "classification"), _models(found, shown, "classification")]
    parts += ["### All models together\n", standings(comparison, shown)]
    parts += [f"![{title}]({name})\n" for name, title in drawn.items()]
    parts += ["### New methods and the strongest peers\n", differences(comparison, shown)]
    parts += ["### Number of columns\n", by_size(comparison, shown)]
    parts += ["### Kinds of tables\n", by_kind(comparison, shown)]
    parts += ["### Tables that the defaults were chosen on\n", takeaways.unseen(comparison, shown, SEARCHED) + SEARCH]
    parts.append(by_search(comparison, shown))
    parts += ["### Where peers are ahead\n", losses(comparison, shown), "### Every table\n"]
    if comparison.others:
        parts.append(f"Not ranked above, as some peers were not measured on it: {', '.join(comparison.others)}.\n")
    return "\n".join([*parts, by_table(comparison, shown)])


def _models(found, shown, task):
    """Ranks with every model, and the default beside its rivals."""
    text = "Average rank among peers, and in brackets the mean score.\n"
    parts = ["### Model by model\n", text, by_model.ranks(found, shown, task)]
    standing = by_model.standing(found, shown, task)
    if standing:
        parts += [
            "How far the average rank of the default is from that of the best other method, in one pool, with the "
            "standard error of that difference over tables (below 0: the default is first).\n",
            standing,
        ]
    parts += ["The ten best average ranks among peers by the shape of the table.\n", by_model.kinds(found, shown, task)]
    differences = by_model.differences(found, shown, task)
    return "\n".join([*parts, *(["### The default and the strongest peers\n", differences] if differences else [])])


def unsupervised(rows, shown):
    comparison = Comparison(rows, shown, "classification", unsupervised=True)
    if not comparison.possible:
        return ""
    text = f"## Without a target: {len(comparison.tables)} real tables\n\n"
    text += "Only methods that do not read y, ranked among themselves.\n"
    return "\n".join([text, standings(comparison, shown), differences(comparison, shown)])


def regression(rows, shown):
    found = by_model.comparisons(rows, shown, "regression")
    if not found:
        return ""
    comparison = found["overall"]
    parts = [f"## Regression: {len(comparison.tables)} real tables\n", takeaways.by_model(found, shown, "regression")]
    parts += [_models(found, shown, "regression"), "### All models together, R²\n", standings(comparison, shown, "R²")]
    parts += ["### New methods and the strongest peers, R²\n", differences(comparison, shown)]
    return "\n".join([*parts, by_table(comparison, shown)])


def extended(rows, shown):
    """Originals that lead among appended columns."""
    own = [row for row in rows if row["origin"] == "extended" and row["method"] in shown]
    kinds = sorted({row["table"].partition("+")[2] for row in own})
    if not own:
        return ""
    cells = {}
    for row in own:
        cells.setdefault((row["method"], row["table"].partition("+")[2]), []).append(row["found"])
    most = max(map(len, cells.values()))
    means = {key: np.mean(found) for key, found in cells.items() if len(found) == most}
    whole = [name for name in shown if all((name, kind) in means for kind in kinds)]
    whole.sort(key=lambda name: -np.mean([means[name, kind] for kind in kinds]))
    lines = [[bold(name, shown), *(f"{means[name, kind]:.2f}" for kind in kinds)] for name in whole]
    tables = sorted({row["table"].partition("+")[0] for row in own})
    text = EXTENDED.format(takeaway=takeaways.appended(means, whole, shown, APPENDED), tables=", ".join(tables))
    return text + markdown(("method", *(f"{kind} %" for kind in kinds)), lines)


def generated(rows, shown):
    """Tables whose relevant columns are known."""
    known = [row for row in rows if not np.isnan(row["found"]) and not row["permuted"] and row["splits"]]
    known = [row for row in known if row["method"] in shown and shown[row["method"]].KIND != "reference"]
    if not known:
        return ""
    tables = sorted({row["table"] for row in known})
    cells = {
        (row["table"], row["method"]): f"{row['found']:.2f} ({row['splits']['overall'].mean():.3f})" for row in known
    }
    found = {name: np.mean([row["found"] for row in known if row["method"] == name] or [0]) for name in shown}
    names = sorted({row["method"] for row in known}, key=lambda name: -found[name])
    lines = [[bold(name, shown), *(cells.get((table, name), "–") for table in tables)] for name in names]
    return KNOWN + markdown(("method", *tables), lines)


def null(rows, shown):
    """Permuted labels: what the protocol says when there is nothing to find."""
    permuted = [row for row in rows if row["permuted"] and row["method"] in shown]
    lines = []
    for table in sorted({row["table"] for row in permuted}):
        cells = sorted(
            (row["splits"]["overall"].mean(), shown[row["method"]].NAME) for row in permuted if row["table"] == table
        )
        classes = next(row["classes"] for row in permuted if row["table"] == table)
        line = [table, f"{1 / classes:.3f}", f"{np.mean([mean for mean, _ in cells]):.3f}"]
        lines.append([*line, *(f"{mean:.3f} ({name})" for mean, name in (cells[0], cells[-1])), len(cells)])
    return NULL + markdown(("table", "chance", "mean of methods", "least", "most", "methods"), lines) if lines else ""


def checks(rows, shown):
    """What the program in the pool and another one for the same say on the same splits."""
    means = {
        (r["table"], r["method"]): r["splits"]["overall"].mean() for r in rows if r["splits"] and not r["permuted"]
    }
    lines = []
    for ours, theirs in CHECKS:
        gaps = [means[t, ours] - mean for (t, name), mean in means.items() if name == theirs and (t, ours) in means]
        if gaps:
            numbers = (len(gaps), f"{np.mean(gaps):+.4f}", f"{np.abs(gaps).max():.4f}")
            lines.append([shown[ours].NAME, shown[theirs].NAME, *numbers])
    text = "## Checks\n\nThe peer in the pool against another program for the same, where that is quick.\n\n"
    head = ("in the pool", "check", "tables", "mean difference", "largest")
    return text + markdown(head, lines) if lines else ""
