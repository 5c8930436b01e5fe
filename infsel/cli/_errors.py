"""How the command line fails: one line, exit code 2, never a traceback."""

import io
import os
import re
import shlex
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from infsel._runtime.text import printable

_DEBUG = "INFSEL_DEBUG"
ALERTED = "may name or number the samples"  # a warning of selectors, which an alert says


class BadInput(click.ClickException):
    """Something about the data, the options or the disk that the user can mend."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the one line."""
        click.echo(f"infsel: error: {printable(' '.join(self.message.split()))}", err=True, file=file)


class Group(click.Group):
    """Commands whose failures are lines of printable text, whatever it was that failed."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command; a file in its place is a table to rank."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if not Path(args[0]).is_file():
                raise
            hint = f"To rank the columns of a file: infsel rank {shlex.quote(args[0])}"
            raise click.UsageError(f"{error.message} {hint}", ctx) from error

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and exit with 2 after any error and with 130 after an interrupt."""
        try:
            code = super().main(*args, **extra | {"standalone_mode": False})
        except click.Abort:
            _end("infsel: interrupted", 130)
        except click.ClickException as error:
            if "unexpected extra argument" in error.message:  # what a shell makes of a pattern
                also = "Several files are one table to rank in quotes: 'folder/*.parquet'."
                error = click.UsageError(f"{error.message} {also}", getattr(error, "ctx", None))
            if debugging() and not isinstance(error, click.UsageError):
                raise
            lines = io.StringIO()
            error.show(file=lines)
            _end(lines.getvalue().rstrip("\n"), error.exit_code)
        except Exception as error:
            if debugging():
                raise
            what = " ".join(described(error).split())
            _end(f"infsel: error: {what} (a bug: please report it with what {_DEBUG}=1 shows)", 2)
        sys.exit(code if isinstance(code, int) else 0)


def debugging() -> bool:
    """Whether the user wants to see tracebacks."""
    return bool(os.environ.get(_DEBUG))


def described(error: BaseException) -> str:
    """What an exception says, and its type where that is part of the message or all there is."""
    said = str(error)
    return said if said and isinstance(error, (ValueError, TypeError, OSError)) else f"{type(error).__name__}: {said}"


def warn(message: str) -> None:
    """Print a warning on stderr."""
    click.echo(f"infsel: warning: {printable(' '.join(message.split()))}", err=True)


def in_words_of_options(message: str, target: object) -> str:
    """What an estimator says of y and task, said of the target and of --task; rows count from 1 as everywhere here.

    >>> in_words_of_options("y holds 0.5, which is no class label: use task='regression'.", "price")
    "target 'price' holds 0.5, which is no class label: use --task regression."
    """
    named = _Y.sub(lambda _: f"target {target!r}", message) if target is not None else message
    counted = re.sub(r"\bfirst in row (\d+)", lambda found: f"first in data row {int(found[1]) + 1}", named)
    return re.sub(r"\btask='(\w+)'", r"--task \1", counted)


_Y = re.compile(r"(?<![\w'\"=.(,])y(?= (?:has|holds|is|was|contains|cannot|does)\b)")


@contextmanager
def warned(subject: str, but: str | None = None, target: object = None) -> Iterator[None]:
    """Print each distinct warning of a block that ends well, `but` those of a text, as one line about `subject`."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for message in dict.fromkeys(str(warning.message) for warning in caught):
        if but is None or but not in message:
            warn(f"{subject}: {in_words_of_options(message, target)}")


@contextmanager
def reported(subject: str, but: str | None = None, target: object = None) -> Iterator[None]:
    """Turn an error about `subject` into a `BadInput`, and each distinct warning into one line on stderr."""
    with warned(subject, but, target):
        try:
            yield
        except (ValueError, TypeError, ArithmeticError, MemoryError) as error:
            raise BadInput(f"{subject}: {in_words_of_options(described(error), target)}") from error


def _end(lines: str, code: int) -> None:
    for line in lines.split("\n"):
        click.echo(printable(line), err=True)
    sys.exit(code)
