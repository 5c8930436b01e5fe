"""One page about a table: which columns to keep, why not the others, how sure that is, and how to repeat it.

`write` makes the file, `gather` finds out what is on it, and `render` makes it HTML; the page needs no network.
"""

from infsel.report._gather import gather
from infsel.report._render import render
from infsel.report._report import Cluster, Report
from infsel.report._write import write

__all__ = ["Cluster", "Report", "gather", "render", "write"]
