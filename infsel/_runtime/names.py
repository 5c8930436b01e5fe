"""What to say of a name that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def unknown(what: str, name: object, known: Iterable[str]) -> ValueError:
    """The error for a name that is none of the known ones, with those that were probably meant.

    Parameters
    ----------
    what : str
        What is not known, such as ``"affinity='infs'"``.
    name : object
        The name as it was written; other objects resemble none.
    known : iterable of str
    """
    known = list(known)
    return ValueError(
        f"{what} is not known: choose one of {', '.join(map(repr, known))}{did_you_mean(name, known) or '.'}"
    )


def did_you_mean(name: object, known: Iterable[str], most: int = 4) -> str:
    """The end of a sentence that names what resembles `name`, whatever the case of the letters, or nothing.

    >>> did_you_mean("mRMR", ["jmi", "mrmr-mid", "mrmr-miq"])
    "; did you mean 'mrmr-mid' or 'mrmr-miq'?"
    >>> did_you_mean("age", ["AGE", "Age", "height"])
    "; did you mean 'AGE' or 'Age'?"
    """
    known = list(known)
    near = get_close_matches(str(name).casefold(), dict.fromkeys(candidate.casefold() for candidate in known), n=most)
    names = [repr(candidate) for candidate in known if candidate.casefold() in near]
    if not names:
        return ""
    return f"; did you mean {', '.join(names[:-1])}{' or ' if names[1:] else ''}{names[-1]}?"
