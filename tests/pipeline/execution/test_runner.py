# mypy: allow-untyped-calls
import sys
from pathlib import Path
from types import SimpleNamespace

import apache_beam as beam
import IPython
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


def test_in_a_notebook_a_pipeline_is_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        IPython, "get_ipython", lambda: SimpleNamespace(execution_count=1, config={})
    )

    def lay_out(pipeline: beam.Pipeline) -> None:
        _ = pipeline | "two numbers" >> beam.Create([1, 2]) | "as text" >> beam.Map(str)

    run_pipeline(lay_out, EMBEDDED, 1, [], tmp_path)
    assert "apache_beam.runners.interactive.interactive_environment" not in sys.modules
