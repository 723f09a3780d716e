import tuneloom

AIR = "X:{n}\nT:Air <{n}>\nM:3/4\nL:1/4\nK:D\nABc|AB|cde|\n"


def test_a_notebook_shows_the_first_findings_with_their_places() -> None:
    tunes = "\n".join(AIR.format(n=n) for n in range(1, 31))
    report = tuneloom.check(tunes, ignore=["copied-tune"])
    html = report._repr_html_()
    assert repr(report) == "<CheckReport: 30 findings in 30 tunes>"
    assert html.startswith("<p><b>30 findings in 30 tunes</b></p><table>")
    assert "X:1 Air &lt;1&gt;" in html
    assert ">6:5<" in html
    assert ">bar-length<" in html
    assert html.endswith("</table><p>… and 5 more</p>")


def test_where_nothing_is_wrong_there_is_no_table() -> None:
    assert tuneloom.check("X:1\nT:Air\nM:3/4\nL:1/4\nK:D\nABc|\n")._repr_html_() == (
        "<p><b>0 findings in 1 tune</b></p>"
    )
