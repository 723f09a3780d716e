from tuneloom.model.score.similarity.duplicates import first_copies
from tuneloom.model.score.tunes.analysis import analyse_tunes
from tuneloom.model.score.tunes.tune_set import DrawnText

HEAD = "M:6/8\nL:1/8\nK:D\n"
JIG = DrawnText(HEAD + "A|dff cee|def gfe|dff cee|dfe dBA:|")
OTHER = DrawnText(HEAD + "d3 A3|F3 D3|G2B B2G|F6|")


def test_tunes_that_repeat_an_earlier_one_by_text_or_melody_are_copies() -> None:
    other_spelling = DrawnText(JIG.text.replace("dff cee", "dffcee"))
    broken = DrawnText("K:D\nA| 1")
    tunes = analyse_tunes([JIG, OTHER, other_spelling, broken, JIG, broken])
    assert first_copies(tunes) == [None, None, 0, None, 0, 3]


def test_ten_thousand_copies_are_of_one_tune() -> None:
    assert first_copies(analyse_tunes([JIG]) * 10_000) == [None, *[0] * 9_999]
