"""Tables beyond one machine: blocks of columns on a Dask cluster, of which vectors alone come to the client."""

from infsel.distributed._mixed_table import DaskMixedTable
from infsel.distributed._rows import DistributedRows
from infsel.distributed._runner import runner
from infsel.distributed._scheduler import Runner
from infsel.distributed._source import is_dask, is_dask_frame, is_out_of_reach, require_dask
from infsel.distributed._table import DaskTable
from infsel.distributed._tall import TallTable, table_of

__all__ = [
    "DaskMixedTable",
    "DaskTable",
    "DistributedRows",
    "Runner",
    "TallTable",
    "is_dask",
    "is_dask_frame",
    "is_out_of_reach",
    "require_dask",
    "runner",
    "table_of",
]
