"""Tables of the page."""

from harness.exponents import exponent
from harness.runs import median, members

REFERENCE = "inf_fs"
GROWTH = (
    "Median seconds at every size. Exponents are slopes of straight lines through the logarithms over the three\n"
    "largest sizes measured; memory counts what the fit adds to the process, where that is 5 MB or more. Times of a\n"
    "few milliseconds are mostly constant costs and their exponents mean little."
)


def markdown(head, rows):
    """A table with its first column to the left."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def at_one_size(cells):
    """Every method at one size, also those that did not run."""
    found = any("hits" in run for cell in cells for run in cell["runs"])
    rows = []
    for cell in cells:
        title, note = members("methods")[cell["method"]].NAME, _note(cell)
        numbers = (
            [f"{median(cell, q):.0f}" for q in ("peak", "hits")[: 1 + found]] if cell["runs"] else ["–"] * (1 + found)
        )
        times = [_seconds(cell, "seconds"), *(_short(cell, q) for q in ("cpu", "first"))]
        rows.append([title, *times, *numbers, note])
    head = ["method", "fit s", "CPU s", "first fit s", "peak MB", *(["found"] if found else []), "note"]
    return markdown(head, rows)


def at_every_size(cells, sizes):
    """Median seconds of every method at every size, and how time and memory grow."""
    rows = []
    for name in dict.fromkeys(cell["method"] for cell in cells):
        own = {cell["size"]: cell for cell in cells if cell["method"] == name}
        slopes = [exponent(own.values(), quantity) for quantity in ("seconds", "growth")]
        slopes = ["–" if slope is None else f"{slope:.1f}" for slope in slopes]
        rows.append([members("methods")[name].NAME, *(_short(own[size], "seconds") for size in sizes), *slopes])
    return markdown(["method", *(f"{size:,}" for size in sizes), "time exponent", "memory exponent"], rows)


def comparison(cells):
    """Which methods beat InfFS at what, in one paragraph, whatever they compute."""
    measured = {cell["method"]: cell for cell in cells if cell["runs"]}
    if REFERENCE not in measured:
        return ""
    claims = [("faster", "seconds", -1), ("smaller in memory", "peak", -1)]
    if "hits" in measured[REFERENCE]["runs"][0]:
        claims.append(("finding more", "hits", 1))
    sentences = []
    for word, quantity, sign in claims:
        bar = sign * median(measured[REFERENCE], quantity)
        better = [members("methods")[m].NAME for m, cell in measured.items() if sign * median(cell, quantity) > bar]
        sentences.append(f"{word}: {', '.join(better) or 'none'}")
    return "Compared with infsel InfFS, whatever they compute:\n\n" + "".join(
        f"* {sentence}\n" for sentence in sentences
    )


def _note(cell):
    repeated = "one run" if len(cell["runs"]) == 1 else ""
    missing = f"NaN for {cell['runs'][0]['nan']} columns" if cell["runs"] and cell["runs"][0]["nan"] else ""
    return "; ".join(filter(None, (cell["note"], missing, repeated)))


def _seconds(cell, quantity):
    """A median, with the extremes where there are several runs."""
    if len(cell["runs"]) < 2:
        return _short(cell, quantity)
    values = [run[quantity] for run in cell["runs"]]
    return f"{_short(cell, quantity)} ({_digits(min(values))}–{_digits(max(values))})"


def _short(cell, quantity):
    return _digits(median(cell, quantity)) if cell["runs"] else "–"


def _digits(seconds):
    return f"{seconds:.1f}" if seconds >= 10 else f"{seconds:.3g}" if seconds >= 0.01 else f"{seconds:.4f}"
