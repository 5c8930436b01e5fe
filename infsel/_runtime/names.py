"""What a name stands for, however it is written, and what to say of one that is not known."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Generic, TypeVar

Named = TypeVar("Named")

_TELLING = 3  # letters that a name begins with


class Names(Mapping[str, Named], Generic[Named]):
    """What names stand for, whatever the case of their letters and whether "-", "_", a space or nothing joins words.

    Parameters
    ----------
    named : mapping of str
        What the names of this table stand for; it is these that are listed.
    **aliases : str
        Other names for some of them.

    Examples
    --------
    >>> names = Names({"jmi": 1, "mutual-information": 2}, mi="mutual-information")
    >>> names["JMI"], names["Mutual_Information"], names["MI"], "chi2" in names
    (1, 2, 2, False)
    >>> list(names), names.own("MI")
    (['jmi', 'mutual-information'], 'mutual-information')
    """

    def __init__(self, named: Mapping[str, Named], **aliases: str) -> None:
        self._named = dict(named)
        self._own = {_letters(alias): name for alias, name in aliases.items()} | {
            _letters(name): name for name in named
        }

    def own(self, name: str) -> str:
        """The name as this table lists it, a KeyError where it lists none."""
        return self._own[_letters(name)]

    def __getitem__(self, name: str) -> Named:
        return self._named[self.own(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)


def _letters(name: str) -> str:
    return str(name).casefold().translate(_JOINTS)


_JOINTS = str.maketrans("", "", "-_ ")


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

    Names that begin with it are what was meant, however long they are; else those that look alike.

    >>> did_you_mean("mRMR", ["jmi", "mrmr-mid", "mrmr-miq"])
    "; did you mean 'mrmr-mid' or 'mrmr-miq'?"
    >>> did_you_mean("age", ["AGE", "Age", "height"])
    "; did you mean 'AGE' or 'Age'?"
    >>> did_you_mean("n_feature", ["n_features_to_select", "feature_costs"])
    "; did you mean 'n_features_to_select'?"
    """
    known, meant = list(known), str(name).casefold()
    folded = list(dict.fromkeys(candidate.casefold() for candidate in known))
    begun = [candidate for candidate in folded if candidate.startswith(meant)] if len(meant) >= _TELLING else []
    near = begun[:most] or get_close_matches(meant, folded, n=most)
    names = [repr(candidate) for candidate in known if candidate.casefold() in near]
    if not names:
        return ""
    return f"; did you mean {', '.join(names[:-1])}{' or ' if names[1:] else ''}{names[-1]}?"
