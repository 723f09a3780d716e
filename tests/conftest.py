"""Real tunes for tests, which are kept outside this repository; a run reports the tests that did without."""

import os
from collections import Counter
from pathlib import Path

import pytest

WITHOUT = "went without real tunes: TUNELOOM_CORPORA names no folder"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real tunes. Without it a test that asks for it is skipped, and fails in CI."""
    folder = os.environ.get("TUNELOOM_CORPORA")
    if folder and Path(folder).is_dir():
        return Path(folder)
    if os.environ.get("CI"):
        pytest.fail(WITHOUT)
    pytest.skip(WITHOUT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the tests that were skipped because something is missing here, so that it is noticed."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = (report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    wants = Counter(reason for reason in reasons if reason.startswith("went without "))
    for want, count in wants.items():
        terminalreporter.write_line(f"{count} test{'s' * (count > 1)} {want}", yellow=True)
