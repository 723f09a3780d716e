from pathlib import Path

import pytest

from tuneloom.cli.app import main

WALTZ = "X:1\nT:Waltz\nM:3/4\nL:1/4\nK:Am\nA2B|c2d|e2c|A3|]\n"


def test_ingest_passes_every_argument_on(tmp_path: Path) -> None:
    (tmp_path / "waltz.abc").write_text(WALTZ)
    output = tmp_path / "set"
    arguments = ["--input", str(tmp_path / "waltz.abc"), "--output", str(output), "--shards", "1"]
    assert main(["ingest", *arguments]) == 0
    assert (output / "tunes-train-00000-of-00001.tfrecord").is_file()


def test_ingest_gives_the_status_of_the_pipeline(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "--souce", "folk"]) == 2
    assert capsys.readouterr().err == "error: unknown option --souce; did you mean --source?\n"


def test_ingest_shows_the_help_of_the_pipeline(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["ingest", "--help"])
    assert "--source NAME" in capsys.readouterr().out
