"""What a reader has to say about a file."""

from dataclasses import dataclass, field

from infsel._runtime.words import joined


@dataclass
class Notes:
    """Words that say how a file was read, sentences that say what became of it, and what may be wrong with it."""

    how: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """How it was read, in one line, and the sentences."""
        return ([f"read {joined(self.how)}"] if self.how else []) + self.said
