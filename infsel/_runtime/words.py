"""Lists and counts in sentences."""

from collections.abc import Iterable, Sequence

SHOWN = 8  # of many


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> joined(["with ';'", "decimal ','", "as cp1252"])
    "with ';', decimal ',' and as cp1252"
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def listed(names: Iterable[object], most: int = SHOWN) -> str:
    """Names in quotes, the first of many and how many more there are.

    >>> listed("abcd", most=2), listed("ab")
    ("'a', 'b' and 2 more", "'a', 'b'")
    """
    return first([repr(name) for name in names], most)


def first(words: Sequence[str], most: int = SHOWN) -> str:
    """The first of many words, and how many more there are.

    >>> first(["a (1)", "b (2)", "c (3)"], most=2)
    'a (1), b (2) and 1 more'
    """
    rest = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + rest


def counted(number: int, what: str, plural: str = "") -> str:
    """A number of things.

    >>> counted(1, "row"), counted(2, "row"), counted(2, "class", "classes")
    ('1 row', '2 rows', '2 classes')
    """
    return f"{number} {what if number == 1 else plural or what + 's'}"
