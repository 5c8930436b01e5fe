"""The figures that infsel should reach, measured: what each work took, beside its bar. Writes docs/figures.md.

Each measurement is a process of its own, and what is compared takes turns. The two longest works, a million columns
exactly and PyIFS, take most of an hour; --works leaves works out, and --small checks in a minute that everything runs.

    python benchmarks/figures.py
    python benchmarks/figures.py --works limit growth
    python benchmarks/figures.py --small
"""

import argparse
import json
import time
from importlib import import_module
from pathlib import Path

from harness import quiet
from harness.machine import description

WORKS = (
    "dense",
    "pyifs",
    "limit",
    "million",
    "formulas",
    "tall",
    "growth",
    "landmarks",
    "precision",
    "first_call",
    "relief",
)
HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "figures.md"
HEAD = """# Figures

Written by `python benchmarks/figures.py`: what each work took, beside the bar set for it before. Times are wall times
of one fit after a small one in the same process; memory is the peak of a process, measured. Ratios come from programs
that took turns in one run. "Others" says how many cores other programs of the machine kept busy meanwhile: where it is
not near 0, times are too long, and ratios of programs that ran one after the other are loose.

{machine}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", nargs="+", choices=WORKS, default=WORKS)
    parser.add_argument("--small", action="store_true", help="tiny tables, nothing written")
    parser.add_argument("--raw", type=Path, default=HERE / "figures.json", help="where figures are kept between runs")
    arguments = parser.parse_args()
    kept = json.loads(arguments.raw.read_text()) if arguments.raw.exists() else {}
    for name in arguments.works:
        start = time.perf_counter()
        with quiet.Others() as others:
            found = import_module(f"works.{name}").measure(arguments.small)
        print(f"{name} ({time.perf_counter() - start:.0f} s)", *found, sep="\n  ", flush=True)
        kept[name] = {"found": found, "others": others.cores}
        if not arguments.small:
            arguments.raw.write_text(json.dumps(kept, indent=1) + "\n")
            PAGE.write_text(page(kept))


def page(kept):
    parts = [HEAD.format(machine=description({}))]
    for name in WORKS:
        if name in kept:
            work = import_module(f"works.{name}")
            others = kept[name]["others"]
            parts.append(f"\n## {work.WORK}\n\nBar: {work.BAR}.\n")
            parts.append("\n".join(f"* {line}" for line in kept[name]["found"]))
            if hasattr(work, "NOTE"):
                parts.append(f"\n\n{work.NOTE}")
            parts.append(f"\n\nOthers: {'unknown' if others is None else f'{others:.1f}'} cores.\n")
    return "".join(parts)


if __name__ == "__main__":
    main()
