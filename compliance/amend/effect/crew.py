"""Work that two processes share: each takes the next task, and every answer stands in the place of its task.

An answer may depend on nothing but its task and what was there when the work began, so it is the same whoever made it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from attrs import define, field

Task = TypeVar("Task")
Answer = TypeVar("Answer")


@define(eq=False)
class Crew(Generic[Task, Answer]):
    """Tasks, begun by a second process as soon as this is made; `answers` takes part in what is left."""

    tasks: Sequence[Task]
    work: Callable[[Task], Answer]
    jobs: int = 2
    order: Sequence[int] | None = None
    """The places of the tasks in the order in which they are taken: what takes long had better begin early."""
    _next: Any = field(default=None, init=False)
    _other: Any = field(default=None, init=False)
    _pipe: Connection | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        if self.jobs < 2 or not self.tasks or "fork" not in multiprocessing.get_all_start_methods():
            return
        context = multiprocessing.get_context("fork")
        self._next = context.Value("i", 0)
        self._pipe, theirs = context.Pipe(duplex=False)
        self._other = context.Process(target=self._aside, args=(theirs,), daemon=True)
        self._other.start()
        theirs.close()

    def _aside(self, pipe: Connection) -> None:
        """The second process: its answers, and the error that stopped it."""
        found: dict[int, Answer] = {}
        try:
            self._take(found)
        except Exception as error:  # noqa: BLE001  (told to the first process, which works on and meets it again)
            pipe.send((found, repr(error)))
        else:
            pipe.send((found, ""))
        pipe.close()

    def _take(self, found: dict[int, Answer]) -> None:
        while True:
            with self._next.get_lock():
                turn = self._next.value
                self._next.value = turn + 1
            if turn >= len(self.tasks):
                return
            at = turn if self.order is None else self.order[turn]
            found[at] = self.work(self.tasks[at])

    def answers(self) -> tuple[Answer, ...]:
        """The answers in the order of the tasks. What the second process did not finish is done here."""
        found: dict[int, Answer] = {}
        if self._other is not None:
            self._take(found)
            found |= self._received()
        return tuple(found[at] if at in found else self.work(task) for at, task in enumerate(self.tasks))

    def _received(self) -> dict[int, Answer]:
        assert self._pipe is not None
        try:
            theirs, _ = self._pipe.recv()
        except EOFError:
            theirs = {}
        self._other.join()
        return dict(theirs)


__all__ = ["Crew"]
