from pathlib import Path

import pytest

import tuneloom

AIR = "X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|dcBA|\n"


def test_collections_are_texts_files_or_lists_under_names_of_their_own(book: Path) -> None:
    found = tuneloom.compare({"book": book, "text": book.read_text(), "<list>": [AIR, "Once"]})
    assert found.names == ("book", "text", "<list>")
    assert found.sizes == (20, 20, 2)
    parseable = [each and each.value for each in found.rows[0].estimates]
    assert parseable == [100, 100, 50]
    assert repr(found) == "<Comparison of book, text, <list>>"


def test_the_forms_and_the_tables_of_a_notebook_have_the_tests() -> None:
    found = tuneloom.compare({"a": [AIR] * 100, "<b>": [AIR] + ["Once"] * 99}, test="first")
    html = found._repr_html_()
    assert "&lt;b&gt; (n = 100)" in html
    assert "<b>" not in html
    assert "100.0 (96.3–100.0) *" in html
    assert "* better than every other" in html
    assert "parseable: a − &lt;b&gt;" in html
    assert r"\textbf{100.0 (96.3--100.0)}" in found.to_text("latex")
    assert '"cohens_h"' in found.to_text("json")


@pytest.mark.parametrize(
    ("collections", "settings", "reason"),
    [
        ({}, {}, "no collection"),
        ({"a": AIR}, {"references": ["validation"]}, "references need a data set"),
        ({"a": "Once upon a time"}, {}, "no tune"),
        ({"a": Path("none.abc")}, {}, "none.abc"),
    ],
)
def test_what_cannot_be_compared_is_a_usage_error(
    collections: dict[str, str | Path], settings: dict[str, list[str]], reason: str
) -> None:
    with pytest.raises(tuneloom.UsageError, match=reason):
        tuneloom.compare(collections, **settings)  # type: ignore[arg-type]
