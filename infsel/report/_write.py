"""The file of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from infsel._runtime.files import replacing
from infsel.report._gather import gather
from infsel.report._render import page, render
from infsel.report._report import Report


def write(X: Any, y: Any, path: str | Path = "report.html", **options: Any) -> Report:
    """Write a report about a table: one HTML file that needs no network, and is there whole or not at all.

    Parameters
    ----------
    X : data frame or array-like of shape (n_samples, n_features)
        Numbers, truth values, text, categories and dates, with or without gaps.
    y : array-like of shape (n_samples,)
        Labels or numbers.
    path : str or Path, default="report.html"
        Where to write it; a file that is there is replaced.
    **options
        As in `gather`.

    Returns
    -------
    Report
        What it says.

    Raises
    ------
    ImportError
        If Jinja2 is not installed.
    TypeError, ValueError
        As in `gather`.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from infsel import report
    >>> from infsel.datasets import iris
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = report.write(*iris(), Path(folder, "iris.html"), name="iris")
    ...     len(Path(folder, "iris.html").read_text(encoding="utf-8")) > 10_000
    True
    """
    page()  # what is missing is said before the work
    found = gather(X, y, **options)
    with replacing(Path(path)) as partial:
        partial.write_text(render(found), encoding="utf-8", newline="\n")
    return found
