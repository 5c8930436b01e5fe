"""How the command line fails: one line, exit code 2, never a traceback."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click


class BadInput(click.ClickException):
    """Something about the data, the options or the disk that the user can mend."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the one line."""
        click.echo(f"infsel: error: {' '.join(self.message.split())}", err=True, file=file)


@contextmanager
def reported(subject: str) -> Iterator[None]:
    """Turn a ValueError about `subject` into a `BadInput`, and each distinct warning into one line on stderr."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield
        except (ValueError, TypeError) as error:
            raise BadInput(f"{subject}: {error}") from error
    for message in dict.fromkeys(str(warning.message) for warning in caught):
        click.echo(f"infsel: warning: {subject}: {message}", err=True)
