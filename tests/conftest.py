"""A browser for tests, and real tunes, which are kept outside this repository.

A run reports the tests that did without real tunes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.skipping import skip_without
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.source import SourceFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes says more of the machine than of the code.
settings.register_profile("tuneloom", deadline=None)
settings.load_profile("tuneloom")

# The width of the terminal is not that of a test; GNU readline tells it to the processes that run tests.
os.environ.pop("COLUMNS", None)

# Some tests run commands in folders of their own, where a relative path would name another folder.
if os.environ.get("TUNELOOM_CORPORA"):
    os.environ["TUNELOOM_CORPORA"] = str(Path(os.environ["TUNELOOM_CORPORA"]).resolve())

WITHOUT = "went without real tunes: TUNELOOM_CORPORA names no folder"
# The collections in the folder of real tunes, with their numbers of tunes.
COLLECTIONS = {
    "irish": 804,
    "nottingham/ABC_cleaned": 1_034,
    "nottingham/ABC_original": 1_037,
    "taberna": 9_989,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; without it a test that asks for it is skipped, and fails in CI.

    While it runs, so does an event loop, which the tests of another module may not find.
    """
    from tests.support.chromium import start_chromium

    with skip_without("a browser"), start_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real tunes. Without it a test that asks for it is skipped, and fails in CI."""
    folder = os.environ.get("TUNELOOM_CORPORA")
    if folder and Path(folder).is_dir():
        return Path(folder)
    if os.environ.get("CI"):
        pytest.fail(WITHOUT)
    pytest.skip(WITHOUT)


@pytest.fixture(scope="session")
def real_tunes(corpora: Path) -> Callable[[str], list[RawTune]]:
    """Reads a collection of real tunes as found, and fails if any of them is missing."""

    @cache
    def tunes_of(collection: str) -> list[RawTune]:
        paths = sorted(corpora.joinpath(collection).glob("*.abc"))
        files = [SourceFile(collection, path.name, "not stated", str(path)) for path in paths]
        tunes = [
            tune for file in files for tune in read_raw_tunes(file) if isinstance(tune, RawTune)
        ]
        assert len(tunes) == COLLECTIONS[collection]
        return tunes

    return tunes_of


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the tests that were skipped because something is missing here, so that it is noticed."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = (report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    wants = Counter(reason for reason in reasons if reason.startswith("went without "))
    for want, count in wants.items():
        terminalreporter.write_line(f"{count} test{'s' * (count > 1)} {want}", yellow=True)
