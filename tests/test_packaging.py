"""What is written twice because several tools read it agrees with pyproject.toml."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RECIPE = (ROOT / ".conda" / "recipe.yaml").read_text(encoding="utf-8")
OF_CONDA = {"matplotlib": "matplotlib-base"}  # which brings no toolkit of windows
EXTRAS = PROJECT["project"]["optional-dependencies"]
FOR_DEVELOPERS = {"browser", "dev", "docs", "test"}


def as_conda(requirements):
    """Requirements as conda writes them: the name, a space, and what is asked of the version."""
    split = [re.fullmatch(r"([\w-]+)(\[.*\])?(.*)", requirement).group(1, 3) for requirement in requirements]
    return {f"{OF_CONDA.get(name, name)} {version}" for name, version in split}


def listed(key):
    """The entries of a list of the recipe."""
    (found,) = re.findall(rf"^( *){key}:\n((?:\1  - .*\n)+)", RECIPE, flags=re.MULTILINE)
    return {line.strip().removeprefix("- ") for line in found[1].splitlines()}


def said(key):
    (found,) = re.findall(rf"^ *{key}: \"?(.*?)\"?$", RECIPE, flags=re.MULTILINE)
    return found


def test_the_conda_recipe_asks_for_what_pyproject_asks_for():
    project = PROJECT["project"]
    always = as_conda([*project["dependencies"], *EXTRAS["cli"]])
    assert listed("run") == {"python >=${{ python_min }}", *always}
    rest = [need for name, needs in EXTRAS.items() if name not in FOR_DEVELOPERS for need in needs]
    assert listed("run_constraints") == as_conda(rest) - always
    assert as_conda(PROJECT["build-system"]["requires"]) < listed("host")
    assert {f"infsel = {project['scripts']['infsel']}"} == listed("entry_points")
    assert f">={said('python_min')}" == project["requires-python"]
    assert (said("summary"), said("license")) == (project["description"], project["license"])
    assert re.search(r'^  version: "(.*)"$', RECIPE, flags=re.MULTILINE)[1] == project["version"]


def test_the_citation_is_of_this_version():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {PROJECT['project']['version']}\n" in citation


def test_the_oldest_versions_that_are_tested_are_those_that_are_promised():
    lines = (ROOT / ".ci" / "oldest.txt").read_text(encoding="utf-8").splitlines()
    tested = dict(line.split("==") for line in lines if not line.startswith("#"))
    users = [need for name, needs in EXTRAS.items() if name not in FOR_DEVELOPERS for need in needs]
    for need in {*PROJECT["project"]["dependencies"], *users}:
        name, low = need.partition("[")[0].split(">=")[0], need.split(">=")[1]
        assert tested[name] == low + ".0" * (2 - low.count(".")), need


def test_every_supported_python_is_tested():
    workflow = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    classifiers = " ".join(PROJECT["project"]["classifiers"])
    matrix = re.search(r"python: \[(.*)\]", workflow)[1]
    supported = re.findall(r"Python :: (3\.\d+)", classifiers)
    assert re.findall(r"3\.\d+", matrix) == supported
    assert PROJECT["project"]["requires-python"] == f">={supported[0]}"


def test_actions_are_pinned_to_commits_that_say_their_version():
    workflows = [path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    used = re.findall(r"uses: (.*)$", "\n".join(workflows), flags=re.MULTILINE)
    assert used  # a tag can be moved, a commit cannot
    assert not [use for use in used if not re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)]


def test_what_is_to_be_installed_is_said_in_one_way_and_can_be():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "infsel").rglob("*.py"))
    assert set(re.findall(r"\binstall\([\"'](\w+)[\"']\)", code)) <= set(EXTRAS)
    said = {command.rstrip("'") for command in re.findall(r"pip install.*", code)}
    assert said == {'pip install "infsel[dask]"', 'pip install "infsel[{extra}]"'}  # the example and the rule
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]
    asked = re.findall(r"pip install.*", "\n".join(path.read_text(encoding="utf-8") for path in pages))
    extras = [re.search(r' "(?:infsel|\.)\[([\w,]+)\]"', command) for command in asked]
    assert {extra for found in extras for extra in found[1].split(",")} <= set(EXTRAS)
