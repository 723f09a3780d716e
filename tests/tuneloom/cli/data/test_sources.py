import pytest

from tuneloom.cli.app import main
from tuneloom.corpus.sources import SOURCES


def test_every_source_is_listed_with_its_license(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in SOURCES)
    assert "GPL-3.0-only" in shown
    assert "non-commercial" in shown


def test_sources_that_share_a_note_show_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    main(["sources"])
    assert "aird, oneill, ryan, fife: music21 distributes" in capsys.readouterr().out
