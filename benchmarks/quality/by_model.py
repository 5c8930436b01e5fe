"""How methods do with every model that judges the columns: ranks, and differences of the default to its rivals."""

from harness.tables import markdown
from quality.comparison import Comparison
from quality.models import titles
from quality.standings import N_STRONGEST, best_first, bold, paired

DEFAULT = "elimination"


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
