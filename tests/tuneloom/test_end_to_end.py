"""From tunes on disk to a score beside them, through the commands alone."""

import json
from pathlib import Path

import pytest

from tuneloom.cli.app import main
from tuneloom.corpus.sources import SOURCES

pytestmark = pytest.mark.slow


def test_a_score_is_shown_beside_that_of_real_tunes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = tmp_path / "fife"
    [tunes, _] = SOURCES["fife"].files()
    assert main(["ingest", "--source", "fife", "--output", str(dataset)]) == 0
    capsys.readouterr()

    arguments = [tunes.location, "--against", str(dataset), "--output-format", "json"]
    assert main(["score", *arguments]) == 0

    reference = json.loads(capsys.readouterr().out)["reference"]
    assert reference["tunes"] > 0
    assert reference["parseable"]["percent"] == 100.0
    assert reference["as_found"]["tunes"] == 185
    assert 80 < reference["as_found"]["parseable"]["percent"] < 100
