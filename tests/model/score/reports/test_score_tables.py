"""A score as tables of text, and as what a notebook shows of it."""

import re
from html import unescape
from pathlib import Path

from tuneloom.model.score import score_file
from tuneloom.model.score.reports.report import AsFoundRates, Reference, Score
from tuneloom.model.score.reports.score_tables import parseable_line, score_tables
from tuneloom.model.score.reports.tally import Tally
from tuneloom.model.score.statistics.rate import Rate

TALLY = Tally(200, {"parseable": Rate(183, 200)}, {"unfinished": 12, "no-note": 5})
REAL = Reference(
    Tally(640, {"parseable": Rate(640, 640)}),
    AsFoundRates({"parseable": Rate(12_600, 12_947)}, Rate(12_800, 12_947)),
)
TUNES = "X:1\nT:One\nL:1/8\nM:2/4\nK:D\nA2FA|d4|\n\nX:2\nT:Two\nL:1/8\nM:2/4\nK:G\nBGk|\n"


def test_the_first_line_has_the_share_the_number_of_tunes_and_the_interval() -> None:
    assert parseable_line(Rate(183, 200)) == "91.5% of 200 tunes parseable (95% CI 86.8–94.6)"


def test_large_numbers_are_grouped() -> None:
    assert parseable_line(Rate(900, 1000)).startswith("90.0% of 1,000 tunes")


def test_no_tunes_have_no_percentage() -> None:
    assert parseable_line(Rate(0, 0)) == "no tunes"


def test_a_table_has_a_row_for_each_figure_and_a_column_for_each_collection() -> None:
    levels, errors = score_tables(Score(TALLY, REAL))
    assert levels.headings == ("level", "these tunes", "validation", "as found", "repaired")
    assert levels.rows == (
        ("parseable", "91.5% of 200", "100.0% of 640", "97.3% of 12,947", "98.9% of 12,947"),
    )
    assert errors.rows == (("unfinished", "12"), ("no-note", "5"))


def test_all_intervals_are_shown_where_they_are_asked_for() -> None:
    [levels, _] = score_tables(Score(TALLY), all_intervals=True)
    assert levels.rows == (("parseable", "91.5% of 200 (86.8–94.6)"),)


def test_a_notebook_shows_the_tables_with_their_intervals() -> None:
    html = Score(TALLY, REAL)._repr_html_()
    assert html.startswith(f"<p><b>{parseable_line(TALLY.parseable)}</b></p><table>")
    assert html.count("<table>") == 2
    assert "100.0% of 640 (99.4–100.0)" in html
    assert ">no-note</th>" in html


def test_the_score_of_a_file_is_shown_with_every_figure(tmp_path: Path) -> None:
    path = tmp_path / "tunes.abc"
    path.write_text(TUNES)
    score = score_file(path)
    html = unescape(score._repr_html_())
    assert "50.0% of 2 tunes parseable" in html
    labels = re.findall(r"<tr><th[^>]*>([^<]*)</th><td", html)
    assert labels == [row[0] for table in score_tables(score) for row in table.rows]


def test_what_was_not_scored_is_told_as_text() -> None:
    html = Score(TALLY, faults=("tunes.csv:3: no column <b>",))._repr_html_()
    assert "<li>tunes.csv:3: no column &lt;b&gt;; counts as not parseable</li>" in html


def test_the_repr_of_a_score_is_its_first_line() -> None:
    assert repr(Score(TALLY, REAL)) == f"<Score: {parseable_line(TALLY.parseable)}>"
