import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from tuneloom.corpus.sources import SOURCES
from tuneloom.corpus.sources.named.fife import FIFE
from tuneloom.grammar.errors import UsageError


def test_finding_the_files_imports_nothing_of_music21() -> None:
    script = (
        "import sys; from tuneloom.corpus.sources import resolve_sources; resolve_sources(['folk'], []); "
        "sys.exit('music21' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_a_music21_without_its_corpus_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = ModuleSpec("music21", None, is_package=True)
    elsewhere.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr("tuneloom.corpus.sources.kinds.installed.find_spec", lambda _: elsewhere)
    assert not FIFE.here()
    with pytest.raises(UsageError, match="music21 lacks americanfifeopus"):
        FIFE.files()
    with pytest.raises(UsageError, match="lacks its ABC files in corpus/airdsAirs"):
        SOURCES["aird"].files()


def test_no_music21_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuneloom.corpus.sources.kinds.installed.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"music21, .* is not installed: pip install"):
        FIFE.files()
