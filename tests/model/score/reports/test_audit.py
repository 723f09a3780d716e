import itertools
from pathlib import Path

import numpy as np
import pytest

from tuneloom.corpus.sketch import RUN, SECTION
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.reports.audit import SplitAudit, audit_splits
from tuneloom.pipeline.run import main

BARS = ["CEGc", "dBGF", "EDCB,", "A2c2", "fedc", "BAGF", "gece", "^FGAB", "_BAGE", "c2G2", "e3d"]
HEADER = "M:4/4\nL:1/8\nK:C\n"


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> SplitAudit:
    folder = tmp_path_factory.mktemp("audit")
    orders = list(itertools.islice(itertools.permutations(BARS, 9), 0, 3_000, 13))
    tunes = [
        f"X:{n}\nT:The Tune {n // 2}\n{HEADER}{'|'.join(bars)}|]\n" for n, bars in enumerate(orders)
    ]
    (folder / "book.abc").write_text("\n".join(tunes))
    arguments = ["--input", str(folder / "book.abc"), "--output", str(folder / "data")]
    assert main([*arguments, "--split", "50/25/25"]) == 0
    return audit_splits(folder / "data")


def windows(row: bytes, length: int) -> set[bytes]:
    return {row[at : at + length] for at in range(len(row) - length + 1)}


def shared_by(audit: SplitAudit, held: np.ndarray, length: int) -> int:
    rows = [tune.sketch.steps for tune in audit.tunes]
    trained = set().union(*(windows(rows[i], length) for i in np.flatnonzero(~held)))
    return sum(bool(windows(rows[i], length) & trained) for i in np.flatnonzero(held))


def test_runs_are_counted_as_comparing_every_window_says(audit: SplitAudit) -> None:
    for split in (audit.as_is, audit.at_random):
        assert split.shares["run"] == shared_by(audit, split.held, RUN)
        assert int((split.longest_run >= SECTION).sum()) == shared_by(audit, split.held, SECTION)
    assert audit.at_random.shares["run"] > 0


def test_the_random_split_has_as_many_held_out_tunes(audit: SplitAudit) -> None:
    assert audit.at_random.held.sum() == audit.as_is.held.sum() > 0


def test_titles_are_compared_without_articles(audit: SplitAudit) -> None:
    assert audit.at_random.shares["title"] > 0


def test_a_data_set_without_held_out_tunes_cannot_be_audited(tmp_path: Path) -> None:
    (tmp_path / "one.abc").write_text(f"X:1\nT:One\n{HEADER}CDEF|]\n")
    arguments = ["--input", str(tmp_path / "one.abc"), "--output", str(tmp_path / "data")]
    assert main(arguments) == 0
    with pytest.raises(UsageError, match="there must be training tunes and others"):
        audit_splits(tmp_path / "data")
