"""The one runner of killable workers.

Parsers of hostile input and renderers of strangers' templates run here, never in the main process. Workers are long-lived processes
that carry many tasks; deadline and memory limit belong to the task. An overrun kills its worker, a fresh one takes its place, and the
task alone ends as ``TaskFailed``. Workers come from a fork server: the main process is never forked, so its threads are safe.

Memory is held in two ways: ``RLIMIT_DATA`` stops a burst inside one allocation, the resident-memory watch stops slow growth.
``RLIMIT_AS`` is left alone: libraries that reserve address space without using it abort under it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Self, TypeVar, cast

from briefing.errors import BriefingError, TaskFailed

__all__ = ["Workers"]

T = TypeVar("T")

MEGABYTE = 2**20
WATCH_SECONDS = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Workers:
    """Up to ``count`` worker processes, started when first needed; implements ``models.ports.Isolate``.

    Use as a context manager, or call ``close``. Functions must be importable (module level) and their arguments and results picklable.
    """

    def __init__(self, count: int = 2) -> None:
        self._count = max(1, count)
        self._idle: list[_Worker] = []
        self._context = multiprocessing.get_context("forkserver")
        # Every task speaks in models: imported once, before the workers are forked. Nothing that starts threads may stand here.
        self._context.set_forkserver_preload(["briefing.models"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends all idle workers."""
        while self._idle:
            self._idle.pop().end()

    def call(self, function: Callable[..., T], *arguments: object, seconds: float, megabytes: int) -> T:
        """The function's result. TaskFailed when it raised, ran past ``seconds`` or past ``megabytes``; errors of our own kind
        (``BriefingError``) come back as they are."""
        (outcome,) = self.map(function, [arguments], seconds=seconds, megabytes=megabytes)
        if isinstance(outcome, BriefingError):
            raise outcome
        return outcome

    def map(
        self, function: Callable[..., T], arguments: Iterable[tuple[object, ...]], *, seconds: float, megabytes: int
    ) -> Iterator[T | TaskFailed]:
        """One outcome per argument tuple, in order, as soon as it and those before it are there. The arguments are read only a
        little ahead of the workers, so a generator need not fit into memory."""
        return cast("Iterator[T | TaskFailed]", self._run(function, iter(arguments), seconds, megabytes))

    def _run(
        self, function: Callable[..., object], waiting: Iterator[tuple[object, ...]], seconds: float, megabytes: int
    ) -> Iterator[object]:
        busy: dict[int, _Worker] = {}
        done: dict[int, object] = {}
        order: deque[int] = deque()
        exhausted, number = False, 0
        try:
            while busy or not exhausted or order:
                while not exhausted and len(busy) < self._count and len(done) < 4 * self._count:
                    try:
                        arguments = next(waiting)
                    except StopIteration:
                        exhausted = True
                        break
                    worker = self._idle.pop() if self._idle else _Worker(self._context)
                    order.append(number)
                    failure = worker.give((function, arguments, megabytes), seconds, megabytes)
                    if failure is None:
                        busy[number] = worker
                    else:
                        done[number] = failure
                        self._idle.append(worker)
                    number += 1
                for key, outcome in _finished(busy):
                    worker = busy.pop(key)
                    done[key] = outcome
                    if worker.alive:
                        self._idle.append(worker)
                while order and order[0] in done:
                    yield done.pop(order.popleft())
        finally:
            for worker in busy.values():
                worker.kill()


def _finished(busy: dict[int, _Worker]) -> list[tuple[int, object]]:
    """Outcomes of the workers that answered, died, or have to be killed; waits at most one watch interval for one."""
    if not busy:
        return []
    wait([worker.pipe for worker in busy.values()], timeout=WATCH_SECONDS)
    answers = ((key, worker.outcome()) for key, worker in busy.items())
    return [(key, outcome) for key, outcome in answers if outcome is not _NOTHING]


_NOTHING = object()


@dataclass
class _Limit:
    deadline: float
    seconds: float
    megabytes: int
    floor: int


class _Worker:
    """One process and our end of its pipe."""

    def __init__(self, context: multiprocessing.context.ForkServerContext) -> None:
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._limit = _Limit(0.0, 0.0, 0, 0)

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def give(self, task: tuple[object, ...], seconds: float, megabytes: int) -> TaskFailed | None:
        """Sends a task; the failure when it cannot even be sent (an argument that does not pickle)."""
        self._limit = _Limit(time.monotonic() + seconds, seconds, megabytes, _resident(self._process.pid))
        try:
            self.pipe.send(task)
        except Exception as error:
            return TaskFailed(f"the task could not be sent to its worker: {_line(error)}")
        return None

    def outcome(self) -> object:
        """The answer, a TaskFailed when the worker died or had to be killed, or ``_NOTHING`` while it is at work."""
        if self.pipe.poll():
            try:
                return self.pipe.recv()
            except (EOFError, OSError):
                self.kill()
                return TaskFailed(f"the worker ended without an answer ({_ending(self._process.exitcode)})")
            except Exception as error:
                self.kill()
                return TaskFailed(f"the answer could not be read: {_line(error)}")
        if time.monotonic() > self._limit.deadline:
            self.kill()
            return TaskFailed(f"took longer than {self._limit.seconds:g} s and was ended")
        if _resident(self._process.pid) - self._limit.floor > self._limit.megabytes * MEGABYTE:
            self.kill()
            return TaskFailed(f"used more than {self._limit.megabytes} MB of memory and was ended")
        return _NOTHING

    def end(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self.pipe.send(None)
        self._process.join(timeout=0.5)
        self.kill()

    def kill(self) -> None:
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(pipe: Connection) -> None:
    """The worker's loop: one task at a time, until None or a closed pipe. Interrupts are the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        except Exception as error:  # a task that does not unpickle must not end the loop
            pipe.send(TaskFailed(f"the task could not be read: {_line(error)}"))
            continue
        if task is None:
            return
        _answer(pipe, *task)


def _answer(pipe: Connection, function: Callable[..., object], arguments: tuple[object, ...], megabytes: int) -> None:
    restore = _limit_data(megabytes)
    outcome: object
    try:
        outcome = function(*arguments)
    except BriefingError as error:
        outcome = error
    except MemoryError:
        outcome = TaskFailed(f"used more than {megabytes} MB of memory and was ended")
    except RecursionError:
        outcome = TaskFailed("nested too deeply to be read")
    except Exception as error:
        outcome = TaskFailed(_line(error))
    finally:
        restore()
    try:
        pipe.send(outcome)
    except Exception as error:
        pipe.send(TaskFailed(f"the answer could not be sent: {_line(error)}"))


def _limit_data(megabytes: int) -> Callable[[], None]:
    """Limits the data segment to what is in use now plus ``megabytes``; returns what lifts the limit again."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the resident-memory watch remains
        return lambda: None
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _data(os.getpid()) + megabytes * MEGABYTE
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))

    def restore() -> None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

    return restore


def _memory(pid: int | None, column: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[column]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _resident(pid: int | None) -> int:
    return _memory(pid, 1)


def _data(pid: int) -> int:
    return _memory(pid, 5)


def _line(error: BaseException) -> str:
    words = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
