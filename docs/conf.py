"""How the site is built: `python -m sphinx -W --keep-going docs docs/_build/html`."""

import os
import re
import sys
import warnings
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import api_pages
import matplotlib as mpl
from cycler import cycler
from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util.inspect import signature as signature_of
from sphinx.util.inspect import stringify_signature

api_pages.write(Path(__file__).parent / "api")

os.environ.setdefault("PYTHONWARNINGS", "ignore::UserWarning")
warnings.filterwarnings("ignore", message=".*non-interactive.*")

project = "infsel"
author = "The infsel developers"
copyright = "The infsel developers, BSD 3-Clause"
version = release = installed("infsel")

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_gallery.gen_gallery",
]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["_build", "_templates", "examples/**", "make_*.py", "systems/README.md"]
templates_path = ["_templates"]

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
suppress_warnings = ["config.cache"]  # sphinx-gallery sorts by functions, which no cache can hold

default_role = "py:obj"  # a name in single quotes is a link where it has a page, and code where it has none
smartquotes = False  # default="auto" is code, and Z' a transpose
autosummary_generate = True
autodoc_typehints = "none"  # numpydoc says the types
numpydoc_class_members_toctree = False
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True


def _look(gallery_conf, fname):
    """Colors that are told apart with any common color vision, and lines and letters that a thumbnail shows, too."""
    colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
    own = {"lines.linewidth": 2, "font.size": 11, "axes.spines.top": False, "axes.spines.right": False}
    mpl.rcParams.update(own | {"axes.prop_cycle": cycler(color=colors), "savefig.dpi": 120})


sphinx_gallery_conf = {
    "reset_modules": ("matplotlib", _look),
    "examples_dirs": "examples",
    "gallery_dirs": "gallery",
    "filename_pattern": r"/plot_",
    "within_subsection_order": "FileNameSortKey",
    "abort_on_example_error": True,
    "download_all_examples": False,
    "remove_config_comments": True,
    "show_memory": False,
    "min_reported_time": 10,
    "doc_module": ("infsel",),
    "backreferences_dir": None,
    "image_scrapers": ("matplotlib",),
}

html_math_renderer = "mathml"
html_theme = "pydata_sphinx_theme"
html_title = "infsel"
html_baseurl = os.environ.get("SITE", "")  # known to whoever publishes
html_static_path = ["_static"]
html_css_files = ["infsel.css"]
html_js_files = ["infsel.js"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_align": "left",
    "header_links_before_dropdown": 6,
    "show_prev_next": False,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {"404": [], "index": [], "changelog": [], "start/index": []}  # which have no pages below them


_QUOTED = re.compile(r"(``.+?``|`.+?`_{0,2})")


def _plain(text: str) -> str:
    """Bars of absolute values and underscores behind a name as they are, where reST would read more into them."""
    text = re.sub(r"(?<!\\)\|", r"\\|", text)
    text = re.sub(r"(\w)_(?![\w])", r"\1\\_", text)
    return re.sub(r"\bdocs/([\w/]+)\.md", r":doc:`/\1`", text)  # a file of the source, and here a page


def _escape(app, what, name, obj, options, lines):
    """Our docstrings are plain text with a little reST: formulas mean what they say."""
    for number, line in enumerate(lines):
        head, colon, _ = line.partition(" : ")
        start = head + colon if colon and not head.startswith(" ") else ""  # the name of a parameter
        if line.lstrip().startswith((">>>", "...", ".. ")):
            continue
        parts = _QUOTED.split(line[len(start) :])
        lines[number] = start + "".join(part if i % 2 else _plain(part) for i, part in enumerate(parts))


def _signature(app, what, name, obj, options, signature, returns):
    """What a class is made from, where a base of SciPy takes anything."""
    if signature == "(*args, **kwargs)":
        return stringify_signature(signature_of(obj.__init__, bound_method=True), show_annotation=False), returns
    return None


def _skip(app, what, name, obj, skip, options):
    """A field of a tuple by name is told of under Attributes."""
    return True if type(obj).__name__ == "_tuplegetter" else None


def _math(page, node):
    """Formulas as MathML, which browsers draw without a script, from a network or not."""
    block = isinstance(node, nodes.math_block)
    formula = tex2mathml(node.astext(), as_block=block)
    page.body.append(f'<div class="math">{formula}</div>' if block else formula)
    raise nodes.SkipNode


def _from_any_depth(app, page, template, context, doctree):
    """A server shows the page for what is missing wherever something is: its links begin at the top of the site."""
    if page == "404":
        context["metatags"] += f'\n<base href="{html_baseurl.rstrip("/")}/">'


def setup(app):
    app.add_html_math_renderer("mathml", (_math, None), (_math, None))
    app.connect("autodoc-process-docstring", _escape, priority=400)  # before numpydoc takes the sections apart
    app.connect("autodoc-process-signature", _signature)
    app.connect("autodoc-skip-member", _skip)
    app.connect("html-page-context", _from_any_depth)
