from pathlib import Path

import pytest

import tuneloom

GOOD = "X:1\nT:Air\nL:1/4\nM:4/4\nK:D\nABcd|fdAF|\n"


def test_a_text_a_file_and_bytes_have_one_score(tmp_path: Path) -> None:
    file = tmp_path / "tunes.abc"
    file.write_text(GOOD)
    scores = [tuneloom.score(tunes).to_json() for tunes in (GOOD, GOOD.encode(), file)]
    assert scores[0] == scores[1] == scores[2]
    assert scores[0]["parseable"]["count"] == 1


def test_each_text_of_a_list_must_be_one_whole_tune() -> None:
    found = tuneloom.score([GOOD, GOOD + "\n" + GOOD, "no tune"])
    assert (found.tally.parseable.count, found.tally.parseable.total) == (1, 3)


def test_what_cannot_be_scored_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(tuneloom.UsageError, match="no tune"):
        tuneloom.score("Once upon a time")
    with pytest.raises(tuneloom.UsageError, match="none"):
        tuneloom.score(GOOD, against=tmp_path / "none")
