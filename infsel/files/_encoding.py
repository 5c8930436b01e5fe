"""The encoding of a text, from what its bytes allow."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2**12  # bytes that show where the zeros of UTF-16 lie
_SHOWN = {"utf-8": "", "utf-8-sig": "", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text, and the name of its encoding where that is not UTF-8.

    Parameters
    ----------
    data : bytes
    encoding : str or None
        None to find out: a byte order mark, the zeros of UTF-16, UTF-8, else Windows-1252, which has latin-1 in it.

    Raises
    ------
    ValueError
        If the encoding is unknown, or the bytes are no text in it.
    """
    guess = encoding or _guessed(data)
    try:
        text = data.decode(guess)
    except LookupError as error:
        raise ValueError(f"there is no encoding {encoding!r}: try utf-8, utf-16, cp1252.") from error
    except UnicodeDecodeError as error:
        what = f"byte {error.object[error.start]:#04x} at position {error.start}"
        remedy = "--encoding says which it is in" if encoding is None else "leave --encoding out, or try another"
        raise ValueError(f"{what} is no text in {guess}: {remedy}.") from error
    if "\0" in text:
        raise ValueError("it holds NUL characters: it is damaged, or no text.")
    return text.removeprefix("\ufeff"), encoding or _SHOWN.get(guess, guess)


def _guessed(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    odd, even = data[1:_SAMPLE:2], data[:_SAMPLE:2]
    if odd.count(0) > len(odd) / 2:
        return "utf-16-le"
    if even.count(0) > len(even) / 2:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
