"""Three sentences at the head of a section, from the numbers below them."""

from quality.by_model import DEFAULT, rivals
from quality.models import titles
from quality.standings import with_p_values

SIGNIFICANT, N_NAMED = 0.05, 4


def by_model(found, shown, task):
    """Who is first, with which models the default is, and which of its differences are more than chance."""
    overall = found["overall"]
    if DEFAULT not in overall.among_peers:
        return ""
    sentences = [_first(overall, shown), _places(found, shown, task), _significant(found, shown, task)]
    return " ".join(sentences) + "\n"


def _first(comparison, shown):
    ranks = comparison.beside(DEFAULT)
    order = sorted(ranks, key=lambda name: ranks[name][0])
    place, (rank, error) = order.index(DEFAULT) + 1, ranks[DEFAULT]
    others = [f"{shown[name].NAME} {ranks[name][0]:.1f}" for name in order if name != DEFAULT]
    where = (
        f"Over all models and {len(comparison.tables)} tables {shown[DEFAULT].NAME} is number {place} of {len(order)}"
    )
    own = f"{rank:.1f} ± {error:.1f}{_best_other(comparison, shown, rank)}"
    return f"{where} by average rank, {own}; the best peers: {'; '.join(others[:N_NAMED])}."


def _best_other(comparison, shown, rank):
    """Another new method, where one has a better average rank in the same pool of peers."""
    others = {name: comparison.among_peers[name][0] for name in comparison.complete if name != DEFAULT}
    best = min(others, key=others.get, default=None)
    return f" ({shown[best].NAME} in its place: {others[best]:.1f})" if best and others[best] < rank else ""


def _places(found, shown, task):
    """Models by whether the default is first, within a standard error of the first, or behind."""
    first, near, behind = [], [], []
    for model, title in _titles(found, task):
        ranks = found[model].beside(DEFAULT)
        best = min(ranks, key=lambda name: ranks[name][0])
        rank, error = ranks[DEFAULT]
        text = f"{title} ({rank:.1f}, {shown[best].NAME} {ranks[best][0]:.1f})"
        if best == DEFAULT:
            first.append(f"{title} ({rank:.1f})")
        elif rank - ranks[best][0] <= error:
            near.append(text)
        else:
            behind.append(text)
    places = {"first with": first, "within one standard error of the first with": near, "behind by more with": behind}
    return f"It is {'; '.join(f'{place} {_listed(those)}' for place, those in places.items() if those)}."


def _significant(found, shown, task):
    """Models with which a difference to one of the strongest peers survives Holm's correction, and those without."""
    texts, without = [], []
    for model, title in _titles(found, task):
        kept = [
            f"{each['mean']:+.3f} to {shown[peer].NAME}"
            for (_, peer), each, p in with_p_values(found[model], rivals(found[model]))
            if p < SIGNIFICANT
        ]
        if kept:
            texts.append(f"with {title} {_listed(kept)}")
        else:
            without.append(title)
    if not texts:
        return "No difference to its strongest peers is significant after Holm's correction, with whichever model."
    text = f"Differences to its strongest peers that are significant after Holm's correction: {'; '.join(texts)}"
    return f"{text}{f'; with {_listed(without)} no difference is' if without else ''}."


def unseen(comparison, shown, searched):
    """Where the default and the other new methods stand on the tables that nothing was chosen on."""
    tables = [table for table in comparison.tables if table not in searched]
    if DEFAULT not in comparison.complete or not tables:
        return ""
    places = {name: comparison.ranks([*comparison.peers, name], tables)[name][0] for name in comparison.complete}
    beside = comparison.ranks([*comparison.peers, DEFAULT], tables)
    best = min(comparison.peers, key=beside.get)
    ranks = "; ".join(f"{shown[name].NAME} {places[name]:.1f}" for name in sorted(places, key=places.get))
    pairs = [(name, peer) for name in places for peer in comparison.strongest[:N_NAMED]]
    clear = [pair for pair, _, p in with_p_values(comparison, pairs, searched) if p < SIGNIFICANT]
    named = _listed([f"{shown[ours].NAME} to {shown[peer].NAME}" for ours, peer in clear]) if clear else "none"
    text = f"On the {len(tables)} tables that nothing was chosen on the average ranks among peers are {ranks}"
    best_peer = f"of the peers beside the default {shown[best].NAME} is first with {beside[best][0]:.1f}"
    return f"{text}; {best_peer}. Differences that are significant there after Holm's correction: {named}.\n\n"


def _titles(found, task):
    return [(model, title) for model, title in titles(task).items() if model in found]


def _listed(texts):
    return " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def appended(means, methods, shown, kinds):
    """How many originals lead: the default, the best method and a random order, for every kind of appended columns."""
    if not {DEFAULT, "random"} <= set(methods):
        return ""
    sentences = []
    for kind in kinds:
        shares = {
            name: _mean(v for (own, where), v in means.items() if own == name and where.startswith(kind))
            for name in methods
        }
        best = max(shares, key=shares.get)
        what = kind if kind == "products" else f"{kind} columns"
        text = f"Against {what} {shown[DEFAULT].NAME} has {shares[DEFAULT]:.2f} of the originals in front"
        most = f"{shown[best].NAME}, the most: {shares[best]:.2f}"
        sentences.append(f"{text} ({most}; a random order {shares['random']:.2f}).")
    return " ".join(sentences) + "\n"


def _mean(values):
    values = list(values)
    return sum(values) / len(values)
