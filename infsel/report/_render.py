"""A report as one page of HTML, with its style, script and pictures inside."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from infsel._runtime.extras import install
from infsel._runtime.text import printable
from infsel._runtime.words import counted
from infsel.report._charts import Chart, cells, chart
from infsel.report._curves import ALL, RANDOM, RULING, curve_of
from infsel.report._report import Report
from infsel.report._verdict import words

_LONGEST, _SENTENCE = 80, 2000  # letters of a name, and of a sentence, that are shown
_MATRIX = 40  # columns of the picture of redundancy
_CLUSTERS, _MEMBERS = 30, 12
_SETTLED = {"kendall": "Kendall's tau", "rank_biased_overlap": "rank-biased overlap", "share": "share of the scores"}


def render(report: Report) -> str:
    """Write a report as HTML.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        A whole page that asks for nothing from elsewhere. The same report gives the same page.

    Raises
    ------
    ImportError
        If Jinja2 is not installed.
    """
    script = _source("report.js")
    return page().render(
        report=report,
        style=_source("report.css"),
        script=script,
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        performance=_performance(report),
        scores=_scores(report),
        ruling=RULING,
        best=report.comparison.only(name for name in report.comparison.selectors if name not in (ALL, RANDOM)).best,
        rows=report.columns.to_dict("records"),
        most=float(np.nanmax(report.columns["importance"].to_numpy(dtype=float), initial=1e-12)),
        matrix=_matrix(report),
        clusters=report.clusters[:_CLUSTERS],
        n_members=_MEMBERS,
        hops=_hops(report),
        path=_path(report),
    )


def page() -> Any:
    """The template, whose fields are all escaped.

    Raises
    ------
    ImportError
        If Jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError as error:
        raise ImportError(f"a report needs Jinja2: {install('report')}.") from error
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "shown": shown,
        "score": _score,
        "exact": _exact,
        "words": words,
        "isolated": _isolated,
        "absent": pd.isna,
    }
    return environment.from_string(_source("report.html"))


def _source(name: str) -> str:
    return (files("infsel.report") / "templates" / name).read_text(encoding="utf-8")


def shown(text: object, longest: int = _LONGEST) -> str:
    r"""A name as a page can show it: what is no letter escaped, the middle of a long one left out.

    >>> shown("a\x00\u202eb"), shown("abcdefgh", 5)
    ('a\\x00\\u202eb', 'ab…gh')
    """
    letters = printable(text)
    if len(letters) <= longest:
        return letters
    half = (longest - 1) // 2
    return f"{letters[: longest - 1 - half]}…{letters[-half:]}"


def _isolated(sentence: str) -> Any:
    """A sentence whose quoted names keep the direction of their writing to themselves."""
    from markupsafe import Markup, escape

    return Markup(re.sub("“([^”]*)”", r"“<bdi>\1</bdi>”", str(escape(shown(sentence, _SENTENCE)))))


def _score(value: float) -> str:
    return "" if pd.isna(value) else f"{round(value, 3) + 0.0:.3f}".replace("-", "−")  # no negative zero


def _exact(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.6g}"


def _performance(report: Report) -> Chart:
    found = report.comparison
    curves = {name: curve_of(found, name).means_ for name in found.selectors}
    mean = curves[RULING][found.sizes.index(report.n_selected)]
    return chart(
        f"{words(found.metric).capitalize()} against the number of columns",
        f"{RULING} reaches {mean:.3f} with {counted(report.n_selected, 'column')}, the 1-SE choice.",
        ("number of columns", words(found.metric)),
        found.sizes,
        curves,
        curve_of(found, RULING).standard_errors_,
        report.n_selected,
        quiet=(ALL, RANDOM),
    )


def _scores(report: Report) -> list[tuple[str, list[tuple[float, float]]]]:
    """Mean score and standard error of every selector at every size."""
    found = report.comparison
    curves = {name: curve_of(found, name) for name in found.selectors}
    return [
        (name, list(zip(curve.means_.tolist(), curve.standard_errors_.tolist(), strict=True)))
        for name, curve in curves.items()
    ]


def _matrix(report: Report) -> dict[str, Any] | None:
    """The affinities of the best ranked columns in seriated order."""
    found = report.redundancy
    if found is None:
        return None
    place = {column: k for k, column in enumerate(found.columns.tolist())}
    ranking = dict(zip(report.columns["number"] - 1, report.columns["rank"], strict=True))
    best = sorted(found.order_.tolist(), key=lambda j: ranking[j])[:_MATRIX]
    order = [j for j in found.order_.tolist() if j in set(best)]
    where = [place[j] for j in order]
    representatives = set(found.representatives_.tolist())
    return {
        "names": [(found.names[j], j in representatives) for j in order],
        "paths": cells(found.affinity[np.ix_(where, where)]),
        "n_all": len(found.columns),
    }


def _hops(report: Report) -> Chart | None:
    if report.hops is None or len(report.hops) == 1:
        return None
    frame, last = report.hops, int(report.hops["n_hops"].iloc[-1])
    return chart(
        "Agreement of the ranking of InfFS with its final one, by length of the walks",
        f"The ranking is the final one from {last} hops on.",
        ("longest walk (hops)", "agreement"),
        frame["n_hops"].tolist(),
        {label: frame[name].to_numpy() for name, label in _SETTLED.items()},
        limits=(min(0.0, float(frame[list(_SETTLED)].min().min())), 1.0),
    )


def _path(report: Report) -> Chart:
    frame = report.path.iloc[::-1]
    return chart(
        "Share of the target explained, by number of columns that are left",
        "Shares explained of shuffled targets are what chance does.",
        ("number of columns", "share explained"),
        frame["n_features"].tolist(),
        {"this target": frame["explained"].to_numpy(), "shuffled targets": frame["by_chance"].to_numpy()},
        frame["standard_error"].to_numpy(),
    )
