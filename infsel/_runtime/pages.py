"""Where a user of this copy finds a page of the documentation, which is not installed with the package."""

from functools import cache


@cache
def site() -> str:
    """The address of the documentation that the package was published with, with a slash at its end, or ""."""
    from importlib.metadata import metadata  # what takes time where no page is named

    for entry in metadata("infsel").get_all("Project-URL") or ():
        label, _, address = entry.partition(",")
        if label.strip().lower() == "documentation":
            return f"{address.strip().rstrip('/')}/"
    return ""


def page(name: str) -> str:
    """A page of docs/ as something to open: its address, or else its file in the source."""
    return f"{site()}{name}.html" if site() else f"docs/{name}.md in the source of infsel"
