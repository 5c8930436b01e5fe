"""A strict reader of pages, and a table whose names are anything but names."""

from html.parser import HTMLParser

import numpy as np
import pandas as pd

VOID = {"meta", "link", "input", "br", "img", "hr"}
HOSTILE = [
    "<script>alert(1)</script>",
    "\"quoted\" & 'single'",
    "x" * 5000,
    "日本語",
    "עברית",
    "rtl \u202e override",
    "</style><img src=x onerror=alert(2)>",
    "{{ 7*7 }}",
    "a”b“c",
]


class Page(HTMLParser):
    """Elements with their attributes and text; every end must close the last start."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open = [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        element = {"tag": tag, "attrs": dict(attrs), "text": "", "inside": [e["tag"] for e in self.open]}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()["tag"] == tag, f"</{tag}>"

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag, **attrs):
        return [e for e in self.elements if e["tag"] == tag and attrs.items() <= e["attrs"].items()]


def hostile_table():
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.standard_normal((60, len(HOSTILE))), columns=HOSTILE)
    X["copy of <b>"], X["nul \x00 \n line"] = -2 * X[HOSTILE[0]], 1.0
    X["gaps"] = np.where(rng.random(60) < 0.4, np.nan, rng.standard_normal(60))
    X["labels"] = np.where(X[HOSTILE[3]] > 0, "<i>", "&amp;")
    y = pd.Series(np.where(X[HOSTILE[0]] + X[HOSTILE[3]] > 0, "<b>yes</b>", "no"), name="</title><script>t</script>")
    return X, y
