import pytest

from tuneloom.cli.score.score_table import print_score
from tuneloom.model.score.reports.report import AsFoundRates, Reference, Score
from tuneloom.model.score.reports.tally import Tally
from tuneloom.model.score.statistics.rate import Rate

TALLY = Tally(200, {"parseable": Rate(183, 200)}, {"unfinished": 12, "no-note": 5})
REAL = Reference(
    Tally(640, {"parseable": Rate(640, 640)}),
    AsFoundRates({"parseable": Rate(12_600, 12_947)}, Rate(12_800, 12_947)),
)


def test_a_score_without_a_reference_is_one_column_and_the_errors(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_score(Score(TALLY))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0][:4] == ["91.5%", "of", "200", "tunes"]
    assert ["unfinished", "12"] in lines
    assert ["no-note", "5"] in lines


def test_real_tunes_are_shown_beside_the_score(capsys: pytest.CaptureFixture[str]) -> None:
    print_score(Score(TALLY, REAL))
    row = next(line for line in capsys.readouterr().out.splitlines() if "100.0%" in line)
    figures = ["91.5% of 200", "100.0% of 640", "97.3% of 12,947", "98.9% of 12,947"]
    assert [figure for figure in figures if figure in row] == figures


def test_a_reference_without_tunes_shows_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    empty = Reference(Tally(0, {"parseable": Rate(0, 0)}), REAL.as_found)
    print_score(Score(TALLY, empty))
    assert "–" in capsys.readouterr().out.split("parseable")[-1]
