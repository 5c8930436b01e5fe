"""How methods do with every model that judges the columns: ranks, and differences of the default to its rivals."""

from harness.tables import markdown
from quality import summaries
from quality.comparison import Comparison
from quality.models import titles
from quality.standings import N_STRONGEST, best_first, bold, paired

DEFAULT, N_SHOWN = "elimination", 10
KINDS = {False: "At least as many rows as columns", True: "More columns than rows"}


def comparisons(rows, shown, task):
    """By model, first all of them together."""
    found = {model: Comparison(rows, shown, task, model) for model in ("overall", *titles(task))}
    return {model: comparison for model, comparison in found.items() if comparison.possible}


def ranks(found, shown, task):
    """Average rank among peers and mean score, a column for every model."""
    first = next(iter(found.values()))
    names = [name for name in best_first(first) if name not in first.references]
    lines = [[bold(name, shown), *(_cell(each, name) for each in found.values())] for name in names]
    lines += [[shown[name].NAME, *(_score(each, name) for each in found.values())] for name in first.references]
    return markdown(("method", *(titles(task).get(model, model) for model in found)), lines)


def _cell(comparison, name):
    rank, error = comparison.among_peers[name]
    return f"{rank:.2f} ± {error:.2f} ({_score(comparison, name)})"


def _score(comparison, name):
    return f"{comparison.matrix([name], comparison.shared([*comparison.peers, name])).mean():.3f}"


def standing(found, shown, task):
    """How far the default's average rank is from that of the best other method, a line for every model and pool."""
    lines = []
    for model, comparison in found.items():
        if DEFAULT not in comparison.complete:
            continue
        for title, others in (("peers", []), ("peers and new", comparison.complete)):
            pool = list(dict.fromkeys([*comparison.peers, DEFAULT, *others]))
            first, mean, error = summaries.behind_the_first(
                comparison.matrix(pool, comparison.tables), pool.index(DEFAULT)
            )
            ranks = comparison.ranks(pool, comparison.tables)
            line = [titles(task).get(model, model), title, f"{ranks[DEFAULT][0]:.2f}", bold(pool[first], shown)]
            lines.append([*line, f"{ranks[pool[first]][0]:.2f}", f"{mean:+.2f} ± {error:.2f}"])
    head = ("model", "pool", "the default", "best other", "its rank", "difference")
    return markdown(head, lines) if lines else ""


def kinds(found, shown, task):
    """Ranks among peers with every model on tables of more columns than rows, and on the others."""
    parts = []
    for wide, title in KINDS.items():
        tables = [name for name in found["overall"].tables if _is_wide(found["overall"].table(name)) == wide]
        if len(tables) > 1:
            names = [name for name in best_first(found["overall"]) if name not in found["overall"].references]
            ranks = {model: _ranks(comparison, names, tables) for model, comparison in found.items()}
            names = sorted(names, key=lambda name: ranks["overall"][name])[:N_SHOWN]
            lines = [[bold(name, shown), *(f"{own[name]:.1f}" for own in ranks.values())] for name in names]
            head = ("method", *(titles(task).get(model, model) for model in found))
            parts.append(f"{title}, {len(tables)} tables:\n\n{markdown(head, lines)}")
    return "\n".join(parts)


def _is_wide(row):
    return row["columns"] > row["rows"]


def _ranks(comparison, names, tables):
    """Average rank of each in a pool of the peers and itself."""
    pools = {name: list(dict.fromkeys([*comparison.peers, name])) for name in names}
    return {name: comparison.ranks(pool, tables)[name][0] for name, pool in pools.items()}


def differences(found, shown, task):
    """The default against the strongest peers with every model, peers on normal scores included."""
    parts = []
    for model, comparison in found.items():
        if DEFAULT in comparison.new:
            title = titles(task).get(model, "all models together")
            parts.append(f"{title[0].upper()}{title[1:]}:\n\n{paired(comparison, shown, rivals(comparison))}")
    return "\n".join(parts)


def rivals(comparison):
    """The default paired with the strongest peers and those on normal scores."""
    rescaled = [name for name in comparison.rescaled if name in comparison.among_peers]
    return [(DEFAULT, peer) for peer in [*comparison.strongest[:N_STRONGEST], *rescaled]]
