"""The page docs/peers.md."""

from harness import tables
from harness.runs import members

HEAD = """# Peers

Written by `python benchmarks/run.py{command}`; [benchmarks/README.md](results/programs.md) says how to add a
method or a table.

{machine}

Every measurement is a process of its own, and the methods take turns on the same tables in float64. A time is that of
one fit after a small one (at most 300 columns of the same table) in the same process; the small fit, which pays for
imports and compilers, is the column *first fit*. Times are medians of {repeats} processes, with the fastest and the
slowest in brackets where there are several; a fit beyond {patience:g} s is not repeated. CPU seconds are summed over
cores: where they exceed the time, the method used more than one. Memory is the peak of the whole process, libraries and
table included.

{others}

The methods do not compute the same thing, and being fast says nothing about being useful:

{methods}
"""

SHARED = """The machine is shared: other programs kept {median:.2f} cores busy during the median measurement and
{tenth:.2f} or more during a tenth of them; what they disturb is repeated for a limited time. So compare within a table,
by CPU seconds where brackets are wide, and not between pages."""

LIMIT = """
## Distance to the limit

Infinite walks on the classic affinity need products with an n x n matrix f(Z Zᵀ), Z of shape n x T: by symmetry n²T
flops each, if every product computes its entries anew. Below are the products that `InfFS` took, and its fit in
multiples of the time of those flops alone, at speeds measured in turns with the fit on the same {threads} threads: in
tiles (256 x {samples} times {samples} x 256, one BLAS thread per core) and in one large square (2,048 x 2,048). It is
not a lower bound: entries that stay in memory need not be computed again, so that the fit may beat it; the last column
divides the fit by a single product in tiles, which is what every entry computed once would take.

{n:,} columns x {samples} samples, medians of at least 5.

"""

PICTURES = {
    "peers_time.svg": "Time of one fit against the number of columns",
    "peers_memory.svg": "Peak memory of the process against the number of columns",
}


def page(results, pictures):
    parts = [HEAD.format(**results | {"methods": _methods(results), "others": _others(results)})]
    for name, cells in results["datasets"].items():
        parts.append(_dataset(members("datasets")[name], cells))
        if pictures and len({cell["size"] for cell in cells}) > 1:
            parts += [f"![{PICTURES[path]}]({path})\n" for path in pictures]
            pictures = []
    if results["limit"]:
        parts.append(_limit(results["limit"]))
    return "\n".join(parts)


def _others(results):
    cells = [cell for cells in results["datasets"].values() for cell in cells]
    cores = sorted(run["others"] for cell in cells for run in cell["runs"] if run["others"] is not None)
    if not cores:
        return "How busy the machine was otherwise is not known."
    return SHARED.format(median=cores[len(cores) // 2], tenth=cores[-1 - len(cores) // 10])


def _methods(results):
    chosen = [members("methods")[name] for name in results["methods"]]
    rows = [(m.NAME, "yes" if m.SUPERVISED else "no", m.COMPUTES) for m in chosen]
    return tables.markdown(("method", "reads y", "what it computes"), rows)


def _dataset(dataset, cells):
    samples = next((cell["runs"][0]["samples"] for cell in cells if cell["runs"]), 0)
    sizes = sorted({cell["size"] for cell in cells})
    last = [cell for cell in cells if cell["size"] == sizes[-1]]
    text = f"## {dataset.NAME[0].upper()}{dataset.NAME[1:]}\n\n{dataset.CONTENT[0].upper()}{dataset.CONTENT[1:]}.\n"
    text += f"\n{sizes[-1]:,} columns x {samples:,} samples"
    if hasattr(dataset, "relevant"):
        text += "; *found* are the relevant columns among the 50 with the highest scores, {:.1f} by chance".format(
            next(cell["runs"][0]["chance"] for cell in last if cell["runs"])
        )
    text += f".\n\n{tables.at_one_size(last)}\n{tables.comparison(last)}"
    if len(sizes) > 1:
        text += f"\n{tables.GROWTH}\n\n{tables.at_every_size(cells, sizes)}"
    return text


def _limit(limit):
    kinds = limit["kinds"]
    head = ("", "fit s", "products", "GF/s in tiles", "GF/s in a square", "fit / products in tiles")
    head += ("fit / products in a square", "fit / one product in tiles")
    rows = []
    for kind, found in kinds.items():
        ratios = [found["fit"] * found[shape] / found["flops"] for shape in ("tile", "square")]
        row = [kind, f"{found['fit']:.3f}", found["products"], f"{found['tile'] / 1e9:.0f}"]
        row += [f"{found['square'] / 1e9:.0f}", *(f"{ratio / found['products']:.2f}" for ratio in ratios)]
        rows.append([*row, f"{ratios[0]:.1f}"])
    threads = next(iter(kinds.values()))["threads"]
    text = LIMIT.format(threads=threads, samples=limit["samples"], n=limit["features"])
    return text + tables.markdown(head, rows)
