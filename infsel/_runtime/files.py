"""Files that are there whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path` to write into, which takes its place at the end of the block.

    A block that fails or is interrupted leaves what was there before and nothing else. The file beside has the modes
    that a new file has, and `path` those of the file beside.
    """
    partial = path.with_name(f".infsel-{uuid4().hex}{path.suffix}")
    try:
        partial.touch(exist_ok=False)
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
