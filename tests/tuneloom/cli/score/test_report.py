"""Reports on runs that were not trained, with tunes of files; and on one that was."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tuneloom.cli.app import main
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics, MetricsRow
from tuneloom.pipeline.dataset.manifest import Manifest

TUNES = (
    "%%tuneloom draws 2\n%%tuneloom constraint metre\n\n%%tuneloom draw 1\n"
    "M:4/4\nL:1/4\nK:D\nABcd|ABcf|\n\n%%tuneloom draw 2\nM:4/4\nL:1/4\nK:D\nABk\n"
)


@pytest.fixture
def tunes(tmp_path: Path) -> str:
    path = tmp_path / "tunes.abc"
    path.write_text(TUNES)
    return str(path)


def run_in(path: Path, *, bits: float | None, rate: float, manifest: str = "", **set: int) -> str:
    """A run with a thousand steps behind it."""
    run = RunDirectory(path, TrainingConfig(**set), manifest, Vocabulary("AB|"))  # type: ignore[arg-type]
    run.create()
    first = MetricsRow(50, 0.1, 6400, 9.0, 4e-3, 3.0)
    Metrics([first, MetricsRow(1000, 2.0, 128_000, 180.0, rate, 1.2, bits, 90.0, 70.0)]).write(
        run.metrics
    )
    return str(path)


def report_on(*arguments: str, output: Path) -> str:
    assert main(["report", *arguments, "-o", str(output)]) == 0
    return output.read_text("utf-8")


def test_settings_scores_and_tunes_of_two_runs_are_side_by_side(tmp_path: Path, tunes: str) -> None:
    one = run_in(tmp_path / "one", bits=1.1, rate=0.0)
    other = run_in(tmp_path / "other", bits=1.2, rate=0.0, units=256)
    text = report_on(one, other, "--tunes", tunes, "--tunes", tunes, output=tmp_path / "r.md")
    assert "| setting | one | other |\n| --- | --- | --- |\n| units | 512 | 256 |\n\n" in text
    assert "| level | one (n = 2) | other (n = 2) |" in text
    assert "| parseable, % | 50.0 (9.5–90.5) | 50.0 (9.5–90.5) |" in text
    assert "These are the tunes of tunes.abc (constraint metre)." in text
    assert text.count("```abc\n") == 4
    assert "![Metrics over the time of training: one, other](data:image/svg+xml;base64," in text


def test_what_a_reader_must_know_is_said_where_he_looks(tmp_path: Path) -> None:
    one = run_in(tmp_path / "one", bits=None, rate=4e-3, manifest="abcd")
    other = run_in(tmp_path / "other", bits=1.2, rate=0.0)
    with RunDirectory.open(Path(other)).lock():
        text = report_on(one, other, output=tmp_path / "report.md")
    parts = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    assert "No data set was given" in parts["Data"]
    assert "one was stopped before the end of its schedule" in parts["Training"]
    assert "one has no validation figures" in parts["Training"]
    assert "other is being trained while this is written" in parts["Training"]
    assert "trained on different data sets" in parts["Training"]
    assert "There are no tunes of one: it has no network yet." in parts["Scores"]
    assert "Not measured" in parts["Originality"]


def test_a_data_set_gives_a_card_validation_tunes_and_originality(
    tmp_path: Path, data: Path, tunes: str
) -> None:
    one = run_in(tmp_path / "one", bits=1.1, rate=0.0, manifest=Manifest.load(data).sha256)
    other = run_in(tmp_path / "other", bits=1.1, rate=0.0, manifest="abcd")
    text = report_on(
        *(one, other, "--against", str(data), "--tunes", tunes, "--tunes", tunes),
        output=tmp_path / "report.html",
    )
    assert f"Manifest (SHA-256): <code>{Manifest.load(data).sha256}</code>" in text
    assert re.search(r"<th scope=\"col\">validation \(n = \d+\)</th>", text)
    assert '<th scope="col">distance from validation tunes</th>' in text
    assert "one: none of 1 tunes is a copy of a training tune." in text
    assert "Nearest training tune: “Tune " in text
    assert text.count("other: trained on another data set than") == 2
    assert f"tuneloom train {data} --run {shlex.quote(one)} --steps 1000\n" in text


def test_only_a_report_of_ours_is_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = run_in(tmp_path / "one", bits=1.1, rate=0.0)
    for name in ("report.html", "report.md"):
        output = tmp_path / name
        command = ["report", one, "-n", "0", "-o", str(output)]
        assert main(command) == 0
        assert main(command) == 2
        assert main([*command, "--overwrite"]) == 0
        output.write_text("mine")
        assert main([*command, "--overwrite"]) == 2
        assert "will not replace it" in capsys.readouterr().err
        assert output.read_text() == "mine"


def test_there_are_as_many_files_as_runs(
    tmp_path: Path, tunes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one = run_in(tmp_path / "one", bits=1.1, rate=0.0)
    assert main(["report", one, "--tunes", tunes, "--tunes", tunes, "-o", str(tmp_path / "r")]) == 2
    assert "--tunes: 2 given for 1 runs; give one for each" in capsys.readouterr().err


def test_a_run_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = run_in(tmp_path / "one", bits=1.1, rate=0.0)
    assert main(["report", one, f"{one}/../one", "-o", str(tmp_path / "r")]) == 2
    assert "named twice" in capsys.readouterr().err


@pytest.mark.slow
def test_tunes_are_drawn_from_the_network_of_a_run(tmp_path: Path, run: Path) -> None:
    text = report_on(str(run), "-n", "2", "--seed", "3", output=tmp_path / "report.md")
    assert "2 tunes drawn from its best network for this report" in text
    assert "with seed 3; none was left out" in text
    assert "| seed of the draws | 3 |" in text
    assert "| device | " in text
