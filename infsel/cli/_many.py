"""Many files as the table of a command: in memory where they fit, else where workers have them."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Any

from infsel._runtime.memory import machine
from infsel.cli._errors import BadInput
from infsel.cli._options import Reading
from infsel.cli._source import Source
from infsel.distributed import require_dask
from infsel.files import FileTable, ManyFiles, read_frame, read_many

_SHARE = 0.25  # of the memory of this machine, up to which a table is read into it


@contextmanager
def cluster_of(workers: int | None) -> Iterator[None]:
    """A cluster of this machine for the work inside, of so many processes; none for None. It ends with the work."""
    if workers is None:
        yield
        return
    distributed = _required("distributed")
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # of tasks that an interrupt leaves behind
    options = {"threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": logging.CRITICAL}
    with _interrupts_later():
        cluster = distributed.LocalCluster(n_workers=workers, **options)
    with cluster, distributed.Client(cluster):
        yield


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Let signals wait for the end of the work inside; processes and threads that it starts never get them.

    So a cluster is there whole or not at all, and Ctrl-C is for this process alone, which ends its workers itself.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # its start would let signals through to what starts after it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def many_of(source: Source, reading: Reading) -> ManyFiles:
    """The files of a source, with the columns that the user wants.

    Raises
    ------
    BadInput
    """
    if not reading.header:
        raise BadInput(
            f"{source}: files of one table are told apart by the names of their columns: without --no-header."
        )
    if reading.index is not None:
        raise BadInput(f"{source}: labels of rows are not read from several files: --drop leaves a column out.")
    _required("dask.dataframe")
    how = {"separator": reading.separator, "decimal": reading.decimal, "encoding": reading.encoding}
    try:
        return read_many(source.files, **how)
    except ValueError as error:
        raise BadInput(str(error)) from error


def fits(many: ManyFiles) -> bool:
    """Whether this process has room for the table and for what is made of it."""
    return many.n_bytes <= _SHARE * machine()


def in_memory(many: ManyFiles) -> FileTable:
    """The table in this process, where everything is read that one file may hold."""
    frame = many.frame.compute()
    table = read_frame(frame.reset_index(drop=frame.index.name is None))
    return FileTable(table.frame, [many.said, *table.said], table.warned, table.labels)


def _required(module: str) -> Any:
    try:
        return require_dask(module)
    except ImportError as error:
        raise BadInput(f"several files, and --workers, need a package: {error}") from error
