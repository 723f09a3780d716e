import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.pipeline.storage.lock import file_lock

HOLD = """
import sys
from pathlib import Path
from tuneloom.pipeline.storage.lock import file_lock

with file_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_is_held_once_and_removed_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with file_lock(path):
        with pytest.raises(BlockingIOError, match="held by another process"), file_lock(path):
            pass
        assert path.exists()
    assert not path.exists()
    with file_lock(path):
        pass


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BlockingIOError), file_lock(path):
        pass
    holder.kill()
    holder.communicate()
    with file_lock(path):
        pass
