"""Progress of a fit as the tasks of scikit-learn's callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from infsel._runtime.progress import watched_by

try:
    from sklearn.callback import CallbackSupportMixin
except ImportError:  # scikit-learn before 1.9 has no callbacks

    class CallbackSupportMixin:  # type: ignore[no-redef]
        """Nothing to support."""


__all__ = ["CallbackSupportMixin", "reported_to_callbacks"]

_PARTS = 100


@contextmanager
def reported_to_callbacks(estimator: Any) -> Iterator[None]:
    """Let the callbacks of an estimator see the fit inside as a task of products, each of a hundred parts."""
    if not getattr(estimator, "_skl_callbacks", None):
        yield
        return
    root = estimator._init_callback_context(max_subtasks=None)
    root.call_on_fit_task_begin(estimator=estimator)
    with watched_by(_Tasks(estimator, root)):
        yield
    root.call_on_fit_task_end(estimator=estimator)


class _Tasks:
    """Turns stages of work into tasks."""

    def __init__(self, estimator: Any, root: Any) -> None:
        self._estimator, self._root = estimator, root

    def begin(self, stage: str) -> None:
        self._task, self._n_parts = self._root.subcontext(task_name=stage, max_subtasks=_PARTS), 0
        self._task.call_on_fit_task_begin(estimator=self._estimator)

    def advance(self, share: float) -> None:
        while self._n_parts < int(share * _PARTS):
            part = self._task.subcontext(task_name="part")
            part.call_on_fit_task_begin(estimator=self._estimator)
            part.call_on_fit_task_end(estimator=self._estimator)
            self._n_parts += 1

    def end(self) -> None:
        self._task.call_on_fit_task_end(estimator=self._estimator)
