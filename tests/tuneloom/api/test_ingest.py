from pathlib import Path

import pytest

import tuneloom


def test_a_data_set_is_made_and_read(
    book: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = tuneloom.ingest(tmp_path / "set", inputs=[book], license="CC0-1.0", progress=False)
    assert made.counts.taken == len(list(tuneloom.load_table(tmp_path / "set").index)) == 20
    assert capfd.readouterr().out == ""


def test_a_wrong_option_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(tuneloom.UsageError, match="profile"):
        tuneloom.ingest(tmp_path / "set", inputs=[tmp_path], profile="none")
    with pytest.raises(tuneloom.UsageError, match="positive number"):
        tuneloom.ingest(tmp_path / "set", inputs=[tmp_path], shards=0)
