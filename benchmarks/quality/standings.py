"""Markdown tables that compare methods on real tables."""

import numpy as np
from harness.tables import markdown
from quality.protocol import SIZES

from infsel.comparison import holm

N_STRONGEST, N_SHOWN, N_OURS = 4, 8, 2
FEWEST = 3  # tables that an interval takes at least
SEARCHED = (  # where forms and constants of the new selectors were compared with each other before they became defaults
    *("colon", "lung_small", "Prostate-GE", "GLIOMA", "ALLAML", "madelon"),
    *("warpAR10P", "Isolet", "TOX-171", "arcene", "nci9", "spam", "RELATHE"),
)


def standings(comparison, shown, score="balanced accuracy"):
    """All methods by average rank."""
    head = ["method", "rank among peers", "rank jointly", score, "first on", "stability", "CPU s", "largest CPU s"]
    rows = [_standing(comparison, name, shown) for name in best_first(comparison)]
    text = markdown([*head, "tables"], rows)
    fewer = [name for name in comparison.among_peers if len(comparison.shared([*comparison.peers, name])) < rows[0][-1]]
    if fewer:
        text += "\nOn fewer of these tables, so that numbers do not compare with those above:\n\n"
        text += markdown([*head, "tables"], [_standing(comparison, name, shown) for name in fewer])
    return text


def _standing(comparison, name, shown):
    tables = comparison.shared([*comparison.peers, name])
    cells = [comparison.rows[table, name] for table in tables]
    cpu = [cell["cpu"] for cell in cells]
    row = [bold(name, shown), *(_rank(where.get(name)) for where in (comparison.among_peers, comparison.jointly))]
    row.append(f"{comparison.matrix([name], tables).mean():.3f}")
    if name in comparison.references:
        row += ["–", "–"]
    else:
        row += [_first(comparison, name, tables), f"{np.mean([cell['stability'] for cell in cells]):.2f}"]
    return [*row, f"{np.median(cpu):.2g}", f"{max(cpu):.2g}", len(tables)]


def _first(comparison, name, tables):
    pool = list(dict.fromkeys([*comparison.peers, name]))
    values = comparison.matrix(pool, tables)
    return int((values[:, pool.index(name)] == values.max(axis=1)).sum())


def _rank(found):
    return f"{found[0]:.2f} ± {found[1]:.2f}" if found else "–"


def bold(name, shown):
    """A method's name, bold if it is new."""
    return f"**{shown[name].NAME}**" if shown[name].KIND == "new" else shown[name].NAME


def best_first(comparison):
    """Methods that were measured on all tables, by average rank, references last."""
    names = [
        name
        for name in comparison.among_peers
        if len(comparison.shared([name, *comparison.peers])) == len(comparison.tables)
    ]
    return [*sorted(names, key=lambda name: comparison.among_peers[name][0]), *comparison.references]


def differences(comparison, shown, omitted=()):
    """Every new method against the strongest peers; what does not read y is not held against what does."""
    ours = [name for name in comparison.new if name in comparison.among_peers]
    ours = [name for name in ours if comparison.unsupervised != shown[name].SUPERVISED]
    pairs = [(name, peer) for name in ours for peer in comparison.strongest[:N_STRONGEST]]
    return paired(comparison, shown, pairs, omitted)


def paired(comparison, shown, pairs, omitted=()):
    """Differences of pairs of methods, with p values adjusted for all of them."""
    rows = []
    for (name, peer), each, p in with_p_values(comparison, pairs, omitted):
        row = [bold(name, shown), shown[peer].NAME, f"{each['mean']:+.4f}", _interval(each["low"], each["high"], 4)]
        row += [f"{each['wins']} : {each['losses']}", f"{each['clear_wins']} : {each['clear_losses']}"]
        rows.append([*row, _p_value(each["p"]), _p_value(p), each["n"]])
    head = ("method", "minus", "difference", "95 % interval", "wins : losses", "clear", "p", "p (Holm)", "tables")
    return markdown(head, rows) if rows else ""


def with_p_values(comparison, pairs, omitted=()):
    """Every pair with its difference and the p value adjusted for all of them."""
    found = [comparison.differences(*pair, omitted) for pair in pairs]
    return zip(pairs, found, holm([each["p"] for each in found]), strict=True)


def _p_value(p):
    return f"{p:.4f}" if p >= 5e-5 else "< 0.0001"


def _interval(low, high, digits):
    return f"{low:+.{digits}f} to {high:+.{digits}f}"


