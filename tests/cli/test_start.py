"""What answers without a table loads nothing that works on one."""

import subprocess
import sys

import pytest

HEAVY = {"numba", "numpy", "pandas", "pyarrow", "scipy", "sklearn"}
CODE = """
import sys
from infsel.cli import main
sys.argv = ["infsel", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    print("exit", end.code)
print("loaded", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("--version", 0),
        ("--help", 0),
        ("rank --help", 0),
        ("compare --help", 0),
        ("rnk", 2),
        ("rank --targt y t.csv", 2),
        ("rank absent.csv --target y", 2),
        ("rank brest_cancer", 2),
        ("rank --selector nope", 2),
        ("rank --hops 0", 2),
        ("rank wine --selector jmi --hops 2", 2),
        ("rank wine --output there.doc", 2),
        ("compare setup.cfg", 2),
    ],
)
def test_help_and_errors_of_usage_need_no_numbers(arguments, code):
    command = [sys.executable, "-c", CODE, *arguments.split()]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    ended, loaded = found.stdout.splitlines()[-2:]
    assert ended == f"exit {code}"
    assert "click" in loaded.split()
    assert not HEAVY & {*loaded.split()}


def test_importing_the_package_loads_nothing_but_a_selector_does():
    code = "import sys, infsel; assert not {heavy} & {{*sys.modules}}; infsel.InfFS; assert 'sklearn' in sys.modules"
    subprocess.run([sys.executable, "-c", code.format(heavy=HEAVY)], check=True)
