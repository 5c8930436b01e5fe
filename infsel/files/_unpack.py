"""What is inside a compressed file."""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable

from infsel._runtime.extras import install

_SHEETS = ("[Content_Types].xml", "mimetype")  # members of Excel and OpenDocument files


def _zstd(data: bytes) -> bytes:
    import pyarrow as pa

    return pa.input_stream(pa.py_buffer(data), compression="zstd").read()


_PACKED: dict[bytes, tuple[str, Callable[[bytes], bytes]]] = {
    b"\x1f\x8b": ("gzip", gzip.decompress),
    b"BZh": ("bzip2", bz2.decompress),
    b"\xfd7zXZ": ("xz", lzma.decompress),
    b"\x28\xb5\x2f\xfd": ("zstd", _zstd),
}


def unpacked(data: bytes) -> tuple[bytes, list[str]]:
    """The contents, and by what they were compressed, from outside to inside.

    Raises
    ------
    ValueError
        If the file is damaged, or an archive of several files.
    """
    packers: list[str] = []
    while (found := _packer(data)) is not None:
        name, unpack = found
        try:
            data = unpack(data)
        except ModuleNotFoundError as missing:
            raise ValueError(f"it is compressed by {name}, which needs pyarrow: {install('cli')}.") from missing
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
            raise ValueError(f"it is compressed by {name} and damaged or cut off ({error}).") from error
        packers.append(name)
    return data, packers


def members(data: bytes) -> list[str]:
    """The names of the files in a zip archive; none of what is no archive."""
    if not data.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX/")]
    except zipfile.BadZipFile as error:
        raise ValueError(f"it is a zip archive and damaged or cut off ({error}).") from error


def _packer(data: bytes) -> tuple[str, Callable[[bytes], bytes]] | None:
    for beginning, packer in _PACKED.items():
        if data.startswith(beginning):
            return packer
    names = members(data)
    if not names or any(name in names for name in _SHEETS) or all(name.endswith(".npy") for name in names):
        return None
    if len(names) > 1:
        raise ValueError(f"it is a zip archive of {len(names)} files, {', '.join(names[:3])}, ...: unpack the table.")
    return "zip", lambda archive: zipfile.ZipFile(io.BytesIO(archive)).read(names[0])
