"""``python -m infsel.cli``."""

from infsel.cli import main

main()
