from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tuneloom.pipeline.execution.counters import ProgressCounter


def test_concurrent_increments_are_all_counted(tmp_path: Path) -> None:
    counter = ProgressCounter(tmp_path / "count")
    assert counter.value() == 0
    with ThreadPoolExecutor(8) as pool:
        for _ in range(400):
            pool.submit(counter.increment)
    assert counter.value() == 400
    counter.increment(16)
    assert counter.value() == 416
