"""What a reader has to say about a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Notes:
    """Words that say how a file was read, sentences that say what became of it, and what may be wrong with it."""

    how: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """How it was read, in one line, and the sentences."""
        return ([f"read {joined(self.how)}"] if self.how else []) + self.said


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> joined(["with ';'", "decimal ','", "as cp1252"])
    "with ';', decimal ',' and as cp1252"
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def listed(names: Iterable[object], most: int = 8) -> str:
    """Names in quotes, the first of many and how many more there are.

    >>> listed("abcd", most=2), listed("ab")
    ("'a', 'b' and 2 more", "'a', 'b'")
    """
    quoted = [repr(name) for name in names]
    rest = f" and {len(quoted) - most} more" if len(quoted) > most else ""
    return ", ".join(quoted[:most]) + rest


def counted(number: int, what: str, plural: str = "") -> str:
    """A number of things.

    >>> counted(1, "row"), counted(2, "row"), counted(2, "class", "classes")
    ('1 row', '2 rows', '2 classes')
    """
    return f"{number} {what if number == 1 else plural or what + 's'}"