def by_size(comparison, shown):
    """Mean score at every k over the tables of more than 200 columns."""
    tables = [t for t in comparison.tables if comparison.table(t)["columns"] > SIZES[-1]]
    if not tables:
        return "No table has more than 200 columns.\n"
    rows = []
    for name in best_first(comparison):
        if all((table, name) in comparison.rows for table in tables):
            values = comparison.by_size(name, tables).mean(axis=0)
            rows.append([bold(name, shown), *(f"{value:.3f}" for value in values)])
    text = f"{len(tables)} tables of more than 200 columns; the models that are fitted at every k.\n\n"
    return text + markdown(("method", *(f"k = {k}" for k in SIZES)), rows)


def by_kind(comparison, shown):
    """Tables of the same kind."""
    return _by_group(comparison, shown, _kind)


def by_search(comparison, shown):
    """Tables that the defaults of new methods were chosen on, and others."""
    text = _by_group(comparison, shown, lambda row: "searched" if row["table"] in SEARCHED else "others")
    if len(set(comparison.tables) - set(SEARCHED)) < FEWEST:
        return text
    return f"{text}\nDifferences on the others alone:\n\n{differences(comparison, shown, SEARCHED)}"


def _by_group(comparison, shown, kind):
    """Mean score and average joint rank on the tables of every group."""
    groups = {}
    for table in comparison.tables:
        groups.setdefault(kind(comparison.table(table)), []).append(table)
    groups = {kind: tables for kind, tables in sorted(groups.items()) if len(tables) > 1}
    pool = [*comparison.peers, *comparison.complete]
    ranks = {kind: comparison.ranks(pool, tables) for kind, tables in groups.items()}
    means = {kind: comparison.matrix(pool, tables).mean(axis=0) for kind, tables in groups.items()}
    rows = []
    for name in filter(pool.__contains__, best_first(comparison)):
        cells = (f"{means[kind][pool.index(name)]:.3f} ({ranks[kind][name][0]:.1f})" for kind in groups)
        rows.append([bold(name, shown), *cells])
    listing = "".join(f"* {kind}: {', '.join(tables)}\n" for kind, tables in groups.items())
    text = f"Balanced accuracy, and in brackets the rank jointly:\n\n{listing}\n"
    return text + markdown(("method", *groups), rows)


def _kind(row):
    if row["columns"] <= row["rows"]:
        return "at least as many rows as columns"
    return f"more columns than rows, {'2 classes' if row['classes'] == 2 else '3 and more classes'}"


def losses(comparison, shown):
    """Tables on which the best new methods are behind the best peer of that table."""
    ours = [name for name in best_first(comparison) if name in comparison.new and shown[name].SUPERVISED][:N_OURS]
    rows = []
    for name in ours:
        for table, peer, own, other, mean, low, high in comparison.lost(name):
            row = [bold(name, shown), table, f"{own:.3f}", shown[peer].NAME, f"{other:.3f}", f"{mean:+.3f}"]
            rows.append([*row, _interval(low, high, 3)])
    head = ("method", "table", "score", "best peer", "its score", "difference", "95 % interval")
    text = "Against the best of all peers *on that table*, chosen after the fact, which favors the peers.\n\n"
    return text + markdown(head, rows)


def by_table(comparison, shown):
    """Scores of all new methods and of the strongest peers on every table, those left out of the ranks last."""
    names = [*comparison.new, *comparison.strongest[:N_SHOWN], "random", *comparison.references]
    names = [name for name in dict.fromkeys(names) if name in shown]
    rows = []
    for table in [*comparison.tables, *comparison.others]:
        values = {name: _mean(comparison, table, name) for name in names}
        best = max(value for name, value in values.items() if value is not None and name not in comparison.references)
        shape = "{rows:.0f} x {columns:.0f}".format(**comparison.table(table))
        classes = comparison.table(table)["classes"]
        rows.append(
            [table, f"{shape}, {classes:.0f}" if classes else shape, *(_score(v, best) for v in values.values())]
        )
    return markdown(("table", "rows x columns, classes", *(shown[name].NAME for name in names)), rows)


def _mean(comparison, table, name):
    return comparison.rows[table, name]["splits"][comparison.model].mean() if (table, name) in comparison.rows else None


def _score(value, best):
    if value is None:
        return "–"
    return f"**{value:.3f}**" if value >= best - 5e-4 else f"{value:.3f}"
