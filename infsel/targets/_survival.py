"""Right-censored times: which of two columns says whether there was an event, and which says when."""

from typing import Any

import numpy as np

SURVIVAL = np.dtype([("event", bool), ("time", np.float64)])
_EVENTS = ("event", "status")
_TIMES = ("time",)


def names_survival(names: list[str]) -> bool:
    """Whether two columns are called event (or status) and time."""
    low = sorted(name.lower() for name in names)
    return len(low) == 2 and low[0] in _EVENTS and low[1] in _TIMES


def events_and_times(columns: tuple[Any, Any], rows: np.ndarray | None) -> np.ndarray:
    """An array with the fields event and time, shape (n_samples,).

    Parameters
    ----------
    columns : tuple of two Column
        In either order.
    rows : ndarray of int of shape (n_samples,) or None
        The numbers that messages give the samples.

    Raises
    ------
    ValueError
        If no column or each of them could hold the events, none happens, or a time is negative or no number.
    """
    event, time = _told_apart(*columns)
    if not time.numeric:
        raise ValueError(f"{time.name} holds {time.values.tolist()[0]!r}, which is no time: pass numbers.")
    negative = time.values < 0
    if negative.any():
        first = int(negative.argmax())
        row = first if rows is None else int(rows[first])
        raise ValueError(
            f"{time.name} holds {negative.sum()} negative times, the first in row {row} ({time.values[first]}); count "
            "them from when a sample is first observed, or drop those rows."
        )
    if not event.values.any():
        raise ValueError(f"{event.name} holds no event: every time is censored, and nothing can be ranked by them.")
    found = np.empty(len(time.values), dtype=SURVIVAL)
    found["event"], found["time"] = event.values.astype(bool), time.values
    return found


def _told_apart(one: Any, other: Any) -> tuple[Any, Any]:
    """The events, then the times."""
    for says in (_is_boolean, _is_called_event, _holds_flags):
        if says(one) != says(other):
            event, time = (one, other) if says(one) else (other, one)
            _check_flags(event)
            return event, time
    raise ValueError(
        f"y is to hold events and times, and {one.name} and {other.name} do not tell which is which: pass events as "
        "True and False, or name them 'event' and 'time'."
    )


def _is_boolean(column: Any) -> bool:
    return bool(column.values.dtype.kind == "b")


def _is_called_event(column: Any) -> bool:
    return any(f"'{word}'" in column.name.lower() for word in _EVENTS)


def _holds_flags(column: Any) -> bool:
    return column.numeric and bool(np.isin(column.values, (0, 1)).all())


def _check_flags(event: Any) -> None:
    if not _holds_flags(event):
        odd = next(value for value in event.values.tolist() if value not in (0, 1))
        raise ValueError(
            f"{event.name} holds {odd!r}: an event is True or False, or 1 or 0 for a censored time; compare with what "
            "stands for an event, such as status == 2."
        )
