"""Work spread over processes that are forked, so that they read the columns of their parent without copying them."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def fork_map(work: Callable[[T], R], items: Sequence[T], workers: int) -> list[R]:
    """`work` of each item, in order; this process takes its share. An error in a child is raised here."""
    workers = min(workers, len(items))
    if workers <= 1:
        return [work(item) for item in items]
    context = get_context("fork")
    children = []
    for number in range(1, workers):
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_share, args=(work, items[number::workers], sender), daemon=True)
        with warnings.catch_warnings():
            # Python 3.12 warns where other threads run; those of pyarrow's pool hold no lock that a child needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            child.start()
        sender.close()
        children.append((child, receiver))
    shares: list[list[R]] = [[work(item) for item in items[::workers]]]
    for child, receiver in children:
        shares.append(_received(receiver))
        child.join()
    return [shares[at % workers][at // workers] for at in range(len(items))]


def _share(work: Callable[[T], R], items: Sequence[T], sender: Connection) -> None:
    gc.disable()  # a collection would write to, and so copy, every page shared with the parent
    try:
        sender.send((True, [work(item) for item in items]))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
        sender.send((False, error))
    finally:
        sender.close()


def _received(receiver: Connection) -> list[R]:
    try:
        done, result = receiver.recv()
    except EOFError:
        raise ChildProcessError("a process that judged a part of the register ended early") from None
    finally:
        receiver.close()
    if not done:
        assert isinstance(result, Exception)
        raise result
    return list(result)
