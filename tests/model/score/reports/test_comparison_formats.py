import csv
import json
from io import StringIO

import pytest

from tuneloom.model.score.reports.comparison import (
    Comparison,
    ComparisonForm,
    ComparisonRow,
    FigureTest,
)
from tuneloom.model.score.reports.comparison_formats import COMPARISON_FORMATS
from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.statistics.two_proportions import compare_proportions

RATES = Rate(183, 200), Rate(640, 640)
ROWS = (
    ComparisonRow("sound, %", 1, "high", tuple(rate.estimate for rate in RATES), "sound"),
    ComparisonRow("form", 1, None, (None, Estimate(2, 1, 3)), "structure.form"),
)
TESTED = FigureTest("sound", "sound", 0, 1, compare_proportions(*RATES), 0.0412)
PLAIN = Comparison(("A & B_1", "real|ones"), (200, 640), ROWS)
TESTS = Comparison(PLAIN.names, PLAIN.sizes, ROWS, (TESTED,))


def test_json_is_one_object_with_everything() -> None:
    found = json.loads(COMPARISON_FORMATS["json"](TESTS))
    assert found["collections"][0] == {"name": "A & B_1", "tunes": 200}
    sound, form = found["figures"]
    assert sound["values"][0] == {"value": 91.5, "low": 86.810413, "high": 94.625425}
    assert form["values"] == [None, {"value": 2, "low": 1, "high": 3}]
    (test,) = found["tests"]
    assert (test["difference"], test["cohens_h"]) == (-0.085, -0.591689)
    assert (test["p"], test["p_holm"]) == (9.23393e-14, 0.0412)


def test_csv_has_a_row_for_each_figure_of_each_collection() -> None:
    rows = list(csv.DictReader(StringIO(COMPARISON_FORMATS["csv"](PLAIN))))
    assert [(row["figure"], row["collection"]) for row in rows] == [
        ("sound", "A & B_1"),
        ("sound", "real|ones"),
        ("structure.form", "real|ones"),
    ]
    assert rows[1]["value"] == "100.0"


def test_csv_with_tests_has_a_row_for_each() -> None:
    (row,) = csv.DictReader(StringIO(COMPARISON_FORMATS["csv"](TESTS)))
    assert (row["first"], row["second"], row["p_holm"]) == ("A & B_1", "real|ones", "0.0412")


def test_latex_is_booktabs_with_the_best_in_bold() -> None:
    assert (
        COMPARISON_FORMATS["latex"](TESTS)
        == r"""\begin{tabular}{lrr}
\toprule
 & A \& B\_1 (n = 200) & real|ones (n = 640) \\
\midrule
sound, \% & 91.5 (86.8--94.6) & \textbf{100.0 (99.4--100.0)} \\
form & -- & 2.0 (1.0--3.0) \\
\bottomrule
\end{tabular}

\begin{tabular}{lrrrr}
\toprule
test & difference, points & h & z & p (Holm) \\
\midrule
sound: A \& B\_1 $-$ real|ones & $-$8.5 ($-$13.2 to $-$5.3) & $-$0.59 & $-$7.45 & 0.041 \\
\bottomrule
\end{tabular}"""
    )


def test_markdown_is_a_table_whose_marks_are_escaped() -> None:
    assert COMPARISON_FORMATS["markdown"](PLAIN).splitlines() == [
        r"|  | A & B\_1 (n = 200) | real\|ones (n = 640) |",
        "| --- | --: | --: |",
        "| sound, % | 91.5 (86.8–94.6) | **100.0 (99.4–100.0)** |",
        "| form | – | 2.0 (1.0–3.0) |",
    ]


@pytest.mark.parametrize("name", COMPARISON_FORMATS)
def test_a_comparison_of_nothing_has_every_format(name: ComparisonForm) -> None:
    assert isinstance(COMPARISON_FORMATS[name](Comparison((), (), ())), str)
