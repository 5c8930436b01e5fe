"""What the package tells people to read is there, wherever the documentation is."""

import ast
import re
import sys
from pathlib import Path

import pytest
from public import EVERY
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_html_repr

from infsel._runtime.pages import page, site
from infsel.studies import advice

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "infsel").rglob("*.py"))
NAMED = re.compile(r"docs/([\w/]+)\.md")


@pytest.fixture
def published(tmp_path, monkeypatch):
    """The package as it is installed where whoever published it gave the documentation an address."""
    folder = tmp_path / "infsel-9.dist-info"
    folder.mkdir()
    urls = "Project-URL: Source, https://example.org/code\nProject-URL: documentation, https://example.org/docs"
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: infsel\nVersion: 9\n{urls}\n")
    monkeypatch.syspath_prepend(tmp_path)
    site.cache_clear()
    yield "https://example.org/docs/"
    site.cache_clear()


@pytest.fixture
def unpublished(monkeypatch):
    monkeypatch.setattr("importlib.metadata.metadata", lambda name: Named())
    site.cache_clear()
    yield
    site.cache_clear()


class Named:
    """The metadata of a package without addresses."""

    def get_all(self, key):
        assert key == "Project-URL"


def strings(tree, docstrings):
    """The constants of a file that are docstrings, or those that are not."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body[0] for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    first = {id(body.value) for body in bodies if isinstance(body, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (id(node) in first) == docstrings:
            yield node.value


def test_every_page_that_code_names_is_there():
    named = {name for path in FILES for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert len(named) >= 8
    assert not [name for name in named if not (ROOT / "docs" / f"{name}.md").exists()]


def test_messages_name_pages_by_where_they_are():
    asked = set()
    for path in FILES:
        code = path.read_text(encoding="utf-8")
        if "_runtime.pages import page" in code:
            asked |= set(re.findall(r"\bpage\(['\"]([\w/]+)['\"]\)", code))
        loose = [text for text in strings(ast.parse(code), docstrings=False) if NAMED.search(text)]
        assert not loose, f"{path}: a message says where a page is through infsel._runtime.pages.page"
    assert asked
    assert not [name for name in asked if not (ROOT / "docs" / f"{name}.md").exists()]


def test_a_page_is_an_address_where_there_is_one(published):
    assert page("guide/report") == f"{published}guide/report.html"
    assert advice(100, 20, 2).endswith(f": {published}choosing.html.")


def test_a_page_is_a_file_of_the_source_where_there_is_none(unpublished):
    assert page("guide/report") == "docs/guide/report.md in the source of infsel"
    assert advice(100, 20, 2).endswith(": docs/choosing.md in the source of infsel.")


@pytest.mark.parametrize("name", EVERY)
def test_diagrams_link_to_the_page_of_the_class(published, name):
    estimator = clone(EVERY[name])
    assert estimator._get_doc_link() == f"{published}api/infsel/infsel.{name}.html"
    diagram = estimator_html_repr(make_pipeline(estimator))
    assert f'href="{published}api/infsel/infsel.{name}.html"' in diagram


def test_diagrams_without_an_address_link_nowhere(unpublished):
    for estimator in EVERY.values():
        assert estimator._get_doc_link() == ""
        assert "infsel/infsel." not in estimator_html_repr(estimator)


def test_the_site_has_a_page_for_every_class(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs")
    import api_pages

    api_pages.write(tmp_path / "api")
    listed = (tmp_path / "api" / "infsel.rst").read_text()
    assert ":toctree: infsel\n" in listed  # the folder of its pages
    assert {f"   {name}" for name in EVERY} <= {*listed.splitlines()}
    sys.modules.pop("api_pages")


def test_a_class_of_ones_own_is_not_on_our_site(published):
    from infsel import InfFS

    class Mine(InfFS):
        """Of another module."""

    assert Mine()._get_doc_link() == ""
