"""Methods side by side on the same tables, in one run; writes docs/peers.md and its pictures.

Every measurement is a process of its own and the methods take turns. A method whose package is missing, that fails or
that is skipped stays in the tables and says so. The default takes less than ten minutes on two cores.

    python -m pip install -r benchmarks/requirements.txt
    python benchmarks/run.py
    python benchmarks/run.py --methods inf_fs,dense_numpy --datasets noise --features 2000,10000 --repeats 5
"""

import argparse
import json
import re
import sys
from pathlib import Path

from harness import machine, page, plots, quiet
from harness.runs import in_child, members, run_cells

DOCS = Path(__file__).parents[1] / "docs"


def main():
    options = parsed()
    results = json.loads(options.redraw.read_text()) if options.redraw else measured(options)
    if options.raw:
        options.raw.write_text(json.dumps(results))
    options.output.mkdir(parents=True, exist_ok=True)
    pictures = plots.draw(results, options.output)
    (options.output / "peers.md").write_text(page.page(results, pictures), encoding="utf-8")
    print(page.page(results, pictures))


def measured(options):
    """Everything the page is made of."""
    methods, datasets = members("methods"), members("datasets")
    chosen = {name: methods[name] for name in options.methods or methods}
    results = {"machine": machine.description(chosen), "methods": list(chosen), "datasets": {}, "limit": None}
    results |= {"repeats": options.repeats, "patience": options.patience, "command": _arguments()}
    for name in options.datasets or sorted(datasets, key=lambda name: -len(datasets[name].FEATURES)):
        dataset, given_up = datasets[name], {}
        sizes = options.features if options.features and dataset.SCALES else dataset.FEATURES
        cells = [cell for n in sorted(sizes) for cell in run_cells(name, n, chosen, options, given_up)]
        results["datasets"][name] = cells
    if "inf_fs" in chosen:
        largest = max(options.features or datasets["noise"].FEATURES)
        arguments = (largest, options.samples, max(options.repeats, 5))
        quiet.wait(max(options.wait, 10))
        results["limit"], note = in_child("harness.limit", arguments, options.timeout)
        print(note)
    return results


def _arguments():
    """What was asked for, as typed, but for where it goes."""
    words = " ".join(sys.argv[1:])
    return re.sub(r" ?--(output|raw|wait)[ =]\S+", "", " " + words).rstrip()


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=numbers, help="sizes such as 500,1000 in place of each dataset's own")
    parser.add_argument("--samples", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--patience", type=float, default=5, help="seconds beyond which a fit is not repeated")
    parser.add_argument("--timeout", type=float, default=120, help="seconds after which a process is given up")
    parser.add_argument("--wait", type=float, default=60, help="seconds to spend, in all, on other programs' noise")
    parser.add_argument("--methods", type=names, help="file names in methods/, separated by commas")
    parser.add_argument("--datasets", type=names, help="file names in datasets/, separated by commas")
    parser.add_argument("--output", type=Path, default=DOCS, help="folder of the page and its pictures")
    parser.add_argument("--raw", type=Path, help="also write every single measurement to this JSON file")
    parser.add_argument("--redraw", type=Path, help="measure nothing: make the page from such a file")
    return parser.parse_args()


def names(text):
    return text.split(",")


def numbers(text):
    return [int(number) for number in text.replace("_", "").split(",")]


if __name__ == "__main__":
    main()
