from pathlib import Path

import pytest

from tuneloom.grammar.errors import RunFailed
from tuneloom.pipeline.execution.runner import EMBEDDED, run_pipeline


def test_a_run_that_fails_gives_the_reason_and_a_file_with_the_details(tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("no such luck")

    with pytest.raises(RunFailed) as error:
        run_pipeline(fail, EMBEDDED, 1, [], tmp_path)
    message = str(error.value)
    assert message.startswith("the run failed: RuntimeError: no such luck; see ")
    log = Path(message.removesuffix(" for details").rpartition("see ")[2])
    assert "Traceback" in log.read_text()
    log.unlink()
