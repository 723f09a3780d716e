import pandas as pd

from tuneloom.model.score.figures.catalogue import FIGURES
from tuneloom.model.score.figures.per_tune import mean_of_tunes
from tuneloom.model.score.reports.scoring import score_tunes
from tuneloom.model.score.reports.tune_table import tune_table
from tuneloom.model.score.tunes.tune_set import DrawnText, TuneSet

JIG = DrawnText("M:6/8\nL:1/8\nK:D\nA|dff cee|dfe dBA:|")
AIR = DrawnText("M:4/4\nL:1/4\nK:C\nCDEF|GABc|CDEF|C4|")


def table_of(*tunes: DrawnText) -> pd.DataFrame:
    return tune_table(score_tunes(TuneSet(tunes, len(tunes))))


def test_every_tune_is_a_row_in_which_nothing_stands_for_not_measured() -> None:
    table = table_of(JIG, DrawnText("K:D\nz|"), JIG)
    assert table["parseable"].tolist() == [True, False, True]
    assert table["errors"].tolist() == ["", "no-note", ""]
    lines = table.to_csv(index=False).splitlines()
    assert lines[2].startswith("2,False,False,False,False,,no-note,0,0,")
    assert not lines[2].partition("no-note,0,0,")[2].strip(",")
    assert lines[3].startswith("3,True,True,True,True,,,3,3,1,,")


def test_figures_of_structure_and_tonality_have_a_column_each() -> None:
    row = table_of(AIR).iloc[0]
    figures = {name: row[name] for name in FIGURES if name.startswith(("structure", "tonality"))}
    assert figures == {
        "structure.repeated_bars": 25.0,
        "structure.repeated_pairs": 0.0,
        "structure.tunes_repeating": True,
        "structure.repeated_phrases": 0.0,
        "structure.form": "A",
        "structure.groove_consistency": 0.9896,
        "tonality.final_on_tonic": True,
        "tonality.close_by_step": False,
        "tonality.pitch_class_entropy": 2.6235,
        "tonality.scale_consistency": 1.0,
    }


def test_a_figure_of_your_own_may_have_one_too() -> None:
    FIGURES.register("melody.range", mean_of_tunes("range", "range", lambda t: t.pitch_range, 1))
    try:
        assert table_of(AIR, DrawnText("K:D\nz|"))["melody.range"].tolist() == [12, pd.NA]
    finally:
        FIGURES.unregister("melody.range")
