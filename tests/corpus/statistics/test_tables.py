from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

from tuneloom.corpus.record import Record
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.corpus.statistics.charts import draw_charts
from tuneloom.corpus.statistics.tables import Statistics, statistics
from tuneloom.pipeline.steps.survey import survey_files

BOOK = """\
X:1
T:The Even Jig
R:jig
M:6/8
L:1/8
K:D
|:dff cee|def gfe|dff cee|dfe dBA:|

X:2
T:The Even Jig, a tone higher, and in long notes
R:jig
M:6/8
L:1/4
K:E
|:e/g/g/ d/f/f/|e/f/g/ a/g/f/|e/g/g/ d/f/f/|e/g/f/ e/c/B/:|

X:3
T:The Even Jig again
M:6/8
L:1/8
K:D
|:dff cee|def gfe|dff cee|dfe dBA:|

X:4
T:Broken
M:4/4
L:1/8
K:C
CDEF GABc|[CEG

X:5
T:Waltz
M:3/4
L:1/4
K:Am
A2*B|c2d|e2c|A3|]
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Record], Statistics]:
    path = tmp_path_factory.mktemp("tunes") / "book.abc"
    path.write_text(BOOK)
    found = survey_files(input_files([str(path)]), "melody")
    return found.records, statistics(found.records, found.rejects, found.as_found)


def test_every_tune_is_counted_by_its_fate(measured: tuple[list[Record], Statistics]) -> None:
    row = measured[1].sources.loc["input"]
    assert (row["read"], row["taken"], row["duplicates"], row["rejected"]) == (5, 3, 1, 1)
    assert row["notes"] == sum(record.notes for record in measured[0])


def test_levels_are_percentages_of_what_was_read(measured: tuple[list[Record], Statistics]) -> None:
    row = measured[1].levels.loc["input"]
    assert row["parseable"] == 60.0
    assert row["parseable after repair"] == 80.0


def test_what_is_most_frequent_comes_first(measured: tuple[list[Record], Statistics]) -> None:
    tables = measured[1]
    assert tables.meters["tunes"].to_dict() == {"6/8": 2, "3/4": 1}
    assert tables.rhythms.index.tolist() == ["jig", "(none)"]
    assert tables.rejects["tunes"].to_dict() == {"unclosed-chord": 1}
    assert tables.repairs["tunes"].to_dict() == {"reserved-character": 1}
    assert tables.characters["times"].is_monotonic_decreasing


def test_a_tune_in_another_key_is_of_the_family(measured: tuple[list[Record], Statistics]) -> None:
    assert measured[1].families["families"].to_dict() == {1: 1, 2: 1}


def test_lengths_are_quantiles(measured: tuple[list[Record], Statistics]) -> None:
    bars = measured[1].lengths.loc["bars"]
    assert (bars["least"], bars["most"]) == (4, 4)


def test_charts_are_pictures(measured: tuple[list[Record], Statistics], tmp_path: Path) -> None:
    lengths = [len(record.abc) for record in measured[0]]
    paths = draw_charts(measured[1], lengths, tmp_path / "charts")
    assert {path.name for path in paths} >= {"sources.png", "levels.png", "keys.png", "rejects.png"}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_a_chart_of_one_source_has_thin_bars_and_its_legend_below(
    measured: tuple[list[Record], Statistics], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = drawn("sources.png", measured, tmp_path, monkeypatch)
    [axes], [legend] = figure.axes, figure.legends
    assert axes.get_ylim() == (2.5, -0.5)
    assert legend.get_window_extent().y1 <= axes.get_window_extent().y0


def test_lengths_are_shown_in_whole_numbers(
    measured: tuple[list[Record], Statistics], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [axes] = drawn("lengths.png", measured, tmp_path, monkeypatch).axes
    for labels in (axes.get_xticklabels(), axes.get_yticklabels()):
        texts = [label.get_text() for label in labels]
        assert len(set(texts)) == len(texts)
        assert all(text.lstrip("−").isdecimal() for text in texts)


def drawn(
    name: str,
    measured: tuple[list[Record], Statistics],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Figure:
    """The chart of a name, as it was when it was saved."""
    figures: dict[str, Figure] = {}
    save = Figure.savefig

    def kept(figure: Figure, path: Path, **how: Any) -> None:
        figures[path.name] = figure
        save(figure, path, **how)

    monkeypatch.setattr(Figure, "savefig", kept)
    draw_charts(measured[1], [len(record.abc) for record in measured[0]], folder)
    return figures[name]


def test_nothing_at_all_can_be_counted_and_drawn(tmp_path: Path) -> None:
    empty = statistics([], [], {})
    assert all(len(table) == 0 for name, table in empty.tables().items() if name != "lengths")
    assert draw_charts(empty, [], tmp_path) == []


def test_a_file_name_that_is_no_text_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.abc"
    path.write_text("X:1\nT:a\nK:C\nA|\n\nX:2\nT:b\nK:C\nA[|\n")
    found = survey_files(input_files([str(path)]), "melody")
    tables = statistics(found.records, found.rejects, found.as_found)
    assert (len(found.records), len(found.rejects)) == (1, 1)
    assert tables.sources.loc["input", "read"] == 2
