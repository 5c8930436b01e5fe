"""Tables in files as people have them, read into data frames of typed columns, with a word on how each was read."""

from infsel.files._many import ManyFiles, read_many
from infsel.files._read import FileTable, read_frame, read_table

__all__ = ["FileTable", "ManyFiles", "read_frame", "read_many", "read_table"]
