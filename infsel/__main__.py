"""``python -m infsel``."""

from infsel.cli import main

main()
