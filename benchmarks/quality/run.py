"""How well models predict from the columns that selectors choose; writes docs/quality.md, its table and its pictures.

Every (table, method, split) is appended to a file of results, and a further run continues where one stopped. A method
that cannot be imported is skipped with a line that says so. Tables in a folder are described in benchmarks/README.md;
those that scikit-learn brings or generates are always there.

    python -m pip install -r benchmarks/requirements.txt
    python benchmarks/quality/run.py --quick
    python benchmarks/quality/run.py --data FOLDER
    python benchmarks/quality/run.py --data FOLDER --methods jmi,svm_rfe --tables colon,wine --minutes 30
    python benchmarks/quality/run.py --data FOLDER --methods elimination --update
"""

import argparse
import sys
import tempfile
import time
import warnings
from importlib import import_module
from pathlib import Path

import numpy as np

sys.path[0] = str(Path(__file__).parents[1])  # for `quality` and `harness`, and not for the names in this folder

from harness.runs import installed  # noqa: E402
from quality import cells, extended, models, page, pictures, protocol, results, sources  # noqa: E402

DOCS = Path(__file__).parents[2] / "docs"
METHODS = Path(__file__).parent / "methods"
QUICK = {"tables": ["wine", "breast_cancer"], "extended": ["wine"], "null": [], "repeats": 1, "folds": 2}
NULL = ["wine", "sonar", "colon"]
EXTENDED = ["wine", "breast_cancer", "ionosphere", "diabetes"]


def main():
    options = parsed()
    if not options.redraw:
        measure_all(options)
    rows = cells.read(options.output / "quality.csv")
    drawn = pictures.draw(rows, methods(), options.output)
    text = page.page(rows, drawn, methods())
    (options.output / "quality.md").write_text(text, encoding="utf-8")
    print(text)


def measure_all(options):
    """Measure what is missing, then write the table that the page is made of."""
    options.output.mkdir(parents=True, exist_ok=True)
    tables = {table.name: table for table in sources.load(options.data, options.tables)}
    for name in filter(tables.__contains__, options.extended):
        tables |= {table.name: table for table in extended.tables(tables[name])}
    if "boosting" not in models.installed("classification"):
        print("boosted trees do not judge: lightgbm is not installed")
    journal = results.Journal(options.results)
    chosen = usable(options.methods)
    todo = list(tasks(tables, chosen, options))
    todo = [task for task in todo if options.again or not journal.done(task, tables[task[0]].fingerprint)]
    deadline, total = time.monotonic() + 60 * options.minutes, len(todo)
    for number, task in enumerate(todo, 1):
        if time.monotonic() > deadline:
            print(f"stopped after {options.minutes:g} minutes: {total - number + 1} of {total} left")
            break
        found = attempt(chosen[task[1]], tables[task[0]], *task[2:])
        journal.add(task, found | {"fingerprint": tables[task[0]].fingerprint})
        print(f"{number:6}/{total} {time.strftime('%H:%M:%S')} {_line(journal.records[task])}", flush=True)
    rows, path = cells.summarized(journal.records.values(), tables, options.folds), options.output / "quality.csv"
    cells.write(cells.among_others(rows, path) if options.update else rows, path)


def tasks(tables, chosen, options):
    """What there is to measure: whole tables first, small ones first, then what has columns appended, then more
    repetitions and permuted labels."""
    rounds = [(0, False, list(tables))]
    shuffled = [name for name, table in tables.items() if table.order != "time" and table.origin != "extended"]
    rounds += [(repeat, False, shuffled) for repeat in range(1, options.repeats)]
    rounds.append((0, True, [name for name in options.null if name in tables]))
    for repeat, permuted, names in rounds:
        for name in names:
            for method, module in chosen.items():
                if _suits(module, tables[name]):
                    yield from ((name, method, repeat, fold, permuted) for fold in range(options.folds))


def _suits(method, table):
    if table.judged == "order" and not method.SUPERVISED and method.NAME != "random":
        return False
    return table.task in method.TASKS and table.X.shape[1] <= getattr(method, "MOST_COLUMNS", table.X.shape[1])


def attempt(method, table, repeat, fold, permuted):
    """One measurement, or the last line of what went wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return protocol.measure(method, table, repeat, fold, permuted)
    except Exception as error:  # a selector that fails must not end the run
        return {"error": f"{type(error).__name__}: {error}".splitlines()[0]}


def _line(record):
    where = f"{record['table']:18} {record['method']:22} {record['repeat']}.{record['fold']}"
    where += " permuted" * record["permuted"]
    if "error" in record:
        return f"{where} {record['error']}"
    means = (f"{np.nanmean(np.array(values, dtype=float)):.3f}" for values in record["scores"].values())
    return f"{where} {' '.join(means)} {record['cpu']:9.3f} s CPU"


def methods():
    """Modules of the folder `methods` by file name."""
    return {path.stem: import_module(f"quality.methods.{path.stem}") for path in sorted(METHODS.glob("[!_]*.py"))}


def usable(names):
    """The chosen methods whose packages, and names in infsel, are there."""
    found, known = {}, methods()
    for name in set(names or []) - set(known):
        print(f"{name}: skipped, there is no such method")
    for name, method in known.items():
        if names and name not in names:
            continue
        missing = [] if installed(method.PACKAGE) is not None else [method.PACKAGE]
        if method.PACKAGE == "infsel":
            infsel = import_module("infsel")
            missing += [f"infsel.{needed}" for needed in getattr(method, "NEEDS", ()) if not hasattr(infsel, needed)]
        if missing:
            print(f"{name}: skipped, {', '.join(missing)} cannot be imported")
        else:
            found[name] = method
    return found


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", help="folders of .npz tables")
    parser.add_argument("--tables", type=names, help="some tables, separated by commas")
    parser.add_argument("--methods", type=names, help="file names in methods/, separated by commas")
    parser.add_argument("--repeats", type=int, default=1, help="repetitions of 5-fold")
    parser.add_argument("--folds", type=int, choices=range(2, 6), default=5, help="how many of the 5 folds to measure")
    parser.add_argument("--null", type=names, default=NULL, help="tables to repeat with permuted labels")
    parser.add_argument("--extended", type=names, default=EXTENDED, help="tables to append columns to")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop measuring after this time")
    parser.add_argument(
        "--update", action="store_true", help="keep the rows of quality.csv that this run does not measure"
    )
    parser.add_argument("--again", action="store_true", help="measure even what has been measured")
    parser.add_argument("--results", type=Path, default=Path("quality-results.jsonl"), help="file of all measurements")
    parser.add_argument("--output", type=Path, default=DOCS, help="folder of the page, its table and its pictures")
    parser.add_argument("--redraw", action="store_true", help="measure nothing: make the page from quality.csv")
    parser.add_argument(
        "--quick", action="store_true", help="two tables, two splits, less than a minute, into a new folder"
    )
    options = parser.parse_args()
    if options.quick:
        fresh = Path(tempfile.mkdtemp(prefix="quality-"))
        output = fresh if options.output == DOCS else options.output
        vars(options).update(QUICK, output=output, results=fresh / "results.jsonl")
        print(f"into {output}")
    return options


def names(text):
    return [name for name in text.split(",") if name]


if __name__ == "__main__":
    main()
