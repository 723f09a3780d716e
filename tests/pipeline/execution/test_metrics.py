# mypy: allow-untyped-calls
from pathlib import Path

import apache_beam as beam
from apache_beam.metrics.metric import MetricsFilter
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner

from tuneloom.pipeline.execution.graph import build_graph
from tuneloom.pipeline.execution.metrics import METRICS
from tuneloom.pipeline.options import parse_options
from tuneloom.pipeline.planning import make_plan


def test_the_runner_counts_tunes_by_source_and_rejects_by_code(book: Path, tmp_path: Path) -> None:
    plan = make_plan(parse_options(["--input", str(book), "--output", str(tmp_path / "set")]))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    pipeline = beam.Pipeline(runner=FnApiRunner())
    build_graph(pipeline, plan, tmp_path, scratch, [])
    result = pipeline.run()
    result.wait_until_finish()
    found = result.metrics().query(MetricsFilter().with_namespace(METRICS))
    assert {each.key.metric.name: each.committed for each in found["counters"]} == {
        "read/input": 5,
        "parseable-as-found/input": 4,
        "parseable-after-repair/input": 4,
        "rejected/unclosed-chord/input": 1,
        "rejected/duplicate/input": 1,
    }
