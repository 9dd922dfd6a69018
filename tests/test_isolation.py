"""Deadline and memory belong to the task: an overrun costs one row, the workers and the other tasks go on."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest

from briefing.errors import TaskFailed, TemplateError
from briefing.isolation import Workers

LIMITS = {"seconds": 5.0, "megabytes": 200}


def double(number: int) -> int:
    return 2 * number


def fail(word: str) -> None:
    raise ValueError(f"no such word:\n{word}")


def refuse() -> None:
    raise TemplateError("brief.md:3: 'stroies' is undefined")


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def hog(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def creep(megabytes: int) -> int:
    kept = []
    for _ in range(megabytes):
        kept.append(b"x" * 2**20)
        time.sleep(0.001)
    return len(kept)


def hang_in_native_code() -> bool:
    return re.match(r"(a+)+$", "a" * 64 + "b") is None


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def pid() -> int:
    return os.getpid()


def lock() -> object:
    import threading

    return threading.Lock()


def test_results_come_in_order(isolate: Workers) -> None:
    assert list(isolate.map(double, ((n,) for n in range(50)), **LIMITS)) == [2 * n for n in range(50)]


def test_a_worker_carries_many_tasks() -> None:
    with Workers(1) as workers:
        assert len({workers.call(pid, **LIMITS) for _ in range(5)}) == 1


def test_an_exception_becomes_one_line(isolate: Workers) -> None:
    with pytest.raises(TaskFailed, match=r"^ValueError: no such word: x$"):
        isolate.call(fail, "x", **LIMITS)


def test_an_error_of_our_own_kind_comes_back_as_it_is(isolate: Workers) -> None:
    with pytest.raises(TemplateError, match=r"brief\.md:3"):
        isolate.call(refuse, **LIMITS)


@pytest.mark.parametrize(("function", "arguments"), [(sleep, (60.0,)), (hang_in_native_code, ())])
def test_an_overrun_is_ended_at_its_deadline(isolate: Workers, function: object, arguments: tuple[object, ...]) -> None:
    start = time.monotonic()
    with pytest.raises(TaskFailed, match=r"longer than 0\.3 s"):
        isolate.call(function, *arguments, seconds=0.3, megabytes=200)  # type: ignore[arg-type]
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("function", [hog, creep])
def test_memory_is_limited(isolate: Workers, function: object) -> None:
    with pytest.raises(TaskFailed, match="more than 100 MB"):
        isolate.call(function, 1000, seconds=10.0, megabytes=100)  # type: ignore[arg-type]


def test_a_worker_that_dies_is_named_and_replaced(isolate: Workers) -> None:
    with pytest.raises(TaskFailed, match="SIGKILL"):
        isolate.call(die, **LIMITS)
    assert isolate.call(double, 4, **LIMITS) == 8


def test_one_bad_task_never_costs_another(isolate: Workers) -> None:
    outcomes = list(isolate.map(sleep, [(0.0,), (60.0,), (0.01,), (0.0,)], seconds=0.5, megabytes=200))
    assert [isinstance(outcome, TaskFailed) for outcome in outcomes] == [False, True, False, False]


def test_what_cannot_be_sent_is_named(isolate: Workers) -> None:
    with pytest.raises(TaskFailed, match="could not be sent"):
        isolate.call(lock, **LIMITS)
    with pytest.raises(TaskFailed, match="could not be sent"):
        isolate.call(double, lambda: None, **LIMITS)
    assert isolate.call(double, 1, **LIMITS) == 2


def test_an_abandoned_map_leaves_no_work_behind() -> None:
    with Workers(2) as workers:
        outcomes = workers.map(sleep, [(0.0,), (30.0,)], seconds=60.0, megabytes=200)
        assert next(outcomes) == "awake"
        start = time.monotonic()
        outcomes.close()  # type: ignore[attr-defined]
        assert time.monotonic() - start < 3
