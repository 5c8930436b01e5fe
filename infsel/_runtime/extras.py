"""How a user of this copy installs what only some of it needs."""


def install(extra: str) -> str:
    """The command that adds an extra to the copy that is installed, from an index or a clone: pip knows its extras.

    Parameters
    ----------
    extra : str
        A name under ``project.optional-dependencies`` of pyproject.toml.

    Returns
    -------
    str
        With double quotes, which every shell takes.

    Examples
    --------
    >>> install("dask")
    'pip install "infsel[dask]"'
    """
    return f'pip install "infsel[{extra}]"'
