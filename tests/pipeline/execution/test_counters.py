from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tuneloom.pipeline.execution.counters import Ticks


def test_ticks_of_many_at_once_are_all_counted(tmp_path: Path) -> None:
    ticks = Ticks(tmp_path / "count")
    assert ticks.count() == 0
    with ThreadPoolExecutor(8) as pool:
        for _ in range(400):
            pool.submit(ticks.tick)
    assert ticks.count() == 400
    ticks.tick(16)
    assert ticks.count() == 416
